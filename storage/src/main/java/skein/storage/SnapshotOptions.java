package skein.storage;

import skein.storage.wal.core.LogRetention;
import skein.vocabulary.Invariant;

/**
 * How a database keeps and uses snapshots.
 *
 * @param kept how many; older ones are removed when a new one is complete
 * @param retention how much of the log stays although snapshots make it superfluous
 * @param recoveryThreads that read a snapshot back
 */
public record SnapshotOptions(int kept, LogRetention retention, int recoveryThreads) {
    private static final int KEPT = 3;

    public SnapshotOptions {
        Invariant.check(kept > 0, "%d snapshots are kept", kept);
        Invariant.check(recoveryThreads > 0, "recovery on %d threads", recoveryThreads);
    }

    /** @param logBytesKept of the log, whoever needs them */
    public SnapshotOptions(int kept, long logBytesKept, int recoveryThreads) {
        this(kept, new LogRetention(logBytesKept, logBytesKept), recoveryThreads);
    }

    /** Three snapshots, 10 GiB of log, all processors. */
    public static SnapshotOptions standard() {
        return new SnapshotOptions(
                KEPT, LogRetention.standard(), Runtime.getRuntime().availableProcessors());
    }

    public SnapshotOptions withKept(int other) {
        return new SnapshotOptions(other, retention, recoveryThreads);
    }

    public SnapshotOptions withLogBytesKept(long other) {
        return withRetention(new LogRetention(other, Math.max(other, retention.cappedBytes())));
    }

    public SnapshotOptions withRetention(LogRetention other) {
        return new SnapshotOptions(kept, other, recoveryThreads);
    }
}
