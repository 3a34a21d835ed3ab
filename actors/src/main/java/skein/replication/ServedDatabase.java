package skein.replication;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.protocol.InstanceRoleProtocol.StreamLag;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.protocol.InstanceRoleProtocol.StreamStatus;
import skein.protocol.ReplicationProtocol.MainIdentity;
import skein.query.QueryTarget;
import skein.query.SnapshotService;
import skein.query.StorageFigures;
import skein.query.core.BookmarkRules;
import skein.session.QuerySession.CommitSummary;
import skein.session.Route;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.Database;
import skein.storage.api.GraphTransaction;
import skein.storage.memory.MemorySource;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.ReplicaName;
import skein.vocabulary.SkeinException;

/**
 * A database as sessions meet it: readable at once, writable while its actor says so. Thread-safe; the actor writes the
 * few volatile fields, sessions read them.
 */
public final class ServedDatabase implements QueryTarget {
    private static final Logger LOG = LoggerFactory.getLogger(ServedDatabase.class);

    /** How long an index statement waits for its index; whatever is not filled then goes on being filled. */
    private static final Duration INDEX_PATIENCE = Duration.ofMinutes(10);

    private final DatabaseCell cell;
    private final Instant created;
    private final Set<Open> transactions = ConcurrentHashMap.newKeySet();
    private final AtomicInteger attached = new AtomicInteger();
    private final Map<ReplicaName, AtomicReference<StreamStatus>> streams = new ConcurrentHashMap<>();
    private final LogMarks marks = new LogMarks();
    private volatile @Nullable CommitQueue commits;
    private volatile @Nullable MainIdentity main;
    private volatile boolean replica;
    private volatile long passedOnLsn;
    private volatile boolean covered;
    private volatile @Nullable SkeinException gone;

    /** @param created when its MAIN created it */
    public ServedDatabase(DatabaseCell cell, Instant created) {
        this.cell = cell;
        this.created = created;
        cell.replicas(this::slowestReplicaLsn);
    }

    /** A replica that was not heard of yet holds nothing as far as is known. */
    private OptionalLong slowestReplicaLsn() {
        return streams.values().stream().mapToLong(status -> status.get().lsn()).min();
    }

    public DatabaseCell cell() {
        return cell;
    }

    void serveWrites(CommitQueue queue) {
        replica = false;
        commits = queue;
    }

    void refuseWrites() {
        commits = null;
    }

    void covered(boolean isCovered) {
        covered = isCovered;
    }

    /** MAIN: whether what is decided is held by as many replicas as have to hold it now. */
    public boolean isCovered() {
        return covered;
    }

    /** From now on writers are sent to this MAIN; null while it is not known. */
    public void follow(@Nullable MainIdentity identity) {
        commits = null;
        main = identity;
        replica = true;
    }

    /** Nobody is streamed to any more. */
    public void forgetStreams() {
        streams.clear();
    }

    /**
     * Where a new stream to this replica says what {@code SHOW REPLICAS} shows; what an earlier stream of that name
     * says is no longer heard.
     */
    public Consumer<StreamStatus> showing(ReplicaName name) {
        var status = new AtomicReference<>(new StreamStatus(0, 0, StreamState.INVALID));
        streams.put(name, status);
        return status::set;
    }

    public void forget(ReplicaName name) {
        streams.remove(name);
    }

    /** Whom this MAIN streams it to. */
    public Set<ReplicaName> followers() {
        return Set.copyOf(streams.keySet());
    }

    /** A MAIN's duty begins. */
    void beginMarks() {
        marks.clear();
    }

    /** MAIN: the log is durable up to here now. */
    void grown(long lsn) {
        marks.note(lsn, cell.nanos());
    }

    /** A REPLICA's duty begins: this much is decided. */
    void beginRelay(long lsn) {
        marks.clear();
        passedOnLsn = lsn;
    }

    /** REPLICA: decided and durable up to here, so replicas of this one are to have it. */
    void passedOn(long lsn) {
        if (lsn < passedOnLsn) {
            marks.clear();
        }
        passedOnLsn = lsn;
        marks.note(lsn, cell.nanos());
    }

    /** How far the replica's durable log is behind what it is to have, from what is known here. */
    public StreamLag lag(ReplicaName name) {
        StreamStatus status = status(name);
        return lagOf(status == null ? 0 : status.lsn());
    }

    /** MAIN: its own. */
    public StreamLag noLag() {
        return lagOf(cell.end().lsn());
    }

    private StreamLag lagOf(long lsn) {
        long end = replica ? passedOnLsn : cell.end().lsn();
        // a replica may have answered for records that came after the end was looked at
        long behind = Math.max(0, end - lsn);
        return behind == 0
                ? new StreamLag(lsn, 0, 0, 0)
                : new StreamLag(
                        lsn,
                        behind,
                        cell.database().logBytesAfter(lsn),
                        TimeUnit.NANOSECONDS.toMillis(marks.ageNanos(lsn, cell.nanos())));
    }

    public @Nullable StreamStatus status(ReplicaName name) {
        AtomicReference<StreamStatus> status = streams.get(name);
        return status == null ? null : status.get();
    }

    /** MAIN: whether no commit is under way, and all replicas that keep up have everything. */
    public boolean isQuiet() {
        CommitQueue queue = commits;
        long end = cell.end().lsn();
        return (queue == null || queue.isEmpty())
                && streams.values().stream().map(AtomicReference::get).allMatch(status -> switch (status.state()) {
                    case INVALID, DIVERGED, RECOVERY -> true;
                    case READY, REPLICATING -> status.lsn() >= end;
                });
    }

    /** True when every replica that can be reached holds everything. */
    boolean streamsDrained(long endLsn) {
        return streams.values().stream().map(AtomicReference::get).allMatch(status -> switch (status.state()) {
            case INVALID, DIVERGED -> true;
            case READY, REPLICATING, RECOVERY -> status.lsn() >= endLsn;
        });
    }

    public void rename(DatabaseName to) {
        cell.rename(to);
    }

    /** How many sessions and open transactions use it. */
    public int users() {
        return attached.get() + transactions.size();
    }

    /**
     * Nothing new begins here and nothing is committed any more. What reads may go on: what it sees is in memory and
     * outlives the files.
     *
     * @param reason what whoever comes is told
     */
    public void retire(SkeinException reason) {
        gone = reason;
        commits = null;
    }

    /** Ends the transactions that are open. */
    public void endTransactions() {
        transactions.forEach(open -> open.terminate.run());
    }

    /**
     * MAIN: puts a SYSTEM record into the order. Completes when it is decided; throws what {@link #requireWritable}
     * throws, and what the sequencer refuses with.
     *
     * @param own it is the instance's own, and no client's wish
     */
    public CompletableFuture<CommitOutcome> commitSystem(byte[] payload, boolean own) {
        return writable().commitSystem(payload, own);
    }

    @Override
    public DatabaseName name() {
        return cell.name();
    }

    @Override
    public UUID id() {
        return cell.database().id();
    }

    @Override
    public Instant created() {
        return created;
    }

    @Override
    public Optional<SkeinException> damage() {
        return Optional.empty();
    }

    @Override
    public Route route() {
        MainIdentity known = main;
        return new Route(commits != null, replica && known != null ? known.bolt() : null);
    }

    @Override
    public void attach() {
        attached.incrementAndGet();
    }

    @Override
    public void detach() {
        attached.decrementAndGet();
    }

    private void requirePresent() {
        SkeinException reason = gone;
        if (reason != null) {
            throw new SkeinException(reason.code(), String.valueOf(reason.getMessage()), reason);
        }
    }

    /** False while writes would be refused. */
    public boolean isWritable() {
        CommitQueue queue = commits;
        return queue != null && queue.isOpen();
    }

    @Override
    public void requireWritable() {
        requirePresent();
        writable().requireOpen();
    }

    private CommitQueue writable() {
        CommitQueue queue = commits;
        if (queue != null) {
            return queue;
        }
        if (!replica) {
            throw new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "SKEIN-ROLE-007: This instance is changing its role and takes no writes at the moment. Nothing was"
                            + " done. Try again in a moment.");
        }
        MainIdentity known = main;
        throw new SkeinException(
                ErrorCode.NOT_MAIN,
                "SKEIN-ROLE-001: Writes are not accepted here: this instance is a REPLICA"
                        + (known == null
                                ? " that no MAIN has registered. Connect to the MAIN."
                                : " of " + known.name() + " (" + known.bolt() + "). Connect to bolt://" + known.bolt()
                                        + " to write."));
    }

    @Override
    public OpenTransaction begin(AccessMode access, MemorySource memory, Runnable terminate) {
        requirePresent();
        Open open = new Open(cell.database().begin(access, memory), terminate);
        transactions.add(open);
        return open;
    }

    @Override
    public SnapshotService snapshots() {
        return cell.snapshots();
    }

    @Override
    public StorageFigures storage() {
        Database database = cell.database();
        return new StorageFigures(database.graphBytes(), database.keptVersions(), cell.diskBytes());
    }

    @Override
    public Bookmark visible() {
        return bookmarkOf(cell.database().appliedLsn());
    }

    /** Named after the reign that sequenced the record, which every node of the lineage knows. */
    private Bookmark bookmarkOf(long lsn) {
        List<LogPosition> reigns = cell.database().lineage();
        for (int i = reigns.size() - 1; i >= 0; i--) {
            if (reigns.get(i).lsn() <= lsn) {
                return new Bookmark(id(), reigns.get(i).epoch().reign(), lsn);
            }
        }
        return new Bookmark(id(), Epoch.NONE.reign(), 0);
    }

    @Override
    public void awaitVisible(List<Bookmark> own, Duration patience) throws InterruptedException {
        if (!own.isEmpty() && !cell.applied().await(() -> areVisible(own), patience)) {
            throw new SkeinException(
                    ErrorCode.BOOKMARK_TIMEOUT,
                    "The state of bookmark " + own.getFirst() + " is not visible here after " + patience.toMillis()
                            + " ms; this instance has applied record "
                            + cell.database().appliedLsn()
                            + " of database " + name()
                            + ". Nothing was done. Try again, or read from the MAIN; the limit"
                            + " is --bookmark-timeout-sec.");
        }
    }

    private boolean areVisible(List<Bookmark> own) {
        return BookmarkRules.areVisible(
                own, cell.database().appliedLsn(), lsn -> bookmarkOf(lsn).reign());
    }

    /** A transaction on this database. */
    private final class Open implements OpenTransaction {
        private final StoreTransaction transaction;
        private final Runnable terminate;

        Open(StoreTransaction transaction, Runnable terminate) {
            this.transaction = transaction;
            this.terminate = terminate;
        }

        @Override
        public GraphTransaction graph() {
            return transaction;
        }

        @Override
        public Bookmark snapshot() {
            return bookmarkOf(transaction.snapshot());
        }

        @Override
        public void resume() {
            transaction.resume();
        }

        @Override
        public void pause() {
            transaction.pause();
        }

        @Override
        public void check() {
            transaction.check();
        }

        @Override
        public void beginStatement(boolean anew) {
            transaction.beginStatement(anew);
        }

        @Override
        public CommitSummary commit() throws InterruptedException {
            if (!transaction.hasChanges()) {
                return new CommitSummary(snapshot(), List.of());
            }
            requirePresent();
            CommitQueue queue = writable();
            cell.database().awaitRoom();
            return switch (outcome(queue)) {
                case CommitOutcome.Committed(long lsn, var notifications, var acks) -> {
                    awaitIndexes();
                    yield new CommitSummary(bookmarkOf(lsn), notifications, acks);
                }
                case CommitOutcome.Unknown(String reason) ->
                    throw new SkeinException(
                            ErrorCode.COMMIT_UNKNOWN,
                            "SKEIN-REPL-020: The outcome of the commit is not known: " + reason
                                    + ". It may have been committed. Look for its effects before repeating it.");
            };
        }

        /**
         * So that who declares an index and goes on does not scan; the index is filled for everybody else meanwhile.
         */
        private void awaitIndexes() {
            if (!transaction.changesSchema()) {
                return;
            }
            try {
                cell.database().awaitIndexes(INDEX_PATIENCE);
            } catch (InterruptedException e) {
                // the commit stands, and the index goes on being filled
                LOG.debug("database {}: a client did not wait for its index", name(), e);
            }
        }

        private CommitOutcome outcome(CommitQueue queue) {
            try {
                return queue.commit(transaction).get();
            } catch (ExecutionException | CancellationException e) {
                return new CommitOutcome.Unknown(String.valueOf(e.getMessage()));
            } catch (InterruptedException e) {
                LOG.debug("database {}: a client did not wait for the outcome of its commit", name(), e);
                return new CommitOutcome.Unknown("the wait for it was ended before it was decided");
            }
        }

        @Override
        public void close() {
            transactions.remove(this);
            transaction.close();
        }
    }
}
