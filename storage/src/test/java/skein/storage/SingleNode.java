package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.LogChunk;
import skein.storage.wal.LogDisk;
import skein.vocabulary.Epoch;
import skein.vocabulary.SkeinException;

/** A database whose owner decides whatever is durable, as a MAIN without replicas does. */
final class SingleNode implements AutoCloseable {
    static final UUID ID = new UUID(7, 11);

    private final Database database;
    private final Told told;

    private SingleNode(Database database, Told told) {
        this.database = database;
        this.told = told;
    }

    /** A MAIN: a reign above all earlier ones is open and decided. */
    static SingleNode main(Path directory) {
        return main(directory, DatabaseOptions.standard(ID));
    }

    static SingleNode main(Path directory, DatabaseOptions options) {
        return reigning(replica(directory, options));
    }

    /** As {@link #main(Path, DatabaseOptions)}, on any disks. */
    static SingleNode main(LogDisk log, LogDisk snapshots, DatabaseOptions options) {
        return reigning(replica(log, snapshots, options));
    }

    static SingleNode replica(LogDisk log, LogDisk snapshots, DatabaseOptions options) {
        Told told = new Told();
        return new SingleNode(Database.open(log, snapshots, options, told), told);
    }

    private static SingleNode reigning(SingleNode node) {
        long number = node.database.lineage().stream()
                .mapToLong(position -> position.epoch().number())
                .max()
                .orElse(0);
        long lsn = node.database
                .openReign(new Epoch(number + 1, new UUID(1, number + 1)))
                .lsn();
        node.decide(lsn);
        return node;
    }

    /** As the directory has it; nothing is decided beyond what was. */
    static SingleNode replica(Path directory) {
        return replica(directory, DatabaseOptions.standard(ID));
    }

    static SingleNode replica(Path directory, DatabaseOptions options) {
        Told told = new Told();
        return new SingleNode(Database.open(directory, options, told), told);
    }

    Database database() {
        return database;
    }

    /** SYSTEM records told of so far. */
    List<byte[]> systemRecords() {
        return List.copyOf(told.systemRecords);
    }

    StoreTransaction begin() {
        return database.begin(AccessMode.WRITE);
    }

    /** Commits, waits until durable, decides, closes. Answers the lsn. */
    long commit(StoreTransaction transaction) {
        try (transaction) {
            long lsn = database.sequence(transaction);
            decide(lsn);
            return lsn;
        }
    }

    /** Waits until durable, then decides. */
    void decide(long lsn) {
        awaitDurable(lsn);
        database.decide(lsn);
    }

    /** Waits for the log alone. */
    void awaitDurable(long lsn) {
        told.await(() -> database.durableLsn() >= lsn, "record " + lsn + " to become durable");
    }

    /** One committed transaction. */
    long write(Consumer<StoreTransaction> work) {
        StoreTransaction transaction = begin();
        try {
            work.accept(transaction);
        } catch (RuntimeException | Error e) {
            transaction.close();
            throw e;
        }
        return commit(transaction);
    }

    <T> T read(Function<StoreTransaction, T> work) {
        try (StoreTransaction transaction = database.begin(AccessMode.READ)) {
            return work.apply(transaction);
        }
    }

    /** Takes a snapshot on this thread. */
    SnapshotJob.Written snapshot() {
        try (SnapshotJob job = database.beginSnapshot()) {
            return job.run();
        }
    }

    /** What recovery said of damaged snapshots. */
    List<String> damagedSnapshots() {
        return List.copyOf(told.damagedSnapshots);
    }

    /** All bytes of the log after a record, in pieces as a stream would read them. */
    List<ByteBuffer> log(long afterLsn, int bytesMax) {
        List<ByteBuffer> chunks = new ArrayList<>();
        long after = afterLsn;
        for (LogChunk chunk = database.read(after, bytesMax).found().orElse(null); chunk != null; ) {
            chunks.add(copy(chunk.records()));
            after = chunk.last().lsn();
            chunk = database.read(after, bytesMax).found().orElse(null);
        }
        return chunks;
    }

    private static ByteBuffer copy(ByteBuffer records) {
        int from = records.arrayOffset() + records.position();
        return ByteBuffer.wrap(Arrays.copyOfRange(records.array(), from, from + records.remaining()));
    }

    /** Every test ends with a look at the whole graph. */
    @Override
    public void close() {
        assertThat(database.audit()).isEmpty();
        database.close();
    }

    private static final class Told implements LogListener {
        private final ConcurrentLinkedQueue<byte[]> systemRecords = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> damagedSnapshots = new ConcurrentLinkedQueue<>();
        private final AtomicReference<@Nullable SkeinException> failure = new AtomicReference<>();
        private static final long WAIT_MILLIS = 30_000;

        @Override
        public synchronized void durable(long lsn) {
            notifyAll();
        }

        @Override
        public synchronized void failed(SkeinException reason) {
            failure.set(reason);
            notifyAll();
        }

        @Override
        public void snapshotDamaged(String what) {
            damagedSnapshots.add(what);
        }

        @Override
        public void systemRecord(long lsn, byte[] payload) {
            systemRecords.add(payload);
        }

        private synchronized void await(BooleanSupplier met, String what) {
            long deadline = System.nanoTime() + WAIT_MILLIS * 1_000_000;
            try {
                while (!met.getAsBoolean()) {
                    SkeinException reason = failure.get();
                    if (reason != null) {
                        throw reason;
                    }
                    wait(WAIT_MILLIS);
                    if (System.nanoTime() > deadline) {
                        throw new AssertionError("waited in vain for " + what);
                    }
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
