package skein.replication.core;

import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicationMode;

/**
 * How commits treat one replica.
 *
 * @param timeoutNanos how long a commit waits for it before the commit stands without it; above 0
 * @param renewedByProgress true: the time starts over with every sign of progress (SYNC); false: it counts from the
 *     commit ({@code SYNC WITH TIMEOUT})
 */
public record AckRule(ReplicationMode mode, long timeoutNanos, boolean renewedByProgress) {
    public AckRule {
        Invariant.check(timeoutNanos > 0, "ack timeout of %d ns", timeoutNanos);
    }

    /** True when a commit may have to wait for the replica. */
    boolean waits() {
        return switch (mode) {
            case SYNC -> true;
            case ASYNC -> false;
            case STRICT_SYNC ->
                throw new IllegalStateException("registration refuses STRICT_SYNC, so no replica can have it");
        };
    }
}
