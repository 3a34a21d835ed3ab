package skein.storage;

import skein.storage.wal.core.LogRetention;
import skein.vocabulary.Invariant;

/**
 * How a database keeps and uses snapshots.
 *
 * @param kept how many; older ones are removed when a new one is complete
 * @param retention how much of the log stays although snapshots cover it
 * @param recoveryThreads that read a snapshot back
 */
public record SnapshotOptions(int kept, LogRetention retention, int recoveryThreads) {
    private static final int KEPT = 3;

    public SnapshotOptions {
        Invariant.check(kept > 0, "%d snapshots are kept", kept);
        Invariant.check(recoveryThreads > 0, "recovery on %d threads", recoveryThreads);
    }

    /** Three snapshots, the standard retention, all processors. */
    public static SnapshotOptions standard() {
        return new SnapshotOptions(
                KEPT, LogRetention.standard(), Runtime.getRuntime().availableProcessors());
    }

    public SnapshotOptions withKept(int other) {
        return new SnapshotOptions(other, retention, recoveryThreads);
    }

    public SnapshotOptions withRetention(LogRetention other) {
        return new SnapshotOptions(kept, other, recoveryThreads);
    }
}
