package skein.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphAudit;
import skein.storage.graph.GraphStore;
import skein.storage.log.LogRecord;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.memory.MemoryPool;
import skein.storage.memory.MemorySource;
import skein.storage.snapshot.IncomingSnapshot;
import skein.storage.snapshot.SnapshotDirectory;
import skein.storage.snapshot.SnapshotExport;
import skein.storage.snapshot.SnapshotFile;
import skein.storage.snapshot.SnapshotOutline;
import skein.storage.tx.OpenTransactionFacts;
import skein.storage.tx.Sequencer;
import skein.storage.tx.SnapshotRegistry;
import skein.storage.tx.StoreTransaction;
import skein.storage.tx.VersionBudget;
import skein.storage.wal.DroppedTails;
import skein.storage.wal.DurabilityListener;
import skein.storage.wal.LogChunk;
import skein.storage.wal.LogCounters;
import skein.storage.wal.LogDisk;
import skein.storage.wal.LogNote;
import skein.storage.wal.LogRead;
import skein.storage.wal.Platform;
import skein.storage.wal.WriteAheadLog;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * One database on one machine: a log and the graph that follows from it.
 *
 * <p>Threads: {@link #begin}, {@link #sequence}, {@link #sequenceSystem} and everything that only looks are safe from
 * any thread. {@link #openReign}, {@link #closeReign}, {@link #decide}, {@link #appendReplicated},
 * {@link #truncateAfter} {@link #audit} and {@link #close} belong to the one owner.
 *
 * <p>A record's way: sequenced (MAIN) or received (REPLICA), durable, decided by the owner, applied, visible. On open
 * everything up to the remembered decided mark is applied and an undecided tail stays in the log; the owner of a MAIN
 * then opens a reign and decides once that record is durable, the owner of a REPLICA waits for what its MAIN says.
 */
public final class Database implements AutoCloseable {
    private static final int CHUNK_BYTES_MAX = 1 << 20;
    private static final String SNAPSHOTS = "snapshots";

    private final WriteAheadLog log;
    private final LogListener listener;
    private final GraphStore store = new GraphStore();
    private final GraphApplier applier;
    private final SnapshotRegistry snapshots = new SnapshotRegistry(store);
    private final IndexPopulator populator;
    private final Sequencer sequencer;
    private final VersionBudget budget;
    private final MemoryPool memory;

    /** What the pool knows of the graph. Known to the owner only. */
    private long countedBytes;

    private final DatabaseRebuild rebuild;
    private final DatabaseOptions options;

    /** Held while records are applied, so that a snapshot begins between them. */
    private final ReentrantLock applying = new ReentrantLock();

    private final SnapshotDuty snapshotDuty;

    private volatile long settledLsn;
    private volatile boolean hasSystemRecords;
    private boolean systemRecordDecided;
    private volatile @Nullable Throwable broken;

    private Database(
            WriteAheadLog log,
            SnapshotDirectory snapshotFiles,
            DatabaseRebuild rebuild,
            DatabaseOptions options,
            LogListener listener) {
        this.log = log;
        this.rebuild = rebuild;
        this.options = options;
        this.populator = new IndexPopulator(store, snapshots, options.platform());
        this.listener = listener;
        this.sequencer = new Sequencer(store, log, snapshots, options.memory());
        this.applier = new GraphApplier(store, sequencer);
        this.budget =
                new VersionBudget(store, applier, snapshots, options.memory().versionBytesMax());
        this.memory = options.memory().memory();
        this.snapshotDuty = new SnapshotDuty(
                log, store, snapshots, snapshotFiles, options, listener, applying, this::settledLsn, this::canSnapshot);
    }

    /**
     * Opens the database in this directory, made if missing. STORAGE_FAILURE names the file and offset of damage;
     * nothing is skipped. The caller holds the lock of the data directory (skein.storage.wal.DirectoryLock).
     */
    public static Database open(Path directory, DatabaseOptions options, LogListener listener) {
        try {
            Platform platform = options.platform();
            LogDisk snapshotDisk = platform.disk(directory.resolve(SNAPSHOTS));
            return open(platform.disk(directory), snapshotDisk, options, listener);
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The directory " + directory + " cannot be used: " + e.getMessage()
                            + ". Check the disk and the permissions, then start again.",
                    e);
        }
    }

    /** As above, with log and snapshots on any disks. */
    public static Database open(LogDisk logDisk, LogDisk snapshotDisk, DatabaseOptions options, LogListener listener) {
        DatabaseRebuild.finish(logDisk, snapshotDisk);
        WriteAheadLog log = WriteAheadLog.open(logDisk, options.log(), new DurabilityListener() {
            @Override
            public void durable(long lsn) {
                listener.durable(lsn);
            }

            @Override
            public void noted(LogNote note) {
                listener.noted(note);
            }

            @Override
            public void failed(SkeinException reason) {
                listener.failed(reason);
            }
        });
        try {
            SnapshotDirectory snapshots = SnapshotDirectory.open(snapshotDisk);
            DatabaseRebuild rebuild = new DatabaseRebuild(log, snapshots, logDisk);
            Database database = new StateRecovery(
                            log, snapshots, listener, () -> new Database(log, snapshots, rebuild, options, listener))
                    .run();
            database.countGraph();
            return database;
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    /** Recovery: fills this empty database with a snapshot. */
    SnapshotDirectory.Reading readSnapshot(SnapshotFile file) {
        ProgressMeter meter = new ProgressMeter(listener, RecoveryProgress.Part.SNAPSHOT, file.bytes());
        var reading = snapshotDuty
                .files()
                .load(file, store, applier, options.snapshots().recoveryThreads(), meter::reached);
        settledLsn = store.publishedTs();
        snapshotDuty.startsFrom(store.publishedTs());
        return reading;
    }

    /**
     * Recovery: applies what the log holds beyond the snapshot. A snapshot's record was decided, whatever the mark
     * says.
     */
    void replayLog() {
        log.decide(store.publishedTs());
        long first = store.publishedTs();
        long decided = log.decidedLsn();
        ProgressMeter meter = new ProgressMeter(listener, RecoveryProgress.Part.LOG, decided - first);
        LogTail.replay(options.platform(), first, decided, after -> readAhead(after, decided), records -> {
            for (LogRecord record : records) {
                applier.recover(record);
                tellOwner(record);
            }
            meter.reached(store.publishedTs() - first);
        });
        applier.endRecovery();
    }

    /** Identity of the database, equal on every node that holds it. */
    public UUID id() {
        return log.databaseId();
    }

    /** The last record accepted, durable or not. */
    public LogPosition logEnd() {
        return log.end();
    }

    /** Just before the first record that the log holds. */
    public LogPosition logStart() {
        return log.start();
    }

    /** What the log has dropped from its end since it was opened. */
    public DroppedTails droppedTails() {
        return log.droppedTails();
    }

    /** What its log has done since it was opened. */
    public LogCounters logWork() {
        return log.counters();
    }

    public long durableLsn() {
        return log.durableLsn();
    }

    public long decidedLsn() {
        return log.decidedLsn();
    }

    /** The newest record that readers see. */
    public long appliedLsn() {
        return store.publishedTs();
    }

    /** The EPOCH records of the whole history, oldest first; also those that the log no longer holds. */
    public List<LogPosition> lineage() {
        return log.lineage();
    }

    /** Order-independent and equal on every database that has applied the same records. */
    public long stateHash() {
        return store.stateHash();
    }

    /**
     * Compares all that is kept incrementally with a scan; what does not fit, in words. Takes time in proportion to the
     * graph and belongs to the owner: nothing may be decided meanwhile.
     */
    public List<String> audit() {
        return GraphAudit.of(store);
    }

    /** Begins a transaction at the newest visible state; the caller closes it. */
    public StoreTransaction begin(AccessMode access) {
        return begin(access, memory);
    }

    /** As above; what its changes take counts as this source's, which draws on the database's pool. */
    public StoreTransaction begin(AccessMode access, MemorySource source) {
        requireWhole();
        return sequencer.begin(access, source);
    }

    /**
     * MAIN: checks a transaction against all that was sequenced before, gives it the next lsn, and hands its record to
     * the log; answers the lsn at once, or 0 when the transaction leaves no change behind. Failures (WRITE_CONFLICT,
     * CONSTRAINT_VERIFICATION_FAILED, CONSTRAINT_VALIDATION_FAILED, DATABASE_UNAVAILABLE, MEMORY_LIMIT,
     * STORAGE_FAILURE) spend no lsn. Declaring a constraint waits for what is under way to be applied, and others wait
     * for it: never call this on the thread that decides.
     */
    public long sequence(StoreTransaction transaction) {
        requireWhole();
        return sequencer.sequence(transaction);
    }

    /** MAIN: puts a SYSTEM record into the order; what it means is the owner's affair. */
    public long sequenceSystem(byte[] payload) {
        requireWhole();
        return sequencer.sequenceSystem(payload);
    }

    /** Waits while the log's queue is full: before {@link #sequence}, so that a fast writer is slowed, not refused. */
    public void awaitRoom() throws InterruptedException {
        log.awaitRoom();
    }

    /** MAIN: appends the EPOCH record. Sequencing begins once that record is decided. */
    public LogPosition openReign(Epoch epoch) {
        requireWhole();
        return sequencer.openReign(epoch);
    }

    /** Sequencing ends, until a reign is opened again; what is in the log stays there. */
    public void closeReign() {
        sequencer.closeReign();
    }

    /** REPLICA: takes records as their MAIN wrote them; REPLICATION_REFUSED when they do not follow {@link #logEnd}. */
    public LogPosition appendReplicated(ByteBuffer records) {
        requireWhole();
        sequencer.closeReign();
        return log.appendReplicated(records);
    }

    /**
     * The newest applied record that cannot be undone; later ones, such as the EPOCH record of a reign in which nothing
     * was written, changed nothing. 0 when nothing was ever written.
     */
    public long settledLsn() {
        return settledLsn;
    }

    /**
     * Drops every record after this one, which must be at or after {@link #settledLsn}. Ends a reign that is open here.
     */
    public void truncateAfter(long lsn) {
        requireWhole();
        Invariant.check(lsn >= settledLsn, "record %d changed something and cannot be dropped", settledLsn);
        sequencer.closeReign();
        applying.lock();
        try {
            log.rewind(lsn);
            store.rewind(lsn);
        } finally {
            applying.unlock();
        }
    }

    /**
     * Everything up to this record is decided: applies it in order and makes it visible. Records that are not in the
     * log cannot be decided; a lower lsn than before does nothing.
     */
    public void decide(long lsn) {
        requireWhole();
        Invariant.check(lsn <= log.end().lsn(), "record %d is decided but the log ends at %s", lsn, log.end());
        applying.lock();
        try {
            systemRecordDecided = false;
            while (store.publishedTs() < lsn) {
                applyUpTo(lsn);
            }
            // who belongs to a cluster, and which databases there are, is not to be forgotten with the power
            log.decide(lsn, systemRecordDecided);
            tidyUp();
            populator.wake();
        } catch (RuntimeException | Error e) {
            // the graph may be half-way through a record now: nobody may build on it
            broken = e;
            sequencer.closeReign();
            throw e;
        } finally {
            applying.unlock();
        }
    }

    /**
     * Returns when a restart will find decided what is applied now, even after a loss of power: otherwise it may have
     * to hear again of what was decided last. Waits for a {@link #decide} on another thread.
     */
    public void rememberDecided() {
        applying.lock();
        try {
            requireWhole();
        } finally {
            applying.unlock();
        }
        log.flush();
    }

    /**
     * Lets go of what no transaction can see any more, and ends the oldest ones when what they keep alive is too much;
     * for the owner, now and then also when nothing is written.
     */
    public void tidyUp() {
        budget.enforce();
        countGraph();
    }

    private void countGraph() {
        long now = store.usedBytes();
        memory.adjust(now - countedBytes);
        countedBytes = now;
    }

    /** About how much heap the graph takes, what is kept for old snapshots included. */
    public long graphBytes() {
        return store.usedBytes();
    }

    /** How many old versions and entries wait for old snapshots to be let go. */
    public long keptVersions() {
        return store.keptPieces();
    }

    /** How much of {@link #graphBytes} waits for old snapshots to be let go. */
    public long keptVersionBytes() {
        return store.keptBytes();
    }

    /** The transactions open now, oldest first. */
    public List<OpenTransactionFacts> openTransactions() {
        return snapshots.open();
    }

    private void applyUpTo(long lsn) {
        long horizon = snapshots.horizon();
        List<LogRecord> records = sequencer.atHand(store.publishedTs() + 1, lsn);
        if (records.isEmpty()) {
            records = readAhead(store.publishedTs(), lsn);
        }
        for (LogRecord record : records) {
            applier.apply(record, horizon);
            tellOwner(record);
        }
        sequencer.applied(records);
    }

    private void tellOwner(LogRecord record) {
        if (!(record.body() instanceof RecordBody.ReignOpening || record.body() instanceof RecordBody.Noop)) {
            settledLsn = record.lsn();
        }
        if (record.body() instanceof RecordBody.SystemPayload system) {
            hasSystemRecords = true;
            systemRecordDecided = true;
            listener.systemRecord(record.lsn(), system.payload());
        }
    }

    /** Some records after one and up to another, decoded; at least one. */
    private List<LogRecord> readAhead(long afterLsn, long lastLsn) {
        LogChunk chunk = log.read(afterLsn, CHUNK_BYTES_MAX)
                .found()
                .orElseThrow(() -> new SkeinException(
                        ErrorCode.STORAGE_FAILURE,
                        "The log has no record after " + afterLsn + " although " + lastLsn
                                + " is decided. Restore this database from another node."));
        byte[] bytes = chunk.records().array();
        int at = chunk.records().arrayOffset() + chunk.records().position();
        int limit = at + chunk.records().remaining();
        List<LogRecord> records = new ArrayList<>();
        while (at < limit) {
            LogRecord record = RecordCodec.decode(bytes, at, limit);
            if (record.lsn() > lastLsn) {
                break;
            }
            records.add(record);
            at += record.header().length();
        }
        return records;
    }

    /** Whole records after this lsn, durable or not, for streams. */
    public LogRead read(long afterLsn, int bytesMax) {
        return log.read(afterLsn, bytesMax);
    }

    /** The record with this lsn; empty when the log does not hold it. */
    public Optional<LogPosition> positionOf(long lsn) {
        return log.positionOf(lsn);
    }

    /** Whether a snapshot can hold what is in this database. */
    public boolean canSnapshot() {
        return !hasSystemRecords;
    }

    /** Whether there is something that the newest snapshot does not hold, and a snapshot can hold it. */
    public boolean snapshotWouldTell() {
        return snapshotDuty.wouldTell();
    }

    /** Complete snapshots, newest first. */
    public List<SnapshotFile> snapshotFiles() {
        return snapshotDuty.files().list();
    }

    /**
     * MAIN: opens a snapshot to send it; the caller closes it. Until then it stays, and with it the log that follows.
     * Empty when it is gone; STORAGE_FAILURE when its first block is damaged.
     */
    public Optional<SnapshotExport> exportSnapshot(SnapshotFile file) {
        return snapshotDuty.files().export(file);
    }

    /** Puts a snapshot aside that was found damaged. */
    public String putAside(SnapshotFile damaged) {
        return snapshotDuty.putAside(damaged);
    }

    /** About how many bytes of log follow this record. */
    public long logBytesAfter(long lsn) {
        return log.bytesAfter(lsn);
    }

    /** REPLICA: goes on receiving this snapshot, or begins to; the caller closes it. Reads what is there. */
    public IncomingSnapshot receiveSnapshot(SnapshotOutline outline) {
        return snapshotDuty.files().receive(outline);
    }

    /** REPLICA: the way to another state than the one that the log leads to. No snapshot is taken any more. */
    public DatabaseRebuild rebuild() {
        snapshotDuty.end();
        return rebuild;
    }

    /** How messages name the file of a snapshot taken now. */
    public String nextSnapshotPath() {
        return snapshotDuty.nextPath();
    }

    /**
     * Fixes the newest visible state, between two decisions and at little cost; the job writes it down on whichever
     * thread runs it. INVALID_ARGUMENT when a snapshot is on its way, or when nothing changed since the last.
     */
    public SnapshotJob beginSnapshot() {
        requireWhole();
        return snapshotDuty.begin();
    }

    private void requireWhole() {
        Throwable cause = broken;
        if (cause != null) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The database stopped while it applied a record, and its memory is not to be trusted: " + cause
                            + ". Restart the instance; the log is not affected.",
                    cause);
        }
    }

    /** Waits until every declared index is usable for new transactions; false when that takes too long. */
    public boolean awaitIndexes(Duration patience) throws InterruptedException {
        return populator.await(patience);
    }

    /** Ends a snapshot on its way, flushes the log and ends its thread. */
    @Override
    public void close() {
        snapshotDuty.end();
        sequencer.closeReign();
        populator.close();
        log.close();
        memory.adjust(-countedBytes);
        countedBytes = 0;
    }
}
