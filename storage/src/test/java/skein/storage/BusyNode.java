package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** A MAIN under many sessions: a thread of its own decides what is durable, in whatever batches the log makes. */
final class BusyNode implements AutoCloseable {
    private static final long WAIT_MILLIS = 30_000;

    private final Database database;
    private final Thread owner = new Thread(this::own, "owner");
    private final Object monitor = new Object();
    private long durable;
    private boolean closing;

    BusyNode(Path directory) {
        this(directory, DatabaseOptions.standard(SingleNode.ID));
    }

    BusyNode(Path directory, DatabaseOptions options) {
        database = Database.open(directory, options, new LogListener() {
            @Override
            public void durable(long lsn) {
                synchronized (monitor) {
                    durable = lsn;
                    monitor.notifyAll();
                }
            }

            @Override
            public void failed(SkeinException reason) {
                throw reason;
            }

            @Override
            public void systemRecord(long lsn, byte[] payload) {}
        });
        owner.start();
        awaitApplied(database.openReign(new Epoch(1, new UUID(0, 1))).lsn());
    }

    Database database() {
        return database;
    }

    /** Tries until the transaction does not conflict; answers how often it had to be repeated. */
    int write(Consumer<StoreTransaction> work) {
        for (int conflicts = 0; ; conflicts++) {
            try (StoreTransaction transaction = database.begin(AccessMode.WRITE)) {
                work.accept(transaction);
                commit(transaction);
                return conflicts;
            } catch (SkeinException refused) {
                if (refused.code() != ErrorCode.WRITE_CONFLICT) {
                    throw refused;
                }
            }
        }
    }

    /** Returns when everybody who begins from now on sees the transaction. */
    void commit(StoreTransaction transaction) {
        awaitApplied(database.sequence(transaction));
    }

    /** Runs all at the same time and answers what each found; a failure of one fails all. */
    static <T> List<T> together(List<Callable<T>> work) {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private void own() {
        try {
            while (true) {
                long lsn;
                synchronized (monitor) {
                    while (durable == database.appliedLsn() && !closing) {
                        monitor.wait(WAIT_MILLIS);
                    }
                    if (closing) {
                        return;
                    }
                    lsn = durable;
                }
                database.decide(lsn);
                synchronized (monitor) {
                    monitor.notifyAll();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitApplied(long lsn) {
        long deadline = System.nanoTime() + WAIT_MILLIS * 1_000_000;
        try {
            synchronized (monitor) {
                while (database.appliedLsn() < lsn) {
                    monitor.wait(WAIT_MILLIS);
                    if (System.nanoTime() > deadline) {
                        throw new AssertionError("record " + lsn + " is not applied, only " + database.appliedLsn());
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        synchronized (monitor) {
            closing = true;
            monitor.notifyAll();
        }
        try {
            owner.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(database.audit()).isEmpty();
        database.close();
    }
}
