package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.RoleEffect.ChangeCatalogue;
import skein.role.core.RoleEffect.EndEnlisting;
import skein.role.core.RoleEffect.OpenReign;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEffect.ReplyWhenLetGo;
import skein.role.core.RoleEffect.ReplyWhenSettled;
import skein.role.core.RoleEffect.StartEnlisting;
import skein.role.core.RoleEffect.StartStreams;
import skein.role.core.RoleEffect.StopStreams;
import skein.role.core.RoleEvent.ReignOpened;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleEvent.ReplicaRegistered;
import skein.role.core.RoleInput.Drop;
import skein.role.core.RoleInput.Reported;
import skein.role.core.RolePhase.EnlistStage;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.SystemRecord.OfMembers;
import skein.vocabulary.Epoch;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/**
 * How a MAIN takes up a replica and lets go of it. A registration is all or nothing: the replica durably obeys, and
 * every member can know of it, before the MAIN persists it. Part of {@link RoleCore}.
 */
final class EnlistingRules {
    private EnlistingRules() {}

    static RoleCore register(
            RoleCore core, long ticket, Registration registration, boolean resync, List<RoleEffect> effects) {
        if (core.isBusy(ticket, effects)) {
            return core;
        }
        var refusal = RoleRefusals.ofRegistration(core.state(), registration);
        if (refusal.isPresent()) {
            effects.add(new Reply(ticket, new RoleReply.Refused(refusal.get())));
            return core;
        }
        effects.add(new StartEnlisting(registration));
        return core.in(new Enlisting(registration, Takeover.asked(resync), ticket, EnlistStage.ASKED, null));
    }

    static RoleCore reported(RoleCore core, Reported input, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Enlisting asked) || asked.stage() != EnlistStage.ASKED) {
            return core;
        }
        Report report = input.report();
        Enlisting answered;
        switch (Obstacles.of(
                report, input.own(), core.main().replicas(), asked.takeover().agreed())) {
            case Obstacles.Verdict.Obstacle(String reason) -> {
                return notRegistered(core, asked, reason, effects);
            }
            case Obstacles.Verdict.MayFollow(Takeover takeover) ->
                answered = asked.answeredBy(report.instance(), takeover);
        }
        if (report.epochNumber() < core.main().epoch().number()) {
            effects.add(answered.takeover().told());
            return core.in(answered.in(EnlistStage.TOLD));
        }
        // the replica has accepted an epoch that is not below ours: rise above it, so that nobody it knew can follow
        Epoch epoch = core.above(report.epochNumber(), input.freshReign());
        RoleCore next = core.persist(new ReignOpened(epoch), effects);
        effects.add(new OpenReign(epoch));
        return next.in(answered.in(EnlistStage.RISING));
    }

    static RoleCore replicaObeys(RoleCore core, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Enlisting enlisting) || enlisting.stage() != EnlistStage.TOLD) {
            return core;
        }
        effects.add(new EndEnlisting());
        effects.add(new ChangeCatalogue(new OfMembers(MemberRules.with(core, enlisting.registration()))));
        return core.in(enlisting.in(EnlistStage.RECORDING));
    }

    /** Everybody knows of the replica before anything is promised on its word. */
    static RoleCore recorded(
            RoleCore core, Enlisting enlisting, List<Notification> warnings, List<RoleEffect> effects) {
        Registration registration = enlisting.registration();
        RoleCore next = core.persist(new ReplicaRegistered(registration), effects);
        effects.add(new StartStreams(registration));
        List<Notification> notes = new ArrayList<>(RoleNotes.registered(
                registration, core.main().replicas(), core.book().quorum()));
        notes.addAll(
                RoleNotes.givesWay(registration.name(), enlisting.takeover().losses()));
        notes.addAll(warnings);
        effects.add(new ReplyWhenSettled(enlisting.ticket(), registration.name(), new RoleReply.Done(notes)));
        return next.in(new Steady());
    }

    static RoleCore unrecorded(RoleCore core, Enlisting enlisting, SkeinException reason, List<RoleEffect> effects) {
        String why = "that it holds a copy could not be recorded in the system database (" + reason.getMessage() + ")";
        return notRegistered(core, enlisting, why, effects);
    }

    /** Before this nothing was promised on the replica's word; from here on it holds decisions, in sync or not. */
    static RoleCore caughtUp(RoleCore core, ReplicaName name, List<RoleEffect> effects) {
        if (!(core.state() instanceof RoleState.Main main)
                || main.joined().contains(name)
                || main.replicas().stream()
                        .noneMatch(r -> r.name().equals(name) && r.mode().joins())) {
            return core;
        }
        RoleCore next = core.persist(new RoleEvent.ReplicaJoined(name), effects);
        effects.add(new RoleEffect.Joined(name));
        return next;
    }

    static RoleCore enlistFailed(RoleCore core, String message, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Enlisting enlisting)) {
            return core;
        }
        if (enlisting.stage() == EnlistStage.RISING) {
            return core.in(enlisting.failed(message));
        }
        return notRegistered(core, enlisting, message, effects);
    }

    static RoleCore notRegistered(RoleCore core, Enlisting enlisting, String message, List<RoleEffect> effects) {
        effects.add(new EndEnlisting());
        effects.add(new Reply(
                enlisting.ticket(),
                new RoleReply.Refused(RoleRefusals.notRegistered(enlisting.registration(), message))));
        return core.in(new Steady());
    }

    static RoleCore drop(RoleCore core, Drop wish, List<RoleEffect> effects) {
        if (core.isBusy(wish.ticket(), effects)) {
            return core;
        }
        var refusal = RoleRefusals.ofDrop(core.state(), wish.name());
        if (refusal.isPresent()) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(refusal.get())));
            return core;
        }
        List<Registration> before = core.main().replicas();
        RoleCore next = core.persist(new ReplicaDropped(wish.name()), effects);
        effects.add(new StopStreams(wish.name()));
        effects.add(new ReplyWhenLetGo(
                wish.ticket(),
                wish.name(),
                new RoleReply.Done(
                        RoleNotes.dropped(wish.name(), before, core.book().quorum()))));
        return MemberRules.repair(next, effects);
    }
}
