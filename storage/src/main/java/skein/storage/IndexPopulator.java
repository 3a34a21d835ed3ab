package skein.storage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.graph.DeclaredIndex;
import skein.storage.graph.GraphStore;
import skein.storage.graph.IndexPopulation;
import skein.storage.tx.SnapshotLease;
import skein.storage.tx.SnapshotRegistry;
import skein.storage.wal.Platform;

/**
 * Fills indexes that were declared on a graph with content, one after the other, on a thread of its own that lives as
 * long as there is something to fill. Writers and the applier go on; the snapshot that is read holds the horizon back.
 */
final class IndexPopulator implements AutoCloseable {
    private final GraphStore store;
    private final SnapshotRegistry snapshots;
    private final Platform platform;

    /** Guarded by this object, as all below. */
    private @Nullable Thread running;

    private boolean closed;

    IndexPopulator(GraphStore store, SnapshotRegistry snapshots, Platform platform) {
        this.store = store;
        this.snapshots = snapshots;
        this.platform = platform;
    }

    /** Looks whether there is something to do; cheap when there is nothing. */
    void wake() {
        if (store.indexes().isUnpopulated()) {
            start();
        }
    }

    private synchronized void start() {
        if (running == null && !closed) {
            Thread thread = platform.thread("skein-index", this::run);
            running = thread;
            thread.start();
        }
    }

    private void run() {
        try {
            for (DeclaredIndex next = next(); next != null; next = next()) {
                populate(next);
            }
        } finally {
            ended();
        }
    }

    private synchronized void ended() {
        running = null;
        notifyAll();
    }

    private synchronized @Nullable DeclaredIndex next() {
        return closed ? null : store.indexes().unpopulated();
    }

    private void populate(DeclaredIndex index) {
        SnapshotLease lease = snapshots.acquire(AccessMode.READ);
        try {
            IndexPopulation population = new IndexPopulation(store, index, lease.snapshot());
            while (!isClosed() && population.step()) {
                // a bounded piece of work
            }
        } finally {
            lease.release();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until every declared index is filled; false when that takes too long. */
    synchronized boolean await(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (store.indexes().isUnpopulated() && !closed) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            start();
            wait(Math.max(1, left / 1_000_000));
        }
        return true;
    }

    /** Ends the thread; an index that it was at stays as it is. */
    @Override
    public void close() {
        Thread last;
        synchronized (this) {
            closed = true;
            last = running;
        }
        boolean interrupted = false;
        while (last != null && last.isAlive()) {
            try {
                last.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
