package skein.storage.tx;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.session.TransactionOptions.AccessMode;

/** A transaction is ended from outside and lets go by itself: its place is free once, and then somebody else's. */
public final class ReleasedPlaceLincheckTest {
    private static final int THREADS = 3;

    private final AppliedRecords records = new AppliedRecords(1);
    private final SnapshotLease lease = records.registry.acquire(AccessMode.READ);
    private volatile long collected;

    public ReleasedPlaceLincheckTest() {
        lease.pause();
    }

    @Operation
    public void end() {
        lease.end("tests end it");
    }

    @Operation(nonParallelGroup = "owner and applier")
    public void releaseThenPublishAndCollect() {
        lease.release();
        records.applyNothing();
        collected = records.registry.horizon();
    }

    @Operation
    public boolean anotherFindsItsSnapshot() {
        SnapshotLease another = records.registry.acquire(AccessMode.READ);
        boolean found = another.snapshot() >= collected;
        another.release();
        return found;
    }

    @Test
    void aPlaceIsLetGoOnce() {
        Interleavings.explore(ReleasedPlaceLincheckTest.class, THREADS);
    }
}
