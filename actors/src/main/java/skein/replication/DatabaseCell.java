package skein.replication;

import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.ReplicationProtocol;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.protocol.ReplicationProtocol.LogReport;
import skein.storage.Database;
import skein.storage.DatabaseOptions;
import skein.storage.LogListener;
import skein.storage.wal.LogNote;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

/**
 * One open database and the way from its log's thread to its actor. The database is set once, right after it was
 * opened; what the log says before the actor is known is caught up on when it is. Thread-safe.
 */
public final class DatabaseCell implements LogListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCell.class);

    private final DatabaseName name;
    private final Consumer<byte[]> systemRecords;
    private final Consumer<SkeinException> fatal;
    private final Signal applied = new Signal();
    private volatile @Nullable Database database;
    private volatile Supplier<OptionalLong> slowestReplica = OptionalLong::empty;
    private volatile @Nullable ActorRef<DatabaseActor.Message> owner;

    private DatabaseCell(DatabaseName name, Consumer<byte[]> systemRecords, Consumer<SkeinException> fatal) {
        this.name = name;
        this.systemRecords = systemRecords;
        this.fatal = fatal;
    }

    /**
     * Opens a database.
     *
     * @param systemRecords hears decided SYSTEM records, in order, those found at opening included
     * @param fatal hears once that the log has failed
     */
    public static DatabaseCell open(
            DatabaseName name,
            Path directory,
            DatabaseOptions options,
            Consumer<byte[]> systemRecords,
            Consumer<SkeinException> fatal) {
        DatabaseCell cell = new DatabaseCell(name, systemRecords, fatal);
        cell.database = Database.open(directory, options, cell);
        return cell;
    }

    public DatabaseName name() {
        return name;
    }

    public Database database() {
        return Invariant.present(database, "database %s is used before it is open", name);
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
        fatal.accept(reason);
    }

    @Override
    public void systemRecord(long lsn, byte[] payload) {
        systemRecords.accept(payload);
    }

    @Override
    public void close() {
        database().close();
    }
}
