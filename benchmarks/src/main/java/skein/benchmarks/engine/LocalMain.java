package skein.benchmarks.engine;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.Database;
import skein.storage.DatabaseOptions;
import skein.storage.LogListener;
import skein.storage.SnapshotJob;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.SyncPolicy;
import skein.vocabulary.Epoch;
import skein.vocabulary.SkeinException;

/**
 * A database whose owner decides whatever is durable, as a MAIN without replicas does, with any number of sessions that
 * wait for their own commit to be visible. Nobody else has a say here, so the log's thread decides and applies as soon
 * as a batch is durable: a commit meets two threads, the log's and its own.
 */
public final class LocalMain implements AutoCloseable {
    private static final UUID ID = new UUID(5, 17);

    private final Database database;
    /** Held by whoever acts as the owner. */
    private final ReentrantLock owner = new ReentrantLock();

    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private boolean closing;
    private volatile @Nullable Throwable failure;

    private LocalMain(Path directory, DatabaseOptions options) {
        this.database = Database.open(directory, options, new Listener());
    }

    /**
     * Opens the database as it is, recovering it, and then for writing.
     *
     * @param recentBytes how much of the log's end stays in memory for replicas
     */
    public static LocalMain open(Path directory, SyncPolicy sync, long recentBytes) {
        DatabaseOptions standard = DatabaseOptions.standard(ID);
        DatabaseOptions options =
                new DatabaseOptions(standard.log().withSync(sync).withRecentBytes(recentBytes), Long.MAX_VALUE);
        LocalMain main = new LocalMain(directory, options);
        long number = main.database.lineage().stream()
                .mapToLong(position -> position.epoch().number())
                .max()
                .orElse(0);
        main.await(main.database
                .openReign(new Epoch(number + 1, new UUID(1, number + 1)))
                .lsn());
        return main;
    }

    /** The database itself, for what needs no waiting. */
    public Database database() {
        return database;
    }

    /** Runs one transaction and returns when it is visible. */
    public void write(Consumer<StoreTransaction> work) {
        try (StoreTransaction transaction = database.begin(AccessMode.WRITE)) {
            work.accept(transaction);
            database.awaitRoom();
            await(database.sequence(transaction));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes a snapshot on the calling thread while everything else goes on. */
    public void snapshot() {
        try (SnapshotJob job = beginSnapshot()) {
            job.run();
        }
    }

    private SnapshotJob beginSnapshot() {
        owner.lock();
        try {
            return database.beginSnapshot();
        } finally {
            owner.unlock();
        }
    }

    private void decide(long lsn) {
        owner.lock();
        try {
            if (!closing) {
                database.decide(lsn);
                release(lsn);
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            owner.unlock();
        }
    }

    private void fail(Throwable cause) {
        failure = cause;
        release(Long.MAX_VALUE);
    }

    private void release(long lsn) {
        synchronized (waiters) {
            waiters.removeIf(waiter -> {
                boolean done = waiter.lsn <= lsn;
                if (done) {
                    LockSupport.unpark(waiter.thread);
                }
                return done;
            });
        }
    }

    private void await(long lsn) {
        synchronized (waiters) {
            waiters.add(new Waiter(lsn, Thread.currentThread()));
        }
        if (database.appliedLsn() >= lsn) {
            release(lsn);
        }
        while (database.appliedLsn() < lsn) {
            Throwable cause = failure;
            if (cause != null) {
                throw new IllegalStateException(cause);
            }
            LockSupport.park(this);
        }
    }

    @Override
    public void close() {
        owner.lock();
        try {
            closing = true;
        } finally {
            owner.unlock();
        }
        database.close();
    }

    private record Waiter(long lsn, Thread thread) {}

    private final class Listener implements LogListener {
        @Override
        public void durable(long lsn) {
            decide(lsn);
        }

        @Override
        public void failed(SkeinException reason) {
            fail(reason);
        }

        @Override
        public void systemRecord(long lsn, byte[] payload) {}
    }
}
