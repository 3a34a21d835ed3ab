package skein.replication.core;

import skein.vocabulary.Invariant;
import skein.vocabulary.ReplicationMode;

/**
 * How commits treat one replica.
 *
 * @param timeoutNanos how long a commit waits for it before it is answered without it; above 0
 * @param renewedByProgress true: the time starts over with every sign of progress; false: it counts from the commit
 *     ({@code WITH TIMEOUT})
 */
public record AckRule(ReplicationMode mode, long timeoutNanos, boolean renewedByProgress) {
    public AckRule {
        Invariant.check(timeoutNanos > 0, "ack timeout of %d ns", timeoutNanos);
    }
}
