package skein.storage.snapshot;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import skein.storage.wal.Platform;

/**
 * Leaves the machine to those who commit: when something was committed while a block was worked on, the snapshot rests
 * before the next one, so long that it takes about an eighth of all processors. With nothing to commit it never rests.
 * Used by one thread.
 */
public final class SnapshotPace {
    private static final int SHARE = 8;

    /** The longest rest, so that whoever ends the snapshot need not wait. */
    private static final long REST_NANOS_MAX = 500_000_000;

    private final LongSupplier commits;
    private final LongSupplier nanoTime;
    private final LongConsumer park;
    private final double restPerWork;
    private long seen;
    private long began;

    /**
     * @param commits a number that rises with each commit
     * @param processors of this process
     * @param park rests about so many nanoseconds
     */
    SnapshotPace(LongSupplier commits, int processors, LongSupplier nanoTime, LongConsumer park) {
        this.commits = commits;
        this.nanoTime = nanoTime;
        this.park = park;
        this.restPerWork = Math.max(0, (double) SHARE / processors - 1);
        this.seen = commits.getAsLong();
        this.began = nanoTime.getAsLong();
    }

    /**
     * @param commits a number that rises with each commit
     * @param platform has the clock
     */
    public static SnapshotPace beside(LongSupplier commits, Platform platform) {
        return new SnapshotPace(
                commits,
                Runtime.getRuntime().availableProcessors(),
                platform::nanoTime,
                nanos -> platform.parkNanos(commits, nanos));
    }

    /** A block is done. */
    void rest() {
        long now = commits.getAsLong();
        if (now != seen) {
            double rest = (nanoTime.getAsLong() - began) * restPerWork;
            if (rest > 0) {
                park.accept((long) Math.min(rest, REST_NANOS_MAX));
            }
        }
        // what was committed during the rest tells nothing about the next block
        seen = commits.getAsLong();
        began = nanoTime.getAsLong();
    }
}
