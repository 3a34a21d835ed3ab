package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.graph.Value;
import skein.session.Client;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;
import skein.vocabulary.UserName;

/** Writes of a replica's clients that its MAIN carries out. */
class ForwardingTest {
    private static final String ENDLESS = "UNWIND range(1, 10000) AS a UNWIND range(1, 10000) AS b"
            + " UNWIND range(1, 10000) AS d WITH count(*) AS c ";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private Node main;
    private Node replica;

    @BeforeEach
    void begin() {
        cluster.forwards = true;
        main = cluster.start("main");
        replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.ASYNC, replica);
        awaitLine(replica);
    }

    private static void awaitLine(Node node) {
        await().atMost(20, TimeUnit.SECONDS).ignoreExceptions().until(() -> {
            try (QuerySession session = client(node)) {
                session.begin(TransactionOptions.WRITE);
                session.runInTransaction("CREATE (:Probe)", Map.of()).finish();
                session.rollback();
                return true;
            }
        });
    }

    private static QuerySession client(Node node) {
        return node.queries().open(new Client("bolt-1", "127.0.0.1", new Client.Identity.Anonymous()));
    }

    private static QuerySummary run(QuerySession session, String query, Map<String, Value> parameters) {
        return session.run(query, parameters, TransactionOptions.WRITE).finish();
    }

    private static List<Value> column(QueryCursor cursor) {
        var values = new ArrayList<Value>();
        for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
            values.add(row[0]);
        }
        return values;
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private long count(Node node, String label) {
        return Long.parseLong(
                node.read("MATCH (n:" + label + ") RETURN count(n)").getFirst());
    }

    @Test
    void aWriteOnItsOwnIsCarriedOutByTheMainAndSeenByTheNextRead() {
        try (QuerySession session = client(replica)) {
            for (long i = 1; i <= 20; i++) {
                QueryCursor cursor = session.run(
                        "CREATE (n:W {i: $i}) RETURN n.i AS i", Map.of("i", Value.of(i)), TransactionOptions.WRITE);
                assertThat(cursor.columns()).containsExactly("i");
                assertThat(column(cursor)).containsExactly(Value.of(i));
                QuerySummary summary = cursor.finish();
                assertThat(summary.counters().nodesCreated()).isEqualTo(1);
                assertThat(summary.bookmark()).isNotNull();
                assertThat(column(session.run("MATCH (n:W) RETURN count(n)", Map.of(), TransactionOptions.WRITE)))
                        .containsExactly(Value.of(i));
            }
        }
        assertThat(count(main, "W")).isEqualTo(20);
    }

    @Test
    void anExplicitTransactionSeesItsOwnWritesAndNobodyElseDoesBeforeItsCommit() {
        try (QuerySession session = client(replica)) {
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("CREATE (:E)", Map.of()).finish();
            assertThat(column(session.runInTransaction("MATCH (n:E) RETURN count(n)", Map.of())))
                    .containsExactly(Value.of(1));
            assertThat(count(main, "E")).isZero();
            Bookmark bookmark = session.commit().bookmark();
            assertThat(count(main, "E")).isEqualTo(1);
            assertThat(replica.readAt(bookmark, "MATCH (n:E) RETURN count(n)")).containsExactly("1");
        }
    }

    @Test
    void whatIsRolledBackOrLeftByItsClientDoesNotHappen() {
        try (QuerySession session = client(replica)) {
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("CREATE (:L {k: 1})", Map.of()).finish();
            session.rollback();
            run(session, "CREATE (:L {k: 2})", Map.of());
            session.run("CREATE (:L {k: 3})", Map.of(), TransactionOptions.WRITE);
            session.rollback();
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("CREATE (:L {k: 4})", Map.of()).finish();
        }
        try (QuerySession session = client(replica)) {
            run(session, "CREATE (:L {k: 5})", Map.of());
        }
        assertThat(main.read("MATCH (n:L) RETURN n.k ORDER BY n.k")).containsExactly("2", "5");
        await().until(() -> main.column("query", "SHOW TRANSACTIONS").size() <= 1);
    }

    @Test
    void refusalsOfTheMainArriveWithTheirCode() {
        main.write("CREATE CONSTRAINT ON (n:U) ASSERT n.k IS UNIQUE");
        try (QuerySession session = client(replica)) {
            run(session, "CREATE (:U {k: 1})", Map.of());
            refused(ErrorCode.CONSTRAINT_VALIDATION_FAILED, () -> run(session, "CREATE (:U {k: 1})", Map.of()));
            refused(ErrorCode.ARITHMETIC_ERROR, () -> run(session, "CREATE (n:U {k: 1 / 0}) RETURN n", Map.of()));
            refused(ErrorCode.PARAMETER_MISSING, () -> run(session, "CREATE (n:U {k: $k})", Map.of()));
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("MATCH (n:U) SET n.x = 1", Map.of()).finish();
            main.write("MATCH (n:U) SET n.x = 2");
            refused(ErrorCode.WRITE_CONFLICT, session::commit);
            assertThat(session.isTransactionOpen()).isFalse();
        }
        assertThat(main.read("MATCH (n:U) RETURN n.x")).containsExactly("2");
    }

    @Test
    void rowsComeInBatchesAndOnlyWhenTheyAreWanted() {
        try (QuerySession session = client(replica)) {
            session.begin(TransactionOptions.WRITE);
            QueryCursor slow =
                    session.runInTransaction("UNWIND range(1, 100000) AS i CREATE (n:B {i: i}) RETURN n", Map.of());
            QueryCursor other = session.runInTransaction("UNWIND range(1, 5000) AS i RETURN i", Map.of());
            assertThat(column(other)).hasSize(5000);
            assertThat(slow.next()).isNotNull();
            assertThat(slow.finish().counters().nodesCreated()).isEqualTo(100_000);
            session.rollback();
        }
    }

    @Test
    void aClientThatGivesUpEndsWhatRunsOnTheMain() {
        try (QuerySession session = client(replica)) {
            var running = CompletableFuture.runAsync(() -> run(session, ENDLESS + "CREATE (:Never {c: c})", Map.of()));
            await().until(() ->
                    main.column("query", "SHOW TRANSACTIONS").stream().anyMatch(text -> text.contains("Never")));
            await().until(() -> {
                session.interrupt();
                return running.isDone();
            });
            assertThatThrownBy(running::join)
                    .cause()
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSACTION_TERMINATED));
            run(session, "CREATE (:After)", Map.of());
        }
        assertThat(count(main, "After")).isEqualTo(1);
        assertThat(count(main, "Never")).isZero();
    }

    @Test
    void limitsOfTheMainHoldForForwardedTransactions() {
        TransactionOptions hurried = new TransactionOptions(
                null, AccessMode.WRITE, List.of(), Duration.ofMillis(100), Map.of("for", Value.of("you")));
        try (QuerySession session = client(replica)) {
            refused(
                    ErrorCode.TRANSACTION_TIMED_OUT_BY_CLIENT,
                    () -> session.run(ENDLESS + "CREATE (:T {c: c})", Map.of(), hurried)
                            .finish());
        }
        List<QuerySession> sessions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            QuerySession session = client(replica);
            sessions.add(session);
            session.begin(TransactionOptions.WRITE);
        }
        try (QuerySession session = client(replica)) {
            refused(ErrorCode.BUSY, () -> run(session, "CREATE (:OneMore)", Map.of()));
            sessions.getFirst().close();
            run(session, "CREATE (:OneMore)", Map.of());
        }
        sessions.forEach(QuerySession::close);
        assertThat(count(main, "OneMore")).isEqualTo(1);
    }

    @Test
    void aLostMainBeforeTheCommitMeansNothingHappenedAndTheClientIsTold() {
        try (QuerySession session = client(replica)) {
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("CREATE (:Lost)", Map.of()).finish();
            var told = new CompletableFuture<Void>();
            session.onEnded(() -> told.complete(null));
            cluster.network().cut(replica.replicationPort());
            told.orTimeout(10, TimeUnit.SECONDS).join();
            // the MAIN does not keep what nobody can end any more
            await().until(() -> main.column("query", "SHOW TRANSACTIONS").size() <= 1);
            refused(ErrorCode.DATABASE_UNAVAILABLE, session::resume);
            assertThat(session.isTransactionOpen()).isFalse();
            // without a way to the MAIN it is as if writes were not forwarded
            await().untilAsserted(() -> refused(ErrorCode.NOT_MAIN, () -> run(session, "CREATE (:Lost)", Map.of())));
            cluster.network().heal(replica.replicationPort());
            awaitLine(replica);
            run(session, "CREATE (:Found)", Map.of());
        }
        assertThat(count(main, "Lost")).isZero();
        assertThat(count(main, "Found")).isEqualTo(1);
    }

    @Test
    void aCommitWithoutAnswerIsUnknownAndNeverRepeated() {
        try (QuerySession session = client(replica)) {
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("CREATE (:Unknown)", Map.of()).finish();
            cluster.network().freeze(replica.replicationPort());
            refused(ErrorCode.COMMIT_UNKNOWN, session::commit);
            assertThat(session.isTransactionOpen()).isFalse();
            cluster.network().heal(replica.replicationPort());
            awaitLine(replica);
            QueryCursor cursor = session.run("CREATE (:Unknown)", Map.of(), TransactionOptions.WRITE);
            cluster.network().freeze(replica.replicationPort());
            refused(ErrorCode.COMMIT_UNKNOWN, cursor::finish);
            cluster.network().heal(replica.replicationPort());
        }
        awaitLine(replica);
        assertThat(count(main, "Unknown")).isLessThanOrEqualTo(2);
    }

    @Test
    void aMainThatIsDemotedMeanwhileRefuses() {
        try (QuerySession session = client(replica)) {
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("CREATE (:Demoted)", Map.of()).finish();
            main.becomeReplica();
            assertThatThrownBy(session::commit)
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.code().effect()).isEqualTo(ErrorCode.Effect.NONE));
            await().untilAsserted(() -> refused(ErrorCode.NOT_MAIN, () -> run(session, "CREATE (:Demoted)", Map.of())));
        }
        assertThat(count(main, "Demoted")).isZero();
    }

    /** No line is waited for on which nobody would answer. */
    @Test
    void aMainThatSaysNothingIsAsIfThereWereNone() {
        try (QuerySession session = client(replica)) {
            cluster.network().freeze(replica.replicationPort());
            await().untilAsserted(() -> refused(ErrorCode.NOT_MAIN, () -> run(session, "CREATE (:Silent)", Map.of())));
        }
        cluster.network().heal(replica.replicationPort());
    }

    /** Nor one that a session has let go of, and whose MAIN never says that the transaction is over. */
    @Test
    void aLineThatEndsInSilenceIsNotWaitedFor() {
        try (QuerySession session = client(replica)) {
            session.begin(TransactionOptions.WRITE);
            session.runInTransaction("CREATE (:Left)", Map.of()).finish();
            cluster.network().freeze(replica.replicationPort());
        }
        try (QuerySession session = client(replica)) {
            await().untilAsserted(() -> refused(ErrorCode.NOT_MAIN, () -> run(session, "CREATE (:Silent)", Map.of())));
        }
        cluster.network().heal(replica.replicationPort());
    }

    @Test
    void clientsThatRouteByThemselvesAndCodeOfThisProcessAreToldInstead() {
        Client routed = new Client("bolt-1", "127.0.0.1", new Client.Identity.Anonymous(), true);
        try (QuerySession session = replica.queries().open(routed)) {
            refused(ErrorCode.NOT_MAIN, () -> run(session, "CREATE (:R)", Map.of()));
        }
        refused(ErrorCode.NOT_MAIN, () -> replica.write("CREATE (:R)"));
        try (QuerySession session = client(replica)) {
            session.begin(Node.options(null, AccessMode.READ, List.of()));
            refused(
                    ErrorCode.NOT_MAIN,
                    () -> session.runInTransaction("CREATE (:R)", Map.of()).finish());
        }
        assertThat(count(main, "R")).isZero();
    }

    @Test
    void theMainJudgesTheUserItIsTold() {
        var somebody = new Client.Identity.User(new UserName("nobody"), new UUID(1, 2));
        try (QuerySession session = main.queries().open(new Client("bolt-1", "127.0.0.1", somebody))) {
            refused(ErrorCode.AUTHORIZATION_EXPIRED, () -> run(session, "CREATE (:J)", Map.of()));
        }
        try (QuerySession session = replica.queries().open(new Client("bolt-1", "127.0.0.1", somebody))) {
            refused(ErrorCode.AUTHORIZATION_EXPIRED, () -> run(session, "CREATE (:J)", Map.of()));
        }
    }

    @Test
    void schemaStatementsAreForwardedToo() {
        try (QuerySession session = client(replica)) {
            run(session, "CREATE INDEX ON :S(k)", Map.of());
            run(session, "CREATE CONSTRAINT ON (n:S) ASSERT n.k IS UNIQUE", Map.of());
        }
        assertThat(main.read("SHOW INDEX INFO")).isNotEmpty();
        assertThat(main.read("SHOW CONSTRAINT INFO")).isNotEmpty();
    }

    @Test
    void isolationLevelsOfTheSessionHoldOnTheMain() {
        try (QuerySession session = client(replica)) {
            run(session, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", Map.of());
            session.begin(TransactionOptions.WRITE);
            assertThat(column(session.runInTransaction("MATCH (n:I) RETURN count(n)", Map.of())))
                    .containsExactly(Value.of(0));
            main.write("CREATE (:I)");
            assertThat(column(session.runInTransaction("MATCH (n:I) RETURN count(n)", Map.of())))
                    .containsExactly(Value.of(1));
            session.rollback();
        }
    }

    @Test
    void aReplicaThatIsNotToForwardRefuses() {
        cluster.forwards = false;
        Node plain = cluster.start("plain").becomeReplica();
        main.register("p", ReplicationMode.ASYNC, plain);
        try (QuerySession session = client(plain)) {
            refused(ErrorCode.NOT_MAIN, () -> run(session, "CREATE (:P)", Map.of()));
        }
    }
}
