package skein.query;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.cypher.CypherEngine;
import skein.cypher.PreparedQuery;
import skein.cypher.procedure.InstanceFacts;
import skein.cypher.syntax.RequiredPrivilege;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.protocol.ForwardingProtocol.Opening;
import skein.query.Forwarding.Line;
import skein.query.core.EndReason;
import skein.query.core.TransactionLimits;
import skein.session.Client;
import skein.session.IsolationLevel;
import skein.session.Privilege;
import skein.session.QueryCounters;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.memory.MemoryPool;
import skein.storage.memory.MemorySource;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * One client's conversation: at most one explicit transaction, which also BEGIN, COMMIT and ROLLBACK as text open and
 * end, and the database that USE DATABASE chose, until the connection ends. Confined to the session's thread but for
 * {@link #interrupt}.
 */
final class DatabaseSession implements QuerySession {
    private static final int LONG_QUERY_LENGTH = 16 * 1024;
    private static final int READING_BYTES_PER_CHARACTER = 100;

    private final Client client;
    private final QueryTargets targets;
    private final CypherEngine engine;
    private final Function<QueryTarget, InstanceFacts> facts;
    private final SessionSettings settings;
    private final MemorySource memory;
    private final OpenTransactions transactions;
    private final SessionIsolation isolation;
    private final Consumer<Privilege> authorization;
    private final WayToMain wayToMain;
    private @Nullable Work explicit;
    private @Nullable Work automatic;
    private volatile @Nullable Termination running;
    private volatile Runnable onEnded = () -> {};

    /** By USE DATABASE; null for the default. */
    private @Nullable QueryTarget chosen;

    DatabaseSession(
            Client client,
            QueryTargets targets,
            CypherEngine engine,
            Function<QueryTarget, InstanceFacts> facts,
            SessionSettings settings,
            MemorySource memory,
            OpenTransactions transactions,
            SessionIsolation isolation,
            Consumer<Privilege> authorization,
            Forwarding forwarding) {
        this.client = client;
        this.targets = targets;
        this.engine = engine;
        this.facts = facts;
        this.settings = settings;
        this.memory = memory;
        this.transactions = transactions;
        this.isolation = isolation;
        this.authorization = authorization;
        this.wayToMain = new WayToMain(client, forwarding);
    }

    /** Reading a long text takes many times its size, for a moment: that much must be there. */
    private PreparedQuery read(String query) {
        if (query.length() < LONG_QUERY_LENGTH) {
            return engine.prepare(query);
        }
        long bytes = (long) query.length() * READING_BYTES_PER_CHARACTER;
        memory.reserve(bytes, MemoryPool.Purpose.WORK, "reading the query");
        try {
            return engine.prepare(query);
        } finally {
            memory.adjust(-bytes);
        }
    }

    @Override
    public QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options) {
        PreparedQuery prepared = prepare(query);
        if (prepared.statement() instanceof Statement.Transaction(Statement.Transaction.Kind kind)) {
            return transactionText(kind, options);
        }
        if (prepared.statement() instanceof Statement.UseDatabase(String name)) {
            return use(name);
        }
        if (prepared.statement() instanceof Statement.Snapshot(Statement.Snapshot.Action kind)) {
            return snapshot(kind, options);
        }
        if (prepared.statement() instanceof Statement.RecoverSnapshot(String path, boolean force)) {
            return recover(path, force, options);
        }
        if (prepared.statement() instanceof Statement.Isolation statement) {
            return setIsolation(statement, options);
        }
        if (prepared.statement() instanceof Statement.TerminateTransactions statement) {
            return terminate(statement, parameters, options);
        }
        if (prepared.statement() instanceof Statement.FreeMemory) {
            return done(options, DatabaseSession::freeMemory);
        }
        if (prepared.statement() instanceof Statement.StorageMode) {
            return done(options, () -> {});
        }
        if (explicit != null) {
            refuseBatches(prepared);
            return explicit.start(query, prepared, parameters);
        }
        endAutomatic();
        return alone(query, prepared, parameters, options);
    }

    /** A query in a transaction of its own, on the MAIN if it writes and this instance does not. */
    private QueryCursor alone(
            String query, PreparedQuery prepared, Map<String, Value> parameters, TransactionOptions options) {
        boolean aboutTheInstance = prepared.statement() instanceof Statement.Show;
        IsolationLevel level = aboutTheInstance
                ? isolation.lasting()
                : options.isolation() == null ? isolation.take() : options.isolation();
        try {
            if (prepared.writes() && options.access() == AccessMode.WRITE) {
                QueryTarget target = target(options.database());
                Optional<Line> line = wayToMain.line(target, targets.system());
                if (line.isPresent()) {
                    Opening opening = wayToMain.opening(target, options, level);
                    ForwardedTransaction transaction =
                            ForwardedTransaction.ofOneQuery(line.get(), opening, () -> onEnded.run());
                    running = transaction.termination();
                    automatic = transaction;
                    return onMain(transaction.start(query, prepared, parameters));
                }
            }
            TransactionOptions effective = prepared.writes() ? options : options.with(AccessMode.READ);
            SessionTransaction transaction =
                    isAboutInstance(prepared) ? openSystem(effective, level) : open(effective, level);
            automatic = transaction;
            TransactionCursor cursor = transaction.start(query, prepared, parameters);
            return new AutoCommitCursor(cursor, () -> cursor.summary(transaction.commit()), this::endAutomatic);
        } catch (RuntimeException e) {
            endAutomatic();
            throw e;
        }
    }

    private QueryCursor onMain(QueryCursor cursor) {
        return new AutoCommitCursor(
                cursor,
                () -> {
                    QuerySummary summary = cursor.finish();
                    wayToMain.wrote(summary.bookmark());
                    return summary;
                },
                this::endAutomatic);
    }

    /** What the client, as it stands now, may not do goes no further. */
    private PreparedQuery prepare(String query) {
        PreparedQuery prepared = read(query);
        authorization.accept(RequiredPrivilege.of(prepared.statement(), prepared.kind()));
        return prepared;
    }

    private SessionTransaction open(TransactionOptions options, IsolationLevel level) {
        QueryTarget target = target(options.database());
        return wayToMain.seeing(target, options, seeing -> open(target, seeing, level, target));
    }

    private static boolean isAboutInstance(PreparedQuery prepared) {
        return prepared.statement() instanceof Statement.Show show
                && show.subject().isAboutInstance();
    }

    /** The database in question may be broken; the system database answers for it. */
    private SessionTransaction openSystem(TransactionOptions options, IsolationLevel level) {
        return open(targets.system(), options, level, target(options.database()));
    }

    /** @param about what is asked about, which need not be what the transaction reads */
    private SessionTransaction open(
            QueryTarget target, TransactionOptions options, IsolationLevel level, QueryTarget about) {
        var limits =
                TransactionLimits.of(options.timeout(), settings.transactions().get());
        Termination termination = transactions.termination(limits);
        SessionFacts known = new SessionFacts(facts.apply(about), isolation, client.userName());
        ListedTransaction listed =
                transactions.begin(client, about.name(), options.metadata(), termination, () -> onEnded.run());
        running = termination;
        return SessionTransaction.begin(
                target, targets.system(), options, level, transactions, listed, known, settings, memory);
    }

    /** What the client names goes before what the session has chosen, and that before the default. */
    private QueryTarget target(@Nullable DatabaseName name) {
        QueryTarget choice = chosen;
        if (name != null || choice == null) {
            return targets.require(name == null ? targets.defaultDatabase() : name);
        }
        return targets.find(choice.id())
                .orElseThrow(() -> new SkeinException(
                        ErrorCode.DATABASE_NOT_FOUND,
                        "The database '" + choice.name()
                                + "' that this session uses has been dropped. Nothing was done."
                                + " Choose another one with USE DATABASE."));
    }

    private QueryCursor use(String name) {
        if (explicit != null) {
            throw new SkeinException(
                    ErrorCode.FORBIDDEN_IN_TRANSACTION,
                    "USE DATABASE is not allowed in a transaction, which belongs to one database. Commit it or roll it"
                            + " back first.");
        }
        endAutomatic();
        QueryTarget target = targets.require(new DatabaseName(name));
        choose(target);
        return new ReadyCursor(
                List.of("STATUS"),
                List.of(List.of(Value.of("Using " + target.name()))).iterator(),
                new QuerySummary(QueryKind.READ, QueryCounters.NONE, target.name(), null, null, false, List.of()));
    }

    private QueryCursor snapshot(Statement.Snapshot.Action kind, TransactionOptions options) {
        if (explicit != null) {
            throw SnapshotStatements.forbidden();
        }
        endAutomatic();
        QueryTarget target = target(options.database());
        return kind == Statement.Snapshot.Action.CREATE
                ? detached("CREATE SNAPSHOT", () -> SnapshotStatements.run(kind, target))
                : SnapshotStatements.run(kind, target);
    }

    private <T> T detached(String statement, Supplier<T> work) {
        DetachedWork detached = new DetachedWork();
        running = detached.termination();
        try {
            return detached.run(statement, work);
        } finally {
            running = null;
        }
    }

    private QueryCursor recover(String path, boolean force, TransactionOptions options) {
        if (explicit != null) {
            throw SnapshotStatements.forbidden();
        }
        endAutomatic();
        QueryTarget target = target(options.database());
        var _ = detached("RECOVER SNAPSHOT", () -> {
            targets.recoverSnapshot(target, SnapshotStatements.path(path), force);
            return target;
        });
        if (target.equals(chosen)) {
            choose(targets.require(target.name()));
        }
        return SnapshotStatements.recovered(target);
    }

    private QueryCursor terminate(
            Statement.TerminateTransactions statement, Map<String, Value> parameters, TransactionOptions options) {
        if (explicit != null) {
            throw terminateInTransaction();
        }
        endAutomatic();
        return TerminateStatement.run(statement, parameters, transactions, nameOf(options));
    }

    private static SkeinException terminateInTransaction() {
        return new SkeinException(
                ErrorCode.FORBIDDEN_IN_TRANSACTION,
                "TERMINATE TRANSACTIONS is not allowed in an explicit transaction, because it cannot be rolled back."
                        + " Run it on its own.");
    }

    private void choose(@Nullable QueryTarget target) {
        QueryTarget before = chosen;
        chosen = target;
        if (target != null) {
            target.attach();
        }
        if (before != null) {
            before.detach();
        }
    }

    /** A statement that has no rows and needs no transaction. */
    private QueryCursor done(TransactionOptions options, Runnable work) {
        if (explicit != null) {
            throw notInTransaction();
        }
        endAutomatic();
        work.run();
        return new ReadyCursor(
                List.of(),
                Collections.emptyIterator(),
                new QuerySummary(QueryKind.READ, QueryCounters.NONE, nameOf(options), null, null, false, List.of()));
    }

    private static SkeinException notInTransaction() {
        return new SkeinException(
                ErrorCode.FORBIDDEN_IN_TRANSACTION,
                "This statement is about the instance and is not allowed in an explicit transaction. Run it on its"
                        + " own.");
    }

    /** The collector gives back to the system what it can. */
    private static void freeMemory() {
        System.gc();
    }

    private QueryCursor setIsolation(Statement.Isolation statement, TransactionOptions options) {
        if (explicit != null) {
            throw isolationInTransaction();
        }
        List<Notification> notifications = isolation.set(statement);
        return new ReadyCursor(
                List.of(),
                Collections.emptyIterator(),
                new QuerySummary(
                        QueryKind.SCHEMA, QueryCounters.NONE, nameOf(options), null, null, false, notifications));
    }

    private static SkeinException isolationInTransaction() {
        return new SkeinException(
                ErrorCode.FORBIDDEN_IN_TRANSACTION,
                "The isolation level cannot be changed inside an explicit transaction: it is fixed when a transaction"
                        + " begins. End the transaction first.");
    }

    private DatabaseName nameOf(TransactionOptions options) {
        return target(options.database()).name();
    }

    private QueryCursor transactionText(Statement.Transaction.Kind kind, TransactionOptions options) {
        DatabaseName database = nameOf(options);
        Bookmark bookmark = null;
        switch (kind) {
            case BEGIN -> begin(options);
            case COMMIT -> bookmark = commit().bookmark();
            case ROLLBACK -> {
                requireExplicit("ROLLBACK");
                rollback();
            }
        }
        return new ReadyCursor(
                List.of(),
                Collections.emptyIterator(),
                new QuerySummary(QueryKind.READ, QueryCounters.NONE, database, bookmark, null, false, List.of()));
    }

    @Override
    public void begin(TransactionOptions options) {
        if (explicit != null) {
            throw new SkeinException(
                    ErrorCode.REQUEST_INVALID,
                    "A transaction is open already. Transactions do not nest. Commit it or roll it back first.");
        }
        endAutomatic();
        IsolationLevel asked = options.isolation();
        IsolationLevel level = asked == null ? isolation.take() : asked;
        if (options.access() != AccessMode.WRITE || !beginOnMain(options, level)) {
            explicit = open(options, level);
        }
    }

    /** A transaction that may write belongs to the MAIN from its beginning: what it reads and writes is one state. */
    private boolean beginOnMain(TransactionOptions options, IsolationLevel level) {
        QueryTarget target = target(options.database());
        Optional<Line> line = wayToMain.line(target, targets.system());
        if (line.isEmpty()) {
            return false;
        }
        ForwardedTransaction transaction = ForwardedTransaction.explicit(
                line.get(), wayToMain.opening(target, options, level), () -> onEnded.run());
        running = transaction.termination();
        explicit = transaction;
        try {
            transaction.begin();
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
        return true;
    }

    @Override
    public QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
        Work transaction = requireExplicit("A query in a transaction");
        try {
            PreparedQuery prepared = prepare(query);
            if (prepared.statement() instanceof Statement.Transaction) {
                throw new SkeinException(
                        ErrorCode.FORBIDDEN_IN_TRANSACTION,
                        "BEGIN, COMMIT and ROLLBACK as text are not allowed in a transaction that the driver opened."
                                + " Use the driver's own calls.");
            }
            if (prepared.statement() instanceof Statement.UseDatabase) {
                throw new SkeinException(
                        ErrorCode.FORBIDDEN_IN_TRANSACTION,
                        "USE DATABASE is not allowed in a transaction, which belongs to one database. It was rolled back."
                                + " Name the database when the transaction is opened.");
            }
            if (prepared.statement() instanceof Statement.Snapshot
                    || prepared.statement() instanceof Statement.RecoverSnapshot) {
                throw SnapshotStatements.forbidden();
            }
            if (prepared.statement() instanceof Statement.Isolation) {
                throw isolationInTransaction();
            }
            if (prepared.statement() instanceof Statement.TerminateTransactions) {
                throw terminateInTransaction();
            }
            if (prepared.statement() instanceof Statement.FreeMemory
                    || prepared.statement() instanceof Statement.StorageMode) {
                throw notInTransaction();
            }
            refuseBatches(prepared);
            return transaction.start(query, prepared, parameters);
        } catch (RuntimeException e) {
            rollback();
            throw e;
        }
    }

    private static void refuseBatches(PreparedQuery prepared) {
        if (prepared.commitsByItself()) {
            throw new SkeinException(
                    ErrorCode.FORBIDDEN_IN_TRANSACTION,
                    "CALL { ... } IN TRANSACTIONS and USING PERIODIC COMMIT commit by themselves and are not allowed in"
                            + " an explicit transaction. Run the query on its own.");
        }
    }

    private Work requireExplicit(String what) {
        Work transaction = explicit;
        if (transaction == null) {
            throw new SkeinException(
                    ErrorCode.REQUEST_INVALID, what + " needs an open transaction, and none is open. Begin one first.");
        }
        return transaction;
    }

    @Override
    public CommitSummary commit() {
        Work transaction = requireExplicit("COMMIT");
        try {
            CommitSummary summary = transaction.commit();
            if (transaction instanceof ForwardedTransaction) {
                wayToMain.wrote(summary.bookmark());
            }
            return summary;
        } finally {
            rollback();
        }
    }

    @Override
    public void rollback() {
        Work transaction = explicit;
        explicit = null;
        if (transaction != null) {
            transaction.close();
        }
        endAutomatic();
    }

    @Override
    public boolean isTransactionOpen() {
        return explicit != null;
    }

    private void endAutomatic() {
        Work transaction = automatic;
        automatic = null;
        running = null;
        if (transaction != null) {
            transaction.close();
        }
    }

    private @Nullable Work current() {
        return explicit == null ? automatic : explicit;
    }

    @Override
    public void rest() {
        Work transaction = current();
        if (transaction != null) {
            transaction.rest();
        }
    }

    @Override
    public void resume() {
        Work transaction = current();
        if (transaction != null) {
            try {
                transaction.resume();
            } catch (SkeinException e) {
                rollback();
                throw e;
            }
        }
    }

    @Override
    public boolean isEnded() {
        Termination termination = running;
        return termination != null && termination.isEnded();
    }

    @Override
    public void onEnded(Runnable listener) {
        onEnded = listener;
    }

    @Override
    public @Nullable DatabaseName chosenDatabase() {
        QueryTarget choice = chosen;
        return choice == null ? null : choice.name();
    }

    @Override
    public void interrupt() {
        Termination termination = running;
        if (termination != null) {
            termination.end(EndReason.CLIENT);
        }
    }

    @Override
    public void close() {
        rollback();
        choose(null);
    }
}
