package skein.management.core;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import skein.protocol.ManagementProtocol.Assignment;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.MainRole;
import skein.protocol.ManagementProtocol.Peer;
import skein.protocol.ManagementProtocol.ReplicaRole;
import skein.role.core.Registration;
import skein.role.core.RoleView;
import skein.vocabulary.ReplicaName;

/** What is left to do between what an instance is and what it shall be: steps that could be taken now, best first. */
final class Plan {
    private Plan() {}

    static ReplicaName nameOf(Peer peer) {
        return new ReplicaName(peer.name().value());
    }

    static List<RoleStep> steps(Assignment assignment, Sighting seen) {
        RoleView role = seen.role();
        if (!role.cluster().equals(assignment.cluster())) {
            return List.of(new RoleStep.Join(assignment.cluster()));
        }
        return switch (assignment.role()) {
            case ReplicaRole replica -> asReplica(replica, role);
            case MainRole main -> asMain(main, seen);
        };
    }

    private static List<RoleStep> asReplica(ReplicaRole wanted, RoleView role) {
        return role.kind() == Kind.MAIN || role.port() != wanted.port()
                ? List.of(new RoleStep.Serve(wanted.port()))
                : List.of();
    }

    private static List<RoleStep> asMain(MainRole wanted, Sighting seen) {
        RoleView role = seen.role();
        if (!wanted.means(role.instance())) {
            return role.kind() == Kind.MAIN ? List.of(new RoleStep.Serve(0)) : List.of();
        }
        if (role.kind() != Kind.MAIN || role.reign() == wanted.reign() && !role.stands()) {
            return List.of(new RoleStep.Reign(wanted.reign(), wanted.others()));
        }
        if (role.reign() < wanted.reign()) {
            // others have had a say since: their word is needed, and what they hold
            return List.of(new RoleStep.Serve(0));
        }
        return role.reign() > wanted.reign() || wanted.handingOver() ? List.of() : members(wanted, seen);
    }

    private static List<RoleStep> members(MainRole wanted, Sighting seen) {
        RoleView role = seen.role();
        List<RoleStep> steps = new ArrayList<>();
        for (Registration present : role.replicas()) {
            boolean listed = wanted.others().stream().anyMatch(peer -> is(present, peer));
            if (!listed || isToBeTakenUpAnew(present, wanted, seen)) {
                steps.add(new RoleStep.Drop(present.name()));
            }
        }
        // who counts for what is decided comes first: until enough of them are back, nobody else can be recorded
        Stream.concat(
                        wanted.others().stream().filter(peer -> peer.mode().joins()),
                        wanted.others().stream().filter(peer -> !peer.mode().joins()))
                .filter(peer -> !role.hasReplica(nameOf(peer)))
                .forEach(peer -> steps.add(new RoleStep.Enlist(peer)));
        return steps;
    }

    /**
     * Its disk was wiped, and it has been filled since: nothing is given up by dropping it, and registered anew it is
     * the one that it is now. Before, writes go on to be warned of it.
     */
    private static boolean isToBeTakenUpAnew(Registration present, MainRole wanted, Sighting seen) {
        return seen.keepsUp(present.name())
                && wanted.others().stream().anyMatch(peer -> is(present, peer) && peer.isAnother(present.instance()));
    }

    /** Registered in the place and the mode that is meant: what it promises now is what it is to promise. */
    static boolean is(Registration present, Peer peer) {
        return present.name().equals(nameOf(peer))
                && present.mode() == peer.mode()
                && present.address().equals(peer.replication());
    }
}
