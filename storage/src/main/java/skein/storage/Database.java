package skein.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphAudit;
import skein.storage.graph.GraphStore;
import skein.storage.log.LogRecord;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.tx.Sequencer;
import skein.storage.tx.SnapshotRegistry;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.DurabilityListener;
import skein.storage.wal.LogChunk;
import skein.storage.wal.LogRead;
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

    private final WriteAheadLog log;
    private final LogListener listener;
    private final GraphStore store = new GraphStore();
    private final GraphApplier applier;
    private final SnapshotRegistry snapshots = new SnapshotRegistry(store);
    private final Sequencer sequencer;
    private volatile long settledLsn;
    private volatile @Nullable Throwable broken;

    private Database(WriteAheadLog log, DatabaseOptions options, LogListener listener) {
        this.log = log;
        this.listener = listener;
        this.sequencer = new Sequencer(store, log, snapshots, options.transactionBytesMax());
        this.applier = new GraphApplier(store, sequencer);
    }

    /**
     * Opens the database in this directory, made if missing. STORAGE_FAILURE names the file and offset of damage;
     * nothing is skipped. The caller holds the lock of the data directory (skein.storage.wal.DirectoryLock).
     */
    public static Database open(Path directory, DatabaseOptions options, LogListener listener) {
        WriteAheadLog log = WriteAheadLog.open(directory, options.log(), new DurabilityListener() {
            @Override
            public void durable(long lsn) {
                listener.durable(lsn);
            }

            @Override
            public void failed(SkeinException reason) {
                listener.failed(reason);
            }
        });
        try {
            Database database = new Database(log, options, listener);
            database.recover();
            return database;
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    private void recover() {
        long decided = log.decidedLsn();
        Invariant.check(
                log.start().lsn() == 0,
                "the log begins at %d and there is no snapshot",
                log.start().lsn());
        while (store.publishedTs() < decided) {
            for (LogRecord record : readAhead(store.publishedTs(), decided)) {
                applier.recover(record);
                tellOwner(record);
            }
        }
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
        requireWhole();
        return sequencer.begin(access);
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
        log.rewind(lsn);
        store.rewind(lsn);
    }

    /**
     * Everything up to this record is decided: applies it in order and makes it visible. Records that are not in the
     * log cannot be decided; a lower lsn than before does nothing.
     */
    public void decide(long lsn) {
        requireWhole();
        Invariant.check(lsn <= log.end().lsn(), "record %d is decided but the log ends at %s", lsn, log.end());
        try {
            while (store.publishedTs() < lsn) {
                applyUpTo(lsn);
            }
            log.decide(lsn);
            applier.collect(snapshots::horizon);
        } catch (RuntimeException | Error e) {
            // the graph may be half-way through a record now: nobody may build on it
            broken = e;
            sequencer.closeReign();
            throw e;
        }
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

    /** Flushes the log and ends its thread. */
    @Override
    public void close() {
        sequencer.closeReign();
        log.close();
    }
}
