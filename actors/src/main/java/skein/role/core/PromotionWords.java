package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.protocol.ReplicationProtocol.Reason;
import skein.role.core.OwnLogs.OwnLog;
import skein.role.core.PeerAnswer.Awaited;
import skein.role.core.PeerAnswer.Denied;
import skein.role.core.PeerAnswer.Given;
import skein.role.core.PeerAnswer.Silent;
import skein.role.core.Promotion.Asked;
import skein.role.core.RoleInput.TailMissed;
import skein.role.core.RoleInput.TailPulled;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.Notification.Severity;
import skein.vocabulary.SkeinException;

/** What an operator is told of a promotion: who was not heard, and what that means. */
final class PromotionWords {
    private PromotionWords() {}

    static Notification pulled(TailPulled input) {
        return new Notification(
                "PromotionTail",
                "Records were taken over from " + input.peer().name() + ".",
                "Database " + input.now().database().name() + " reaches up to record "
                        + input.now().end().lsn() + " now, as " + input.peer() + " held it, and not only up to "
                        + input.fromLsn() + ".",
                Severity.INFORMATION);
    }

    /** With a word about everybody who was not heard or holds something else. */
    static Promotion concluded(RoleCore core, Promotion promotion) {
        Promotion next = goingOn(core, promotion);
        for (Asked asked : promotion.asked()) {
            Optional<String> why = missing(asked.answer());
            if (why.isPresent()) {
                next = next.noting(unheard(asked.peer(), why.get()));
            }
        }
        OwnLogs own = promotion.own();
        for (OwnLog log : own == null ? List.<OwnLog>of() : own.all()) {
            for (Peer peer : TailChoice.ofAnotherHistory(log, promotion.asked())) {
                next = next.noting(otherHistory(peer, log));
            }
        }
        return next;
    }

    /** With whom it goes on. */
    static Promotion goingOn(RoleCore core, Promotion promotion) {
        Memberships before = promotion.memberships();
        if (promotion.force()) {
            return promotion;
        }
        List<Registration> carried = before.carriedOver(promotion.promise().instance());
        Promotion next = carried.isEmpty() ? promotion : promotion.noting(RoleNotes.carriedOver(carried));
        int quorum = core.book()
                .reigning(before.all(), before.needQuorum(), Members.inQuorum(carried))
                .quorumInForce();
        return before.needQuorum() && carried.size() < quorum
                ? next.noting(RoleNotes.quorumMissing(quorum, carried.size()))
                : next;
    }

    private static Optional<String> missing(PeerAnswer answer) {
        return switch (answer) {
            case Given ignored -> Optional.empty();
            case Awaited ignored -> Optional.of("it was not waited for");
            case Silent(String message) -> Optional.of(message);
            case Denied(Reason reason, long number, String message) ->
                Optional.of(message + " (epoch " + Epoch.text(number) + ")");
        };
    }

    private static Notification unheard(Peer peer, String why) {
        return new Notification(
                "PromotionIncomplete",
                peer.name() + " was not heard.",
                "Nothing is known of what " + peer + " holds: " + why
                        + ". Transactions that it alone held besides the MAIN before are not here. If that MAIN and it"
                        + " still reach each other, make that one a REPLICA before clients find it.",
                Severity.WARNING);
    }

    private static Notification otherHistory(Peer peer, OwnLog log) {
        return new Notification(
                "PromotionOtherHistory",
                peer.name() + " holds another history of database "
                        + log.database().name() + ".",
                "The log of database " + log.database().name() + " on " + peer
                        + " does not continue what is settled here, up to record " + log.settledLsn()
                        + ", and was left alone.",
                Severity.WARNING);
    }

    private static SkeinException refused(String message) {
        return new SkeinException(ErrorCode.REPLICATION_REFUSED, message);
    }

    /** Why too few were heard; empty when there were enough, or when no commit waited for a quorum. */
    static Optional<SkeinException> quorumMissed(Promotion promotion) {
        Members newest = promotion.memberships().newest();
        if (newest.quorumReplicas() > 0 && !newest.votes(promotion.promise().instance())) {
            return Optional.of(noVoter());
        }
        return promotion.counted().stream()
                .filter(members -> promotion.answers(members) < members.answersNeeded())
                .findFirst()
                .map(members -> tooFew(promotion, members));
    }

    private static SkeinException noVoter() {
        return refused("SKEIN-ROLE-012: Could not set the role to MAIN: commits wait for a quorum, and this instance is"
                + " not one of those that count, as far as it knows. Nothing changed. Promote a QUORUM replica, or write"
                + " SET REPLICATION ROLE TO MAIN FORCE to go on without what only others hold.");
    }

    private static SkeinException tooFew(Promotion promotion, Members members) {
        List<String> absent = new ArrayList<>();
        for (Asked asked : promotion.asked()) {
            missing(asked.answer()).ifPresent(why -> absent.add(asked.peer() + ": " + why));
        }
        if (!members.needQuorum()) {
            return notFormed(promotion, members, absent);
        }
        boolean perhaps = !members.equals(promotion.memberships().newest());
        return refused("SKEIN-ROLE-010: Could not set the role to MAIN: " + promotion.answers(members) + " of the "
                + (members.quorumReplicas() + 1) + " instances that QUORUM "
                + (perhaps ? "counted before its members were changed, which may not have come about," : "counts")
                + " were heard, this one included, and " + members.answersNeeded()
                + " are needed so that no acknowledged commit is missed"
                + (absent.isEmpty() ? "" : " (" + String.join("; ", absent) + ")")
                + ". Nothing changed. Bring others back as replicas and try again, or write SET REPLICATION ROLE TO MAIN"
                + " FORCE to go on without what only they hold.");
    }

    private static SkeinException notFormed(Promotion promotion, Members members, List<String> absent) {
        return refused("SKEIN-ROLE-010: Could not set the role to MAIN: as far as this instance knows, fewer QUORUM"
                + " replicas than replication.quorum demands had caught up, so the MAIN before decided alone, and may"
                + " know of others that count since. " + promotion.answers(members) + " of "
                + members.answersNeeded() + " instances were heard, this one included, and all are needed, that MAIN"
                + " among them" + (absent.isEmpty() ? "" : " (" + String.join("; ", absent) + ")")
                + ". Nothing changed. Bring that MAIN back, as MAIN, until SHOW REPLICAS shows the replicas ready; or"
                + " write SET REPLICATION ROLE TO MAIN FORCE to go on without what only it holds, and register the"
                + " others then.");
    }

    static SkeinException tooFarBehind(TailMissed input) {
        return refused("SKEIN-ROLE-011: Could not set the role to MAIN: " + input.peer() + " holds more of database "
                + input.now().database().name() + " than this instance, and " + input.message()
                + ". Nothing changed. Promote that one, or write SET REPLICATION ROLE TO MAIN FORCE to go on without"
                + " what it holds.");
    }
}
