package skein.storage.tx;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.SkeinException;

/**
 * A transaction works by steps, somebody ends it, the applier collects, others read: a step that goes on finds its
 * snapshot, one after the end does not begin, and a place is let go once, whoever has it next.
 */
public final class SnapshotLeaseLincheckTest {
    private static final int THREADS = 3;

    private final AppliedRecords records = new AppliedRecords(1);
    private final SnapshotLease lease = records.registry.acquire(AccessMode.READ);
    private volatile long collected;

    /** Known to the owner. */
    private boolean released;

    public SnapshotLeaseLincheckTest() {
        lease.pause();
    }

    @Operation(nonParallelGroup = "owner")
    public String step() {
        if (released) {
            return "over";
        }
        try {
            lease.resume();
        } catch (SkeinException ended) {
            return "ended";
        }
        String answer = lease.snapshot() >= collected ? "fine" : "gone";
        lease.pause();
        return answer;
    }

    @Operation(nonParallelGroup = "owner")
    public void release() {
        lease.release();
        released = true;
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

    @Operation
    public boolean anotherFindsItsSnapshot() {
        SnapshotLease another = records.registry.acquire(AccessMode.READ);
        boolean found = another.snapshot() >= collected;
        another.release();
        return found;
    }

    @Test
    void endingNeverPullsASnapshotAwayFromUnderAStep() {
        Interleavings.explore(SnapshotLeaseLincheckTest.class, THREADS);
    }
}
