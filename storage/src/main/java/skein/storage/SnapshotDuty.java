package skein.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.graph.GraphExtent;
import skein.storage.graph.GraphStore;
import skein.storage.snapshot.PinnedState;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.snapshot.SnapshotHead;
import skein.storage.snapshot.SnapshotPace;
import skein.storage.tx.SnapshotLease;
import skein.storage.tx.SnapshotRegistry;
import skein.storage.wal.Platform;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/** Takes snapshots of one database, one at a time, and lets go of the log that they make superfluous. Thread-safe. */
final class SnapshotDuty {
    private final WriteAheadLog log;
    private final GraphStore store;
    private final SnapshotRegistry readers;
    private final SnapshotDirectory files;
    private final SnapshotOptions options;
    private final Platform platform;
    private final LogListener listener;
    private final ReentrantLock applying;
    private final LongSupplier settledLsn;
    private final BooleanSupplier canSnapshot;

    /** Held by a snapshot on its way. */
    private final Semaphore permit = new Semaphore(1);

    /** The record of the newest complete snapshot; 0 when there is none. */
    private volatile long newestLsn;

    private volatile boolean closing;

    /**
     * @param applying held while records are applied, so that a snapshot begins between them
     * @param settledLsn the newest applied record that cannot be undone
     * @param canSnapshot whether a snapshot can hold what is there
     */
    SnapshotDuty(
            WriteAheadLog log,
            GraphStore store,
            SnapshotRegistry readers,
            SnapshotDirectory files,
            DatabaseOptions options,
            LogListener listener,
            ReentrantLock applying,
            LongSupplier settledLsn,
            BooleanSupplier canSnapshot) {
        this.log = log;
        this.store = store;
        this.readers = readers;
        this.files = files;
        this.options = options.snapshots();
        this.platform = options.platform();
        this.listener = listener;
        this.applying = applying;
        this.settledLsn = settledLsn;
        this.canSnapshot = canSnapshot;
    }

    SnapshotDirectory files() {
        return files;
    }

    /** The database was filled with a snapshot of this record. */
    void startsFrom(long lsn) {
        newestLsn = lsn;
    }

    boolean wouldTell() {
        return settledLsn.getAsLong() > newestLsn && canSnapshot.getAsBoolean();
    }

    String putAside(SnapshotFile damaged) {
        String aside = files.putAside(damaged);
        newestLsn = files.list().stream().mapToLong(SnapshotFile::lsn).max().orElse(0);
        return aside;
    }

    /** How messages name the file of a snapshot taken now. */
    String nextPath() {
        return files.describe(settledLsn.getAsLong());
    }

    /** No snapshot is taken any more, and none is on its way. */
    void end() {
        if (!closing) {
            closing = true;
            permit.acquireUninterruptibly();
        }
    }

    SnapshotJob begin() {
        if (!permit.tryAcquire()) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    "Another snapshot of this database is being written. Wait until it is complete: SHOW SNAPSHOTS lists"
                            + " it then.");
        }
        try {
            if (!wouldTell()) {
                throw new SkeinException(
                        ErrorCode.INVALID_ARGUMENT,
                        "Nothing has changed in this database since its last snapshot, so there is nothing to write."
                                + " SHOW SNAPSHOTS lists what there is.");
            }
            return new SnapshotJob(this, pinned());
        } catch (RuntimeException | Error e) {
            permit.release();
            throw e;
        }
    }

    private PinnedState pinned() {
        applying.lock();
        try {
            return pin();
        } finally {
            applying.unlock();
        }
    }

    /** Named after the settled record: one after it may still be taken back, and it changed nothing. */
    private PinnedState pin() {
        long settled = settledLsn.getAsLong();
        LogPosition position =
                Invariant.present(log.positionOf(settled).orElse(null), "the log does not hold record %d", settled);
        SnapshotLease lease = readers.acquire(AccessMode.READ);
        GraphExtent extent = GraphExtent.newest(store);
        Invariant.check(lease.snapshot() == extent.snapshot(), "the applier went on while a snapshot began");
        return new PinnedState(
                new SnapshotHead(
                        log.databaseId(),
                        position,
                        ChronoUnit.MICROS.between(Instant.EPOCH, platform.now()),
                        extent.nodeLimit(),
                        extent.relationshipLimit()),
                log.lineage().stream()
                        .filter(reign -> reign.lsn() <= position.lsn())
                        .toList(),
                store,
                extent,
                lease::release);
    }

    /** For a job, on its thread. What it stands for must be in the log for good before it may be relied on. */
    SnapshotFile write(PinnedState state) {
        log.flush();
        SnapshotFile written = files.write(state, () -> closing, SnapshotPace.beside(store::publishedTs, platform));
        newestLsn = written.lsn();
        return written;
    }

    /** For a job, after its snapshot is complete: what it makes superfluous goes. */
    void dropSuperfluous() {
        List<SnapshotFile> kept = files.retain(options.kept());
        long oldest = kept.getLast().lsn();
        log.dropBefore(options.retention().droppableLsn(log.segments(), oldest, listener.slowestReplicaLsn()));
    }

    /** For a job, at its end. */
    void ended() {
        permit.release();
    }
}
