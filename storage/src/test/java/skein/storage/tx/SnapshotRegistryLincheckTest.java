package skein.storage.tx;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.session.TransactionOptions.AccessMode;

/**
 * Readers come and go while the applier publishes and asks for the horizon: what it may collect is never what somebody
 * reads, in a transaction of one snapshot or of one a statement.
 */
public final class SnapshotRegistryLincheckTest {
    private static final int THREADS = 3;

    private final AppliedRecords records = new AppliedRecords(1);

    /** Versions older than this are gone. */
    private volatile long collected;

    @Operation(nonParallelGroup = "applier")
    public void publishAndCollect() {
        records.applyNothing();
        collected = records.registry.horizon();
    }

    @Operation
    public boolean findsItsSnapshot() {
        SnapshotLease lease = records.registry.acquire(AccessMode.READ);
        boolean found = lease.snapshot() >= collected;
        lease.release();
        return found;
    }

    @Operation
    public boolean findsTheSnapshotOfEachStatement() {
        SnapshotLease lease = records.registry.acquire(AccessMode.READ);
        boolean found = lease.snapshot() >= collected;
        lease.moveTo(records.store.publishedTs());
        found &= lease.snapshot() >= collected;
        lease.release();
        return found;
    }

    @Test
    void theHorizonIsNeverAboveASnapshotInUse() {
        Interleavings.explore(SnapshotRegistryLincheckTest.class, THREADS);
    }
}
