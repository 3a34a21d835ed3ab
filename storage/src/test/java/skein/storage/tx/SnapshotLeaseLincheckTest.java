package skein.storage.tx;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.SkeinException;

/**
 * A transaction works by steps, somebody ends it, the applier collects: a step that goes on finds its snapshot, and one
 * after the end does not begin.
 */
public final class SnapshotLeaseLincheckTest {
    private static final int THREADS = 3;

    private final AppliedRecords records = new AppliedRecords(1);
    private final SnapshotLease lease = records.registry.acquire(AccessMode.READ);
    private volatile long collected;

    public SnapshotLeaseLincheckTest() {
        lease.pause();
    }

    @Operation(nonParallelGroup = "owner")
    public String step() {
        try {
            lease.resume();
        } catch (SkeinException ended) {
            return "ended";
        }
        String answer = lease.snapshot() >= collected ? "fine" : "gone";
        lease.pause();
        return answer;
    }

    @Operation
    public void end() {
        lease.end("tests end it");
    }

    @Operation(nonParallelGroup = "applier")
    public void publishAndCollect() {
        records.applyNothing();
        collected = records.registry.horizon();
    }

    @Test
    void endingNeverPullsASnapshotAwayFromUnderAStep() {
        Interleavings.explore(SnapshotLeaseLincheckTest.class, THREADS);
    }
}
