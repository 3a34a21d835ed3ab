package skein.bolt.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.protocol.CoordinatorProtocol;
import skein.session.Client;
import skein.session.ClusterTable;
import skein.session.QueryCounters;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.Route;
import skein.session.TransactionOptions;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** A coordinator's side of everything that is no admin statement: it routes, and holds no data. */
public final class CoordinatorQueries implements QueryService {
    /** Above what a coordinator takes at most to answer a question by its leader. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final ActorSystem<?> system;
    private final ActorRef<CoordinatorProtocol.Message> coordinator;
    private final DatabaseName defaultDatabase;

    public CoordinatorQueries(
            ActorSystem<?> system, ActorRef<CoordinatorProtocol.Message> coordinator, DatabaseName defaultDatabase) {
        this.system = system;
        this.coordinator = coordinator;
        this.defaultDatabase = defaultDatabase;
    }

    @Override
    public QuerySession open(Client client) {
        return new Refusing(defaultDatabase);
    }

    @Override
    public Route route(DatabaseName database) {
        return new Route(false, null);
    }

    @Override
    public DatabaseName defaultDatabase() {
        return defaultDatabase;
    }

    @Override
    public Optional<ClusterTable> clusterTable(DatabaseName database) {
        return switch (ask(database)) {
            case CoordinatorProtocol.RoutingTable(var timeToLive, var write, var read, var route) ->
                Optional.of(new ClusterTable(timeToLive, write, read, route));
            case CoordinatorProtocol.Refused(var reason) -> throw reason;
            case CoordinatorProtocol.Unavailable(var reason) ->
                throw new SkeinException(ErrorCode.DATABASE_UNAVAILABLE, reason.title() + " " + reason.description());
            case CoordinatorProtocol.Done _,
                    CoordinatorProtocol.Instances _,
                    CoordinatorProtocol.Settings _,
                    CoordinatorProtocol.Lags _,
                    CoordinatorProtocol.Failovers _,
                    CoordinatorProtocol.Users _,
                    CoordinatorProtocol.Candidates _ ->
                throw new IllegalStateException("a question for a routing table is answered by one");
        };
    }

    private CoordinatorProtocol.Answer ask(DatabaseName database) {
        Optional<DatabaseName> asked = database.equals(defaultDatabase) ? Optional.empty() : Optional.of(database);
        try {
            return AskPattern.<CoordinatorProtocol.Message, CoordinatorProtocol.Answer>ask(
                            coordinator,
                            replyTo -> new CoordinatorProtocol.Ask(new CoordinatorProtocol.ShowRouting(asked), replyTo),
                            TIMEOUT,
                            system.scheduler())
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw new SkeinException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "This coordinator does not answer; it may be stopping. Ask another one.",
                    e);
        }
    }

    /** Answers the one question by which tools look whether anybody is there. */
    private static final class Refusing implements QuerySession {
        private static final String PING = "CALL db.ping()";

        private final DatabaseName database;

        Refusing(DatabaseName database) {
            this.database = database;
        }

        @Override
        public QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options) {
            if (query.strip().replaceFirst(";$", "").strip().equalsIgnoreCase(PING)) {
                return new Pong(database);
            }
            throw CoordinatorAdminPort.onlyOfCluster();
        }

        @Override
        public void begin(TransactionOptions options) {
            throw CoordinatorAdminPort.onlyOfCluster();
        }

        @Override
        public QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
            throw CoordinatorAdminPort.onlyOfCluster();
        }

        @Override
        public CommitSummary commit() {
            throw CoordinatorAdminPort.onlyOfCluster();
        }

        @Override
        public void rollback() {}

        @Override
        public void interrupt() {}

        @Override
        public void close() {}
    }

    private static final class Pong implements QueryCursor {
        private final DatabaseName database;
        private boolean told;

        Pong(DatabaseName database) {
            this.database = database;
        }

        @Override
        public List<String> columns() {
            return List.of("success");
        }

        @Override
        public Value @Nullable [] next() {
            if (told) {
                return null;
            }
            told = true;
            return new Value[] {Value.TRUE};
        }

        @Override
        public QuerySummary finish() {
            return new QuerySummary(QueryKind.READ, QueryCounters.NONE, database, null, null, false, List.of());
        }
    }
}
