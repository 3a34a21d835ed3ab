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
    static Promotion concluded(Promotion promotion) {
        Promotion next = promotion;
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

    private static Optional<String> missing(PeerAnswer answer) {
        return switch (answer) {
            case Given ignored -> Optional.empty();
            case Awaited ignored -> Optional.of("it was not waited for");
            case Silent(String message) -> Optional.of(message);
            case Denied(Reason reason, long number, String message) -> Optional.of(message + " (epoch " + number + ")");
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
        int needed = promotion.members().answersNeeded();
        int answers = promotion.answers();
        if (answers >= needed) {
            return Optional.empty();
        }
        List<String> absent = new ArrayList<>();
        for (Asked asked : promotion.asked()) {
            missing(asked.answer()).ifPresent(why -> absent.add(asked.peer() + ": " + why));
        }
        return Optional.of(refused("SKEIN-ROLE-010: Could not set the role to MAIN: " + answers + " of the "
                + (promotion.members().quorumReplicas() + 1) + " instances that QUORUM counts were heard, this one"
                + " included, and " + needed + " are needed so that no acknowledged commit is missed"
                + (absent.isEmpty() ? "" : " (" + String.join("; ", absent) + ")")
                + ". Nothing changed. Bring others back as replicas and try again, or write SET REPLICATION ROLE TO MAIN"
                + " FORCE to go on without what only they hold."));
    }

    static SkeinException tooFarBehind(TailMissed input) {
        return refused("SKEIN-ROLE-011: Could not set the role to MAIN: " + input.peer() + " holds more of database "
                + input.now().database().name() + " than this instance, and " + input.message()
                + ". Nothing changed. Promote that one, or write SET REPLICATION ROLE TO MAIN FORCE to go on without"
                + " what it holds.");
    }
}
