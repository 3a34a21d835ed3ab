package skein.raft.core;

import java.util.Optional;
import skein.protocol.RaftProtocol.Member;
import skein.protocol.RaftProtocol.Refused;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What a member says when it does not do what it was asked. */
final class Refusals {
    private Refusals() {}

    private static Refused refused(String words) {
        return new Refused(new SkeinException(ErrorCode.REPLICATION_REFUSED, words));
    }

    static Refused busy(String what) {
        return new Refused(new SkeinException(
                ErrorCode.BUSY,
                "SKEIN-RAFT-002: The coordinators took nothing more, because " + what
                        + ". Nothing changed. Try again when a majority of them answers."));
    }

    static Refused tooLarge(int bytes, int most) {
        return new Refused(new SkeinException(
                ErrorCode.LIMIT_EXCEEDED,
                "SKEIN-RAFT-003: A change of the cluster's state is " + bytes + " bytes long, and at most " + most
                        + " are taken. Nothing changed."));
    }

    static Refused changing() {
        return new Refused(new SkeinException(
                ErrorCode.BUSY,
                "SKEIN-RAFT-004: Another change of the coordinators is under way: a member that joins has not caught"
                        + " up yet, a change is not committed, or leadership is being handed over. Nothing changed. Try"
                        + " again, or remove the member that does not catch up."));
    }

    static Refused isMember(Member member) {
        return refused("SKEIN-RAFT-005: Coordinator " + member.id()
                + " is a member already. Nothing changed. Remove it first if it has lost its data directory or has"
                + " another address.");
    }

    static Refused addressInUse(Member member) {
        return refused("SKEIN-RAFT-006: Another coordinator listens on " + member.coordinator()
                + ". Nothing changed. Give the coordinator server's own address.");
    }

    static Refused isAnother(Member member, int id) {
        return refused("SKEIN-RAFT-007: Coordinator " + id + " answers on " + member.coordinator() + ", not "
                + member.id() + ". Nothing changed. Check the id and the address of the coordinator server.");
    }

    static Refused holdsEntries(Member member) {
        return refused("SKEIN-RAFT-008: Coordinator " + member.id() + " on " + member.coordinator()
                + " belongs to another cluster and holds its state. Nothing changed. Add a coordinator with an empty"
                + " data directory.");
    }

    /** It may be starting still, so that this passes. */
    static Refused doesNotAnswer(Member member) {
        return new Refused(new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                "SKEIN-RAFT-009: Nobody answered on " + member.coordinator() + ". Nothing changed. Start coordinator "
                        + member.id() + ", and check that this address can be reached from the leader."));
    }

    static Refused noMember(int id) {
        return refused("SKEIN-RAFT-010: There is no coordinator " + id + ". Nothing changed.");
    }

    static Refused leads(int id) {
        return refused("SKEIN-RAFT-011: Coordinator " + id + " leads, and the leader cannot be removed. Nothing"
                + " changed. Yield leadership first, then remove it.");
    }

    static Refused wasRemoved(int id) {
        return refused("SKEIN-RAFT-012: Coordinator " + id + " was removed before it had joined.");
    }

    static Refused nobodyToLead(Optional<Integer> to) {
        return refused("SKEIN-RAFT-013: "
                + to.map(id -> "Coordinator " + id + " cannot take over leadership: it is no voting member beside the"
                                + " leader.")
                        .orElse("There is no other voting coordinator to take over leadership.")
                + " Nothing changed.");
    }

    static Refused notCaughtUp(int to) {
        return refused(
                "SKEIN-RAFT-014: Coordinator " + to
                        + " did not catch up in time to take over leadership. Nothing changed. Try again, or name another one.");
    }

    static String stranger(Member member) {
        return "SKEIN-RAFT-015: coordinator " + member.id() + " on " + member.coordinator()
                + " came back with another data directory and is not counted. Remove it and add it again.";
    }
}
