package skein.storage.tx;

import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphStore;

/**
 * Keeps what is kept for old snapshots within a budget: when it is exceeded and the oldest snapshot is what stands in
 * the way, the transactions that use it are ended, then the next oldest. Used by the applier's thread.
 */
public final class VersionBudget {
    private final GraphStore store;
    private final GraphApplier applier;
    private final SnapshotRegistry snapshots;
    private final long bytesMax;

    public VersionBudget(GraphStore store, GraphApplier applier, SnapshotRegistry snapshots, long bytesMax) {
        this.store = store;
        this.applier = applier;
        this.snapshots = snapshots;
        this.bytesMax = bytesMax;
    }

    /** Lets go of what may go; ends transactions until the rest is within the budget, or until they end themselves. */
    public void enforce() {
        applier.collect(snapshots::horizon);
        while (store.keptBytes() > bytesMax) {
            long horizon = snapshots.horizon();
            boolean readersAreInTheWay = horizon < store.publishedTs() && !applier.canCollect(horizon);
            if (!readersAreInTheWay || !snapshots.endOldest(horizon, this::reason)) {
                return;
            }
            applier.collect(snapshots::horizon);
        }
    }

    private String reason(OpenTransactionFacts transaction) {
        return "The transaction was ended after " + transaction.age().toMillis() + " ms: "
                + mebibytes(store.keptBytes())
                + " MiB of old versions are kept for its snapshot and newer ones, and the budget is "
                + mebibytes(bytesMax)
                + " MiB. Nothing was committed. Run it again, in smaller parts if it is long, at READ COMMITTED, or with"
                + " a higher --storage-versions-mib-max.";
    }

    private static long mebibytes(long bytes) {
        return bytes + (1 << 20) - 1 >> 20;
    }
}
