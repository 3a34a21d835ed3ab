package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import skein.role.core.RoleEffect.ChangeCatalogue;
import skein.role.core.RoleEffect.Reply;
import skein.role.core.RoleEffect.ReplyWhenLetGo;
import skein.role.core.RoleEffect.StopStreams;
import skein.role.core.RoleEvent.ReplicaDropped;
import skein.role.core.RoleInput.Drop;
import skein.role.core.RolePhase.Dropping;
import skein.role.core.RolePhase.Steady;
import skein.role.core.RoleState.Main;
import skein.role.core.SystemRecord.OfMembers;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * How a MAIN lets go of a replica. It stops to count at once. With QUORUM the record of members, by which a promotion
 * counts, follows when a quorum of the others holds everything; the last QUORUM replica counts until the record is
 * decided, since it alone can decide it. Part of {@link RoleCore}.
 */
final class DroppingRules {
    private DroppingRules() {}

    static RoleCore drop(RoleCore core, Drop wish, List<RoleEffect> effects) {
        if (core.isBusy(wish.ticket(), effects)) {
            return core;
        }
        var refusal = RoleRefusals.ofDrop(core.state(), wish.name(), core.book().quorumInForce());
        if (refusal.isPresent()) {
            effects.add(new Reply(wish.ticket(), new RoleReply.Refused(refusal.get())));
            return core;
        }
        boolean counts = core.state() instanceof Main main && main.needsQuorum() && main.hasInQuorum(wish.name());
        if (counts && core.main().quorumReplicas() == 1) {
            return recordFirst(core, wish, effects);
        }
        RoleCore next = core.persist(new ReplicaDropped(wish.name()), effects);
        effects.add(new StopStreams(wish.name()));
        List<Notification> done = RoleNotes.dropped(wish.name());
        if (counts) {
            return MemberRules.awaitCover(next.in(new Dropping(wish.name(), false, done, wish.ticket())), effects);
        }
        effects.add(new ReplyWhenLetGo(wish.ticket(), wish.name(), new RoleReply.Done(done)));
        return MemberRules.repair(next, effects);
    }

    private static RoleCore recordFirst(RoleCore core, Drop wish, List<RoleEffect> effects) {
        Registration dropped = core.main().replicas().stream()
                .filter(replica -> replica.name().equals(wish.name()))
                .findFirst()
                .orElseThrow();
        effects.add(new ChangeCatalogue(new OfMembers(MemberRules.without(core, dropped))));
        return core.in(new Dropping(wish.name(), true, RoleNotes.dropped(wish.name()), wish.ticket()));
    }

    /** Every promotion that could miss anything knows of it. */
    static RoleCore recorded(RoleCore core, Dropping dropping, List<Notification> warnings, List<RoleEffect> effects) {
        RoleCore next = core.in(new Steady());
        if (dropping.isLast()) {
            next = next.persist(new ReplicaDropped(dropping.name()), effects);
            effects.add(new StopStreams(dropping.name()));
        }
        List<Notification> notes = new ArrayList<>(dropping.notes());
        notes.addAll(warnings);
        effects.add(new ReplyWhenLetGo(dropping.ticket(), dropping.name(), new RoleReply.Done(notes)));
        return next;
    }

    static RoleCore notRecorded(RoleCore core, Dropping dropping, SkeinException reason, List<RoleEffect> effects) {
        if (!dropping.isLast()) {
            return unrecorded(core, dropping, effects);
        }
        effects.add(new Reply(
                dropping.ticket(), new RoleReply.Refused(RoleRefusals.lastNotDropped(dropping.name(), reason))));
        return core.in(new Steady());
    }

    /** It does not count any more; that a promotion goes on asking for it costs answers, never a commit. */
    static RoleCore unrecorded(RoleCore core, Dropping dropping, List<RoleEffect> effects) {
        List<Notification> notes = new ArrayList<>(dropping.notes());
        notes.add(RoleNotes.stillRecorded(dropping.name()));
        effects.add(new ReplyWhenLetGo(dropping.ticket(), dropping.name(), new RoleReply.Done(notes)));
        return core.in(new Steady());
    }
}
