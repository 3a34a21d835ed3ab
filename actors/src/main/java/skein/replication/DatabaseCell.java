package skein.replication;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.query.SnapshotService;
import skein.storage.Database;
import skein.storage.DatabaseOptions;
import skein.storage.DatabaseRebuild;
import skein.storage.GivenUp;
import skein.storage.LogListener;
import skein.storage.RecoveryProgress;
import skein.storage.wal.LogNote;
import skein.storage.wal.Platform;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * One open database and the way from its log's thread to its actor. The database is set once, right after it was
 * opened, under a name that may change; what the log says before the actor is known is caught up on when it is.
 * Thread-safe.
 */
public final class DatabaseCell implements LogListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCell.class);

    private final Path directory;
    private final DatabaseOptions options;
    private volatile DatabaseName name;
    private final Consumer<byte[]> systemRecords;
    private final Consumer<SkeinException> failures;
    private final Signal applied;

    /** Held while the database is exchanged, so that it is not closed meanwhile. */
    private final ReentrantLock exchanging = new ReentrantLock();

    private boolean closed;
    private volatile @Nullable Database database;
    private volatile @Nullable SnapshotWorker snapshots;
    private volatile Supplier<OptionalLong> slowestReplica = OptionalLong::empty;
    private volatile @Nullable ActorRef<DatabaseActor.Message> owner;

    private DatabaseCell(
            DatabaseName name,
            Path directory,
            DatabaseOptions options,
            Consumer<byte[]> systemRecords,
            Consumer<SkeinException> failures) {
        this.name = name;
        this.directory = directory;
        this.options = options;
        this.systemRecords = systemRecords;
        this.failures = failures;
        this.applied = new Signal(options.platform());
    }

    /**
     * Opens a database.
     *
     * @param systemRecords hears decided SYSTEM records, in order, those found at opening included
     * @param failures hears that the log, or whoever owns the database, has failed for good
     */
    public static DatabaseCell open(
            DatabaseName name,
            Path directory,
            DatabaseOptions options,
            Consumer<byte[]> systemRecords,
            Consumer<SkeinException> failures) {
        DatabaseCell cell = new DatabaseCell(name, directory, options, systemRecords, failures);
        cell.database = Database.open(directory, options, cell);
        cell.snapshots = cell.worker(SnapshotPolicy.ON_DEMAND);
        return cell;
    }

    /** From now on snapshots are taken as the policy says. Once, before anybody else knows the cell. */
    public void keepSnapshots(SnapshotPolicy policy) {
        SnapshotWorker worker = worker(policy);
        snapshots = worker;
        worker.start();
    }

    private SnapshotWorker worker(SnapshotPolicy policy) {
        return new SnapshotWorker(this::name, this::database, policy, platform());
    }

    /**
     * REPLICA: exchanges the database for what the change makes of it. Readers go on with the old one until the new one
     * is there, and to their end. When the change fails the old one is opened again. Throws when that fails, too, or
     * the cell is being closed.
     */
    RebuildWorker.Answer reopen(Function<DatabaseRebuild, @Nullable GivenUp> change) {
        exchanging.lock();
        try {
            if (closed) {
                throw new SkeinException(
                        ErrorCode.DATABASE_UNAVAILABLE, "Database " + name + " is being closed. Nothing was changed.");
            }
            Database old = database();
            GivenUp givenUp = null;
            String failure = null;
            try {
                givenUp = change.apply(old.rebuild());
            } catch (SkeinException e) {
                failure = String.valueOf(e.getMessage());
            }
            old.close();
            database = Database.open(directory, options, this);
            applied.raise();
            return new RebuildWorker.Answer.Changed(givenUp, failure);
        } finally {
            exchanging.unlock();
        }
    }

    /** What the database stands on. */
    Platform platform() {
        return options.platform();
    }

    /** Time for the cores: never falling, unrelated to any calendar. */
    public long nanos() {
        return platform().nanoTime();
    }

    SnapshotService snapshots() {
        return Invariant.present(snapshots, "database %s is used before it is open", name);
    }

    /** The instance stops: the last snapshot, if one is wanted. Before {@link #close}. */
    public void snapshotOnExit() {
        SnapshotWorker worker = snapshots;
        if (worker != null) {
            worker.end(true);
        }
    }

    public DatabaseName name() {
        return name;
    }

    /** People call it something else from now on. */
    void rename(DatabaseName to) {
        name = to;
    }

    public Database database() {
        return Invariant.present(database, "database %s is used before it is open", name);
    }

    /** Size of its files. */
    long diskBytes() {
        return platform().tree().bytesInUse(directory);
    }

    public UUID id() {
        return database().id();
    }

    public DatabaseIdentity identity() {
        return new DatabaseIdentity(name, database().id());
    }

    /** How far the log reaches. */
    public LogReport report() {
        Database open = database();
        var newestFirst = open.lineage().reversed();
        return new LogReport(
                open.logEnd(),
                open.decidedLsn(),
                open.settledLsn(),
                newestFirst.subList(0, Math.min(newestFirst.size(), ReplicationProtocol.LINEAGE_MAX)));
    }

    /** Highest epoch number of any record. */
    public long epochInLog() {
        return database().logEnd().epoch().number();
    }

    void ownedBy(ActorRef<DatabaseActor.Message> actor) {
        owner = actor;
        actor.tell(new DatabaseActor.LogDurable());
    }

    /** Applies what is decided and wakes whoever waits to see it. */
    void decide(long lsn) {
        database().decide(lsn);
        applied.raise();
    }

    Signal applied() {
        return applied;
    }

    LogPosition end() {
        return database().logEnd();
    }

    @Override
    public void durable(long lsn) {
        ActorRef<DatabaseActor.Message> actor = owner;
        if (actor != null) {
            actor.tell(new DatabaseActor.LogDurable());
        }
    }

    /** The database's actor met something that must not be. */
    void ownerFailed(RuntimeException cause) {
        failed(
                cause instanceof SkeinException expected
                        ? expected
                        : new SkeinException(
                                ErrorCode.INTERNAL,
                                "SKEIN-DB-001: Database " + name + " stopped because of a broken invariant: "
                                        + cause.getMessage() + ". The log is not affected; restart the instance.",
                                cause));
    }

    /** From now on this tells what the slowest registered replica holds. */
    void replicas(Supplier<OptionalLong> slowest) {
        slowestReplica = slowest;
    }

    @Override
    public OptionalLong slowestReplicaLsn() {
        return slowestReplica.get();
    }

    @Override
    public void noted(LogNote note) {
        switch (note) {
            case LogNote.SpaceShort(String text) -> LOG.warn("database {}: {}", name, text);
            case LogNote.TailDropped dropped -> LOG.warn("database {}: {}", name, dropped.text());
            case LogNote.SpaceBack(String text) -> LOG.info("database {}: {}", name, text);
        }
    }

    @Override
    public void failed(SkeinException reason) {
        failures.accept(reason);
    }

    @Override
    public void systemRecord(long lsn, byte[] payload) {
        systemRecords.accept(payload);
    }

    @Override
    public void recovering(RecoveryProgress progress) {
        LOG.info(
                "{}: recovery at {} % of {} {}, {} per second, about {} s to go",
                name,
                progress.percent(),
                progress.total(),
                progress.part().unit(),
                Math.round(progress.perSecond()),
                progress.secondsLeft());
    }

    @Override
    public void snapshotDamaged(String what) {
        LOG.warn("{}: {} Recovery went on from an older state and the log.", name, what);
    }

    @Override
    public void close() {
        SnapshotWorker worker = snapshots;
        if (worker != null) {
            worker.end(false);
        }
        exchanging.lock();
        try {
            closed = true;
            database().close();
        } finally {
            exchanging.unlock();
        }
    }
}
