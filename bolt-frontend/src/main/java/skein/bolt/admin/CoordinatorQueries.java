package skein.bolt.admin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
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

/**
 * A coordinator's side of everything that is no admin statement: it routes, and holds no data. Where that is wanted,
 * transactions of clients that do not route by themselves are carried out on the MAIN.
 */
public final class CoordinatorQueries implements QueryService {
    /** Above what a coordinator takes at most to answer a question by its leader. */
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final ActorSystem<?> system;
    private final ActorRef<CoordinatorProtocol.Message> coordinator;
    private final DatabaseName defaultDatabase;
    private final @Nullable Function<Client, QuerySession> forwarded;

    /** @param forwarded opens a session that is carried out on the MAIN; null to refuse with a hint */
    public CoordinatorQueries(
            ActorSystem<?> system,
            ActorRef<CoordinatorProtocol.Message> coordinator,
            DatabaseName defaultDatabase,
            @Nullable Function<Client, QuerySession> forwarded) {
        this.system = system;
        this.coordinator = coordinator;
        this.defaultDatabase = defaultDatabase;
        this.forwarded = forwarded;
    }

    @Override
    public QuerySession open(Client client) {
        Function<Client, QuerySession> opener = client.routed() ? null : forwarded;
        return new Session(opener == null ? null : opener.apply(client));
    }

    /** Who is MAIN is said where it is known at once. */
    private SkeinException refused() {
        SkeinException reason = CoordinatorAdminPort.onlyOfCluster();
        try {
            return clusterTable(defaultDatabase)
                    .flatMap(table -> table.write().stream().findFirst())
                    .map(main ->
                            new SkeinException(reason.code(), reason.getMessage() + " The MAIN is at " + main + "."))
                    .orElse(reason);
        } catch (SkeinException e) {
            return reason;
        }
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

    /** Answers by itself the one question by which tools look whether anybody is there. */
    private final class Session implements QuerySession {
        private static final String PING = "CALL db.ping()";

        private final @Nullable QuerySession main;

        Session(@Nullable QuerySession main) {
            this.main = main;
        }

        private QuerySession main() {
            QuerySession forwarding = main;
            if (forwarding == null) {
                throw refused();
            }
            return forwarding;
        }

        @Override
        public QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options) {
            if (query.strip().replaceFirst(";$", "").strip().equalsIgnoreCase(PING)) {
                return new Pong(defaultDatabase);
            }
            return main().run(query, parameters, options);
        }

        @Override
        public void begin(TransactionOptions options) {
            main().begin(options);
        }

        @Override
        public QueryCursor runInTransaction(String query, Map<String, Value> parameters) {
            return main().runInTransaction(query, parameters);
        }

        @Override
        public CommitSummary commit() {
            return main().commit();
        }

        @Override
        public void rollback() {
            if (main != null) {
                main.rollback();
            }
        }

        @Override
        public boolean isTransactionOpen() {
            return main != null && main.isTransactionOpen();
        }

        @Override
        public void resume() {
            if (main != null) {
                main.resume();
            }
        }

        @Override
        public void onEnded(Runnable listener) {
            if (main != null) {
                main.onEnded(listener);
            }
        }

        @Override
        public void interrupt() {
            if (main != null) {
                main.interrupt();
            }
        }

        @Override
        public void close() {
            if (main != null) {
                main.close();
            }
        }
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
