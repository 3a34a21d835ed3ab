package skein.bolt.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.AdminStatement;
import skein.cypher.syntax.CoordinatorStatement;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.UserStatement;
import skein.graph.Value;
import skein.session.Client;
import skein.session.QueryCounters;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.SessionAround;
import skein.session.TransactionOptions;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Answers admin statements and passes every other call on. */
final class AdminSession implements SessionAround {
    private static final QueryCounters SYSTEM_UPDATE = new QueryCounters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);

    private final QuerySession behind;
    private final AdminPort admin;
    private final Client client;
    private final QueryService service;
    /** The answer being waited for, so that another thread can end the wait. */
    private volatile @Nullable CompletableFuture<AdminAnswer> pending;

    AdminSession(QuerySession behind, AdminPort admin, Client client, QueryService service) {
        this.behind = behind;
        this.admin = admin;
        this.client = client;
        this.service = service;
    }

    @Override
    public QuerySession behind() {
        return behind;
    }

    @Override
    public QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options) {
        Optional<AdminStatement> statement = CypherParser.parseAdmin(query);
        if (statement.isEmpty()) {
            return behind.run(query, parameters, options);
        }
        if (behind.isTransactionOpen()) {
            throw forbidden();
        }
        DatabaseName database = options.database();
        return new AdminCursor(
                answer(bound(statement.get(), parameters)),
                database == null ? service.defaultDatabase() : database,
                changesSystem(statement.get()) ? SYSTEM_UPDATE : QueryCounters.NONE,
                service.systemState());
    }

    /** Names, passwords and addresses may be parameters. */
    private static AdminStatement bound(AdminStatement statement, Map<String, Value> parameters) {
        return switch (statement) {
            case UserStatement ofUsers -> ofUsers.bound(parameters);
            case CoordinatorStatement ofCluster -> ofCluster.bound(parameters);
            default -> statement;
        };
    }

    private static boolean changesSystem(AdminStatement statement) {
        return statement instanceof AdminStatement.CreateDatabase
                || statement instanceof AdminStatement.DropDatabase
                || statement instanceof AdminStatement.RenameDatabase
                || statement instanceof AdminStatement.SetDatabaseSetting
                || statement instanceof UserStatement ofUsers && UserCommands.changesSomething(ofUsers);
    }

    private AdminAnswer answer(AdminStatement statement) {
        CompletableFuture<AdminAnswer> answer =
                admin.execute(statement, client).toCompletableFuture().copy();
        pending = answer;
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof SkeinException expected) {
                throw expected;
            }
            throw e;
        } finally {
            pending = null;
        }
    }

    @Override
    public QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
        if (CypherParser.parseAdmin(query).isPresent()) {
            behind.rollback();
            throw forbidden();
        }
        return behind.runInTransaction(query, parameters);
    }

    private static SkeinException forbidden() {
        return new SkeinException(
                ErrorCode.FORBIDDEN_IN_TRANSACTION,
                "Admin statements are not allowed in explicit transactions, because they cannot be rolled back. Run"
                        + " the statement on its own.");
    }

    @Override
    public void interrupt() {
        CompletableFuture<AdminAnswer> waiting = pending;
        if (waiting != null) {
            waiting.completeExceptionally(new SkeinException(
                    ErrorCode.TRANSACTION_TERMINATED,
                    "The wait for the answer of an admin statement was ended. The statement may still take effect."
                            + " Look with SHOW REPLICATION ROLE, SHOW REPLICAS, SHOW DATABASES or"
                            + " SHOW USERS."));
        }
        behind.interrupt();
    }

    /** Rows that are all there already. */
    private static final class AdminCursor implements QueryCursor {
        private final AdminAnswer answer;
        private final DatabaseName database;
        private final QueryCounters counters;
        private final @Nullable Bookmark bookmark;
        private int next;

        /** @param bookmark a state of the system database that includes what was done */
        AdminCursor(AdminAnswer answer, DatabaseName database, QueryCounters counters, @Nullable Bookmark bookmark) {
            this.answer = answer;
            this.database = database;
            this.counters = counters;
            this.bookmark = bookmark;
        }

        @Override
        public List<String> columns() {
            return answer.columns();
        }

        @Override
        public Value @Nullable [] next() {
            return next < answer.rows().size() ? answer.rows().get(next++).toArray(Value[]::new) : null;
        }

        @Override
        public QuerySummary finish() {
            boolean reads = !answer.columns().isEmpty() && !counters.containsSystemUpdates();
            QueryKind kind = reads ? QueryKind.READ : QueryKind.SCHEMA;
            return new QuerySummary(kind, counters, database, bookmark, null, false, answer.notifications());
        }
    }
}
