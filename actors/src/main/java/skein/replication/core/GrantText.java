package skein.replication.core;

import java.util.List;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicaAck;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** The words for a write that coordinators do not allow, and the rule for one that was under way meanwhile. */
public final class GrantText {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private GrantText() {}

    /** What a write is refused with before anything has happened; drivers retry, and look for the MAIN again. */
    public static SkeinException refusal(WriteGrant grant, long nowNanos) {
        return new SkeinException(
                ErrorCode.DATABASE_UNAVAILABLE,
                grant.takes()
                        ? "SKEIN-ROLE-027: Not committed, on no instance: this MAIN takes no writes, because "
                                + lapsed(grant, nowNanos)
                                + " and somebody else may have been made MAIN. It answers reads, and takes writes again"
                                + " as soon as it hears that it is still MAIN. Try again."
                        : "SKEIN-ROLE-028: Not committed, on no instance: " + grant.words()
                                + ". Nothing was done. Try again in a moment; SHOW INSTANCES on a coordinator shows which"
                                + " instance is MAIN.");
    }

    /** As above, where only what is confirmed would be acknowledged, and cannot be. */
    public static SkeinException unconfirmable(WriteGrant grant, long nowNanos) {
        return new SkeinException(
                ErrorCode.REPLICATION_FAILURE,
                "SKEIN-ROLE-029: Not committed, on no instance: " + lapsed(grant, nowNanos)
                        + ", so this MAIN takes only writes that all of its SYNC, STRICT_SYNC or QUORUM replicas"
                        + " confirm, and these are not in sync, or there are none. It answers reads. Try again; check"
                        + " SHOW REPLICAS.");
    }

    private static String lapsed(WriteGrant grant, long nowNanos) {
        return grant.leaseEndNanos() == Long.MIN_VALUE
                ? "it has not heard from the coordinators' leader since it started"
                : "it has lost the coordinators: its lease ran out "
                        + (nowNanos - grant.leaseEndNanos()) / NANOS_PER_MILLI + " ms ago";
    }

    /** Why a commit that was under way is unknown; continues "the outcome is not known: ". */
    public static String unknown() {
        return "this MAIN's lease ran out before all replicas had confirmed it whose mode says that they should, and"
                + " somebody else may have been made MAIN without it";
    }

    /** True for a commit that whoever is MAIN next has too, as far as modes can promise. */
    public static boolean isConfirmed(boolean warned, List<ReplicaAck> acks) {
        return !warned && acks.stream().anyMatch(ack -> ack.mode() != ReplicationMode.ASYNC && ack.acknowledged());
    }
}
