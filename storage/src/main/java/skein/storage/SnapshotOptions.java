package skein.storage;

import skein.vocabulary.Invariant;

/**
 * How a database keeps and uses snapshots.
 *
 * @param kept how many; older ones are removed when a new one is complete
 * @param logBytesKept the newest segments of the log that hold so many bytes stay, even when snapshots make them
 *     superfluous: for replicas that are behind, or that are still to come
 * @param recoveryThreads that read a snapshot back
 */
public record SnapshotOptions(int kept, long logBytesKept, int recoveryThreads) {
    private static final int KEPT = 3;
    private static final long LOG_BYTES_KEPT = 10L << 30;

    public SnapshotOptions {
        Invariant.check(kept > 0, "%d snapshots are kept", kept);
        Invariant.check(logBytesKept >= 0, "%d bytes of log are kept", logBytesKept);
        Invariant.check(recoveryThreads > 0, "recovery on %d threads", recoveryThreads);
    }

    /** Three snapshots, 10 GiB of log, all processors. */
    public static SnapshotOptions standard() {
        return new SnapshotOptions(KEPT, LOG_BYTES_KEPT, Runtime.getRuntime().availableProcessors());
    }

    public SnapshotOptions withKept(int other) {
        return new SnapshotOptions(other, logBytesKept, recoveryThreads);
    }

    public SnapshotOptions withLogBytesKept(long other) {
        return new SnapshotOptions(kept, other, recoveryThreads);
    }
}
