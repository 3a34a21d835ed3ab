package skein.replication.core;

import java.util.Comparator;
import java.util.Optional;
import skein.replication.core.CatchUpCosts.Candidate;

/**
 * How a replica is brought up to date: by whichever moves the fewest bytes. The log is what everybody knows how to
 * resume and what readers hardly notice, so another way has to be clearly shorter: half of it, and many megabytes less.
 */
sealed interface CatchUp {
    /** A snapshot saves at least so much, or it is not worth the change. */
    long SAVED_BYTES_MIN = 64L << 20;

    /** Records after the replica's last one. */
    record ByLog() implements CatchUp {}

    /** The snapshot of this record, then the log after it. */
    record BySnapshot(long lsn) implements CatchUp {}

    /** As {@link BySnapshot}, but it has to be made first. */
    record ByNewSnapshot() implements CatchUp {}

    /** The log was dropped, and there is no snapshot, and none can be made. */
    record NoWay() implements CatchUp {}

    /** @param afterLsn what the replica has; the log may not reach back there */
    static CatchUp choose(boolean logHeld, long afterLsn, CatchUpCosts costs) {
        Optional<Candidate> best = costs.snapshots().stream()
                .filter(candidate -> candidate.lsn() > afterLsn)
                .min(Comparator.comparingLong(Candidate::cost));
        boolean anew = costs.canSnapshot()
                && best.map(candidate -> isClearlyLess(costs.graphBytes(), candidate.cost()))
                        .orElse(true);
        if (!logHeld) {
            return anew
                    ? new ByNewSnapshot()
                    : best.<CatchUp>map(candidate -> new BySnapshot(candidate.lsn()))
                            .orElseGet(NoWay::new);
        }
        if (anew && isClearlyLess(costs.graphBytes(), costs.logBytes())) {
            return new ByNewSnapshot();
        }
        return best.filter(candidate -> isClearlyLess(candidate.cost(), costs.logBytes()))
                .<CatchUp>map(candidate -> new BySnapshot(candidate.lsn()))
                .orElseGet(ByLog::new);
    }

    private static boolean isClearlyLess(long bytes, long thanBytes) {
        return bytes < thanBytes / 2 && thanBytes - bytes >= SAVED_BYTES_MIN;
    }
}
