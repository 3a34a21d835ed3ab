package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.Report;
import skein.role.core.RoleEffect.ChangeCatalogue;
import skein.role.core.RoleEffect.EndEnlisting;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEffect.ReplyWhenSettled;
import skein.role.core.RoleEffect.StartEnlisting;
import skein.role.core.RoleEffect.StartStreams;
import skein.role.core.RoleEvent.ReignOpened;
import skein.role.core.RoleEvent.ReplicaRegistered;
import skein.role.core.RoleInput.Reported;
import skein.role.core.RolePhase.EnlistStage;
import skein.role.core.RolePhase.Enlisting;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Main;
import skein.role.core.SystemRecord.OfMembers;
import skein.vocabulary.Epoch;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/**
 * How a MAIN takes up a replica, and a REPLICA one that is to follow it. A registration is all or nothing: the replica
 * durably obeys, and every member can know of it, before it is persisted. Part of {@link RoleCore}.
 */
final class EnlistingRules {
    private EnlistingRules() {}

    static RoleCore register(
            RoleCore core, long ticket, Registration registration, boolean resync, List<RoleEffect> effects) {
        if (core.isBusy(ticket, effects)) {
            return core;
        }
        if (!resync && core.state().replicas().stream().anyMatch(registration::asksForWhatIs)) {
            effects.add(new Reply(ticket, new RoleReply.Done(RoleNotes.registeredAlready(registration))));
            return core;
        }
        var refusal = RoleRefusals.ofRegistration(core.state(), registration);
        if (refusal.isPresent()) {
            effects.add(new Reply(ticket, new RoleReply.Refused(refusal.get())));
            return core;
        }
        effects.add(new StartEnlisting(registration));
        return core.in(new Enlisting(registration, 0, Takeover.asked(resync), ticket, EnlistStage.ASKED, null));
    }

    static RoleCore reported(RoleCore core, Reported input, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Enlisting asked) || asked.stage() != EnlistStage.ASKED) {
            return core;
        }
        Report report = input.report();
        boolean below = core.state() instanceof RoleState.Replica;
        Optional<String> elsewhere = below ? ChainRules.registeredOnMain(core, report) : Optional.empty();
        if (elsewhere.isPresent()) {
            return notRegistered(core, asked, elsewhere.get(), effects);
        }
        Enlisting answered;
        switch (Obstacles.of(
                report, input.own(), core.state().replicas(), asked.takeover().agreed(), below)) {
            case Obstacles.Verdict.Obstacle(String reason) -> {
                return notRegistered(core, asked, reason, effects);
            }
            case Obstacles.Verdict.MayFollow(Takeover takeover) -> answered = asked.answeredBy(report, takeover);
        }
        if (!below && !input.own().takesRecords() && !needsNoRecord(core, answered.registration())) {
            return notRegistered(core, answered, RoleRefusals.nothingRecorded(), effects);
        }
        if (below) {
            effects.add(answered.takeover().told(answered.reportedEpoch()));
            return core.in(answered.in(EnlistStage.TOLD));
        }
        return switch (ReignRules.above(core, report, input.own())) {
            case ReignRules.Verdict.Enough() -> {
                effects.add(answered.takeover().told(answered.reportedEpoch()));
                yield core.in(answered.in(EnlistStage.TOLD));
            }
            case ReignRules.Verdict.Rise(long number) ->
                rise(core, answered, new Epoch(number, input.freshReign()), effects);
            case ReignRules.Verdict.Outranked(String reason) -> notRegistered(core, asked, reason, effects);
        };
    }

    /** The replica has seen an epoch that is not below ours: nobody it knew can be followed any more after this. */
    private static RoleCore rise(RoleCore core, Enlisting answered, Epoch epoch, List<RoleEffect> effects) {
        RoleCore next = core.persist(new ReignOpened(epoch), effects);
        effects.add(ReignRules.openReign(next, epoch));
        return next.in(answered.in(EnlistStage.RISING));
    }

    static RoleCore replicaObeys(RoleCore core, List<RoleEffect> effects) {
        if (!(core.phase() instanceof Enlisting enlisting) || enlisting.stage() != EnlistStage.TOLD) {
            return core;
        }
        if (core.state() instanceof RoleState.Replica) {
            return ChainRules.registered(core, enlisting, effects);
        }
        Registration registration = enlisting.registration();
        if (needsNoRecord(core, registration)) {
            RoleCore next = core.persist(new ReplicaRegistered(registration), effects);
            effects.add(new EndEnlisting());
            return MemberRules.repair(started(next, enlisting, core.main().replicas(), List.of(), effects), effects);
        }
        effects.add(new EndEnlisting());
        return MemberRules.isShrinking(core)
                ? MemberRules.awaitCover(core.in(enlisting.in(EnlistStage.COVERING)), effects)
                : record(core, enlisting, effects);
    }

    /** Every record there is counts it already, and perhaps nothing can be recorded without it. */
    private static boolean needsNoRecord(RoleCore core, Registration registration) {
        return core.main().needsQuorum()
                && registration.mode() == ReplicationMode.QUORUM
                && core.book().isKnownToVote(registration.instance());
    }

    static RoleCore record(RoleCore core, Enlisting enlisting, List<RoleEffect> effects) {
        effects.add(new ChangeCatalogue(new OfMembers(MemberRules.with(core, enlisting.registration()))));
        return core.in(enlisting.in(EnlistStage.RECORDING));
    }

    /** Everybody knows of the replica before anything is promised on its word. */
    static RoleCore recorded(
            RoleCore core, Enlisting enlisting, List<Notification> warnings, List<RoleEffect> effects) {
        RoleCore next = core.persist(new ReplicaRegistered(enlisting.registration()), effects);
        return started(next, enlisting, core.main().replicas(), warnings, effects);
    }

    private static RoleCore started(
            RoleCore core,
            Enlisting enlisting,
            List<Registration> before,
            List<Notification> warnings,
            List<RoleEffect> effects) {
        Registration registration = enlisting.registration();
        effects.add(new StartStreams(registration));
        List<Notification> notes = new ArrayList<>(RoleNotes.registered(
                registration, before, core.book(), core.main().needsQuorum()));
        notes.addAll(
                RoleNotes.givesWay(registration.name(), enlisting.takeover().losses()));
        notes.addAll(warnings);
        effects.add(new ReplyWhenSettled(enlisting.ticket(), registration.name(), new RoleReply.Done(notes)));
        return core.in(new Steady());
    }

    static RoleCore unrecorded(RoleCore core, Enlisting enlisting, SkeinException reason, List<RoleEffect> effects) {
        String why = "that it holds a copy could not be recorded in the system database (" + reason.getMessage() + ")";
        return obeysInVain(core, enlisting, why, effects);
    }

    /** It was told to obey and does; that is not undone, as it may have given up what it held for it. */
    static RoleCore obeysInVain(RoleCore core, Enlisting enlisting, String why, List<RoleEffect> effects) {
        effects.add(new EndEnlisting());
        effects.add(new Reply(
                enlisting.ticket(),
                new RoleReply.Refused(RoleRefusals.obeysUnregistered(enlisting.registration(), why))));
        return core.in(new Steady());
    }

    /** Before this nothing was promised on the replica's word; from here on it holds decisions, in sync or not. */
    static RoleCore caughtUp(RoleCore core, ReplicaName name, List<RoleEffect> effects) {
        if (!(core.state() instanceof Main main)
                || main.joined().contains(name)
                || main.replicas().stream()
                        .noneMatch(r -> r.name().equals(name) && r.mode().joins())) {
            return core;
        }
        RoleCore next = core.persist(new RoleEvent.ReplicaJoined(name), effects);
        effects.add(new RoleEffect.Joined(name));
        if (!main.hasInQuorum(name)) {
            return next;
        }
        // from now on a promotion need not hear everybody, or has to hear fewer
        return MemberRules.repair(next.with(next.book().joined(next.main().quorumJoined())), effects);
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
}
