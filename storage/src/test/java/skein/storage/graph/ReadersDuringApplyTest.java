package skein.storage.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.Direction;
import skein.storage.index.SlotBitmap;
import skein.storage.tx.SnapshotLease;
import skein.storage.tx.SnapshotRegistry;

/** Readers wait for nobody: they go on, and see what they should, while the applier stands still inside a record. */
final class ReadersDuringApplyTest {
    private static final int READERS = 4;
    private static final int LOOKS = 200;
    private static final int NODES = 300;
    private static final int[] LABEL = {0};

    private final GraphStore store = new GraphStore();
    private final Garbage garbage = new Garbage();
    private final ContentTracker tracker = new ContentTracker(store, garbage);
    private final GraphWriter writer = new GraphWriter(store, tracker, garbage);
    private final SnapshotRegistry snapshots = new SnapshotRegistry(store);

    /** What one reader met. */
    private record Report(long sum, long blocked, long waited) {}

    @Test
    void readersProgressWhileTheApplierStandsInTheMiddleOfARecord() throws Exception {
        apply(1);
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS + 1)) {
            Future<?> applier = threads.submit(() -> {
                writer.begin(2, snapshots.horizon());
                overwrite();
                inTheMiddle.countDown();
                goOn.await();
                writer.finish();
                store.publish(2, tracker.stateHash());
                return null;
            });
            inTheMiddle.await();
            try {
                assertReadersProgress(threads);
                assertThat(applier.isDone()).isFalse();
            } finally {
                goOn.countDown();
            }
            applier.get();
        }
        assertThat(look(2)).isNotEqualTo(look(1));
    }

    private void assertReadersProgress(ExecutorService threads) throws Exception {
        List<Future<Report>> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(threads.submit(this::readOften));
        }
        for (Future<Report> reader : readers) {
            Report report = reader.get();
            assertThat(report.sum()).as("what record 1 left").isEqualTo((long) LOOKS * look(1));
            assertThat(report.blocked()).as("times blocked on a monitor").isZero();
            assertThat(report.waited()).as("times parked").isZero();
        }
    }

    /** A ring of nodes around a dense one. */
    private void apply(long commitTs) {
        writer.begin(commitTs, 0);
        for (int slot = 0; slot < NODES; slot++) {
            writer.createNode(slot, LABEL, new byte[8]);
        }
        for (int slot = 0; slot < NODES; slot++) {
            writer.createRelationship(slot, slot % 2, 0, slot, new byte[4]);
        }
        writer.finish();
        store.publish(commitTs, tracker.stateHash());
    }

    private void overwrite() {
        for (int slot = 0; slot < NODES; slot++) {
            writer.setNodeProperties(slot, new byte[16]);
            writer.setRelationshipProperties(slot, new byte[6]);
            writer.createRelationship(NODES + slot, 2, slot, 0, new byte[2]);
            writer.createNode(NODES + slot, LABEL, new byte[1]);
            writer.removeLabel(slot, 0);
        }
    }

    private Report readOften() {
        lookAtTheNewest(); // loading classes takes locks of the runtime's own
        ThreadInfo before = self();
        long sum = 0;
        for (int i = 0; i < LOOKS; i++) {
            sum += lookAtTheNewest();
        }
        ThreadInfo after = self();
        return new Report(
                sum,
                after.getBlockedCount() - before.getBlockedCount(),
                after.getWaitedCount() - before.getWaitedCount());
    }

    private long lookAtTheNewest() {
        SnapshotLease lease = snapshots.acquire(AccessMode.READ);
        try {
            return look(lease.snapshot());
        } finally {
            lease.release();
        }
    }

    private static ThreadInfo self() {
        return ManagementFactory.getThreadMXBean()
                .getThreadInfo(Thread.currentThread().threadId());
    }

    /** Everything a snapshot shows, as one number. */
    private long look(long snapshot) {
        long sum = store.nodeCountAt(snapshot) + store.relationshipCountAt(snapshot) + store.nodeCountAt(0, snapshot);
        SlotBitmap labelled = store.indexes().nodesWithLabel(0);
        for (int slot = 0; slot < store.nodes().limit(); slot++) {
            NodeVersion version = store.nodes().at(slot, snapshot);
            if (version != null) {
                sum += version.properties().length + (version.hasLabel(0) ? 1 : 0);
                sum += labelled != null && labelled.contains(slot) ? 1 : 0;
                AdjacencyCursor cursor =
                        new AdjacencyCursor(store.relationships(), slot, version, Direction.BOTH, new int[] {1, 2});
                while (cursor.next()) {
                    byte[] properties = store.relationships().propertiesAt(cursor.relationship(), snapshot);
                    sum += 1000L * (properties == null ? -1 : properties.length);
                }
            }
        }
        return sum;
    }
}
