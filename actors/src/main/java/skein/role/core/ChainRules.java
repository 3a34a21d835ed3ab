package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.RoleEffect.EndEnlisting;
import skein.role.core.RoleEffect.GreetAnew;
import skein.role.core.RoleEffect.ReplyWhenSettled;
import skein.role.core.RoleEffect.StartStreams;
import skein.role.core.RoleEffect.StopStreams;
import skein.role.core.RoleEvent.PathFollowed;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleEvent.ReplicaRegistered;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Following;
import skein.role.core.RoleState.Replica;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;

/**
 * How a REPLICA has replicas of its own, to whom it passes on what its MAIN has decided, in its MAIN's name. Everyone
 * knows the way that records take to it, so nobody follows in a circle. Part of {@link RoleCore}.
 */
final class ChainRules {
    private ChainRules() {}

    /** Why records cannot come this way; empty when they can. */
    static Optional<String> obstacle(UUID self, List<UUID> path) {
        if (path.contains(self)) {
            return Optional.of("what that instance passes on comes from this one: nobody can follow in a circle");
        }
        return path.size() < ReplicationProtocol.PATH_MAX
                ? Optional.empty()
                : Optional.of("the chain would be longer than " + ReplicationProtocol.PATH_MAX + " instances");
    }

    /** Remembers the way that records take now. Whoever is on it cannot follow this instance any more. */
    static RoleCore along(RoleCore core, List<UUID> path, List<RoleEffect> effects) {
        if (!(core.state() instanceof Replica(_, _, _, _, Following following, _, _))
                || following == null
                || path.isEmpty()
                || following.path().equals(path)) {
            return core;
        }
        RoleCore next = core.persist(new PathFollowed(path), effects);
        for (Registration replica : core.state().replicas()) {
            if (path.contains(replica.instance())) {
                next = next.persist(new ReplicaDropped(replica.name()), effects);
            }
        }
        return next;
    }

    /** After everything is persisted: the replicas of this one hear whom they follow now. */
    static void passOn(RoleCore before, RoleCore after, List<RoleEffect> effects) {
        List<Registration> left = after.state().replicas();
        before.state().replicas().stream()
                .filter(replica -> !left.contains(replica))
                .forEach(replica -> effects.add(new StopStreams(replica.name())));
        if (!left.isEmpty() && !before.state().equals(after.state())) {
            effects.add(new GreetAnew());
        }
    }

    /** One instance has one way: the MAIN would go on counting on a replica that follows another instance. */
    static Optional<String> registeredOnMain(RoleCore core, Report report) {
        return core.book().recorded().replicas().stream()
                .filter(one -> one.instance().equals(report.instance()))
                .map(one -> "that instance is registered on the MAIN, as " + one.name() + "; drop it there first")
                .findFirst();
    }

    /** The replica obeys. It is no member: nothing that the MAIN promises depends on it. */
    static RoleCore registered(RoleCore core, Enlisting enlisting, List<RoleEffect> effects) {
        Registration registration = enlisting.registration();
        ReplicaName name = registration.name();
        RoleCore next = core.persist(new ReplicaRegistered(registration), effects);
        effects.add(new EndEnlisting());
        effects.add(new StartStreams(registration));
        List<Notification> notes = new ArrayList<>(RoleNotes.registeredBelow(registration));
        notes.addAll(RoleNotes.givesWay(name, enlisting.takeover().losses()));
        effects.add(new ReplyWhenSettled(enlisting.ticket(), name, new RoleReply.Done(notes)));
        return next.in(new Steady());
    }
}
