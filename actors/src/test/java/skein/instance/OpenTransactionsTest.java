package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.query.core.TransactionPolicy;
import skein.session.Client;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** SHOW and TERMINATE TRANSACTIONS, time limits, and what is told to whoever was ended. */
class OpenTransactionsTest {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final String ENDLESS = "UNWIND range(1, 100000) AS i UNWIND range(1, 100000) AS j ";
    private static final Duration NEVER = Duration.ZERO;

    @RegisterExtension
    final Cluster cluster = new Cluster();

    /** For machines that have much else to do. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private Node start(TransactionPolicy policy) {
        cluster.transactions = policy;
        return cluster.start("main");
    }

    private static TransactionPolicy unlimited() {
        return new TransactionPolicy(NEVER, NEVER, NEVER, NEVER);
    }

    private static TransactionOptions timeout(@Nullable Duration timeout) {
        return new TransactionOptions(null, AccessMode.WRITE, List.of(), timeout, Map.of());
    }

    private static List<Map<String, Value>> rows(QuerySession session, String query) {
        QueryCursor cursor = session.run(query, Map.of(), TransactionOptions.WRITE);
        List<Map<String, Value>> rows = new ArrayList<>();
        for (Value[] row = cursor.next(); row != null; row = cursor.next()) {
            Map<String, Value> named = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
                named.put(cursor.columns().get(i), row[i]);
            }
            rows.add(named);
        }
        cursor.finish();
        return rows;
    }

    private static ErrorCode failure(Runnable action) {
        AtomicReference<ErrorCode> code = new AtomicReference<>();
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(SkeinException.class, refused -> code.set(refused.code()));
        return code.get();
    }

    /** Runs the query on a thread of its own; completes with what it fails with. */
    private static CompletableFuture<ErrorCode> failing(
            QuerySession session, String query, @Nullable Duration timeout) {
        var told = new CompletableFuture<ErrorCode>();
        Thread.ofVirtual().start(() -> {
            try {
                QueryCursor cursor = session.run(query, Map.of(), timeout(timeout));
                while (cursor.next() != null) {
                    // until it fails
                }
                cursor.finish();
                told.completeExceptionally(new AssertionError("the query came to an end"));
            } catch (SkeinException e) {
                told.complete(e.code());
            }
        });
        return told;
    }

    @Test
    void everyTransactionOfEverySessionAndDatabaseIsShown() {
        Node main = start(unlimited());
        main.createDatabase("movies");
        try (QuerySession one = main.queries().open(Client.inProcess("bolt-1"));
                QuerySession other = main.queries().open(Client.inProcess("bolt-2"));
                QuerySession admin = main.queries().open(Client.inProcess("bolt-3"))) {
            one.begin(new TransactionOptions(
                    new DatabaseName("movies"),
                    AccessMode.WRITE,
                    List.of(),
                    null,
                    Map.of("app", Value.of("importer"))));
            one.runInTransaction("CREATE (:A)", Map.of()).finish();
            one.runInTransaction("MATCH (n) RETURN n", Map.of()).finish();
            other.begin(TransactionOptions.WRITE);

            List<Map<String, Value>> shown = rows(admin, "SHOW TRANSACTIONS");
            assertThat(shown).hasSize(3);
            assertThat(shown.get(0))
                    .containsEntry("username", Value.of(""))
                    .containsEntry("query", Value.of(List.of(Value.of("CREATE (:A)"), Value.of("MATCH (n) RETURN n"))))
                    .containsEntry("status", Value.of("running"))
                    .containsEntry("metadata", new Value.MapValue(Map.of("app", Value.of("importer"))))
                    .containsEntry("database", Value.of("movies"))
                    .containsEntry("connectionId", Value.of("bolt-1"))
                    .containsEntry("currentQuery", Value.of("MATCH (n) RETURN n"));
            assertThat(shown.get(1)).containsEntry("database", Value.of("skein"));
            assertThat(shown.get(2)).containsEntry("currentQuery", Value.of("SHOW TRANSACTIONS"));
            one.commit();
            other.rollback();
            assertThat(rows(admin, "SHOW TRANSACTIONS YIELD connectionId AS c RETURN c"))
                    .containsExactly(Map.of("c", Value.of("bolt-3")));
        }
    }

    @Test
    void aWaitingTransactionIsEndedAndToldAtItsNextStep() {
        Node main = start(unlimited());
        var doubts = new CountDownLatch(1);
        try (QuerySession victim = main.queries().open(Client.inProcess("victim"));
                QuerySession admin = main.queries().open(Client.inProcess("admin"))) {
            victim.onEnded(doubts::countDown);
            victim.begin(TransactionOptions.WRITE);
            victim.runInTransaction("CREATE (:A)", Map.of()).finish();
            Map<String, Value> shown = rows(admin, "SHOW TRANSACTIONS WHERE connectionId = 'victim'")
                    .getFirst();
            assertThat(shown).containsEntry("transaction_id", Value.of("1"));
            assertThat(rows(admin, "TERMINATE TRANSACTIONS '1', '4711'"))
                    .extracting(row -> row.get("killed"))
                    .containsExactly(Value.TRUE, Value.FALSE);
            assertThat(doubts.getCount()).isZero();
            assertThat(victim.isEnded()).isTrue();
            assertThat(failure(victim::resume)).isEqualTo(ErrorCode.TRANSACTION_TERMINATED);
            assertThat(victim.isTransactionOpen()).isFalse();
            victim.resume();
            assertThat(main.read("MATCH (n) RETURN count(n)")).containsExactly("0");
        }
    }

    @Test
    void terminatingIsNoPartOfATransaction() {
        Node main = start(unlimited());
        try (QuerySession session = main.queries().open(Client.inProcess("test"))) {
            session.begin(TransactionOptions.WRITE);
            assertThat(failure(() -> session.runInTransaction("TERMINATE TRANSACTION '1'", Map.of())))
                    .isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION);
            assertThat(session.isTransactionOpen()).isFalse();
        }
    }

    /** Each would run for ever, or nearly, in one operator. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                ENDLESS + "RETURN count(*)",
                ENDLESS + "WITH i, j ORDER BY j LIMIT 3 RETURN j",
                "UNWIND range(1, 3) AS i WITH i ORDER BY reduce(s = i, x IN range(1, 100000) |"
                        + " s + reduce(t = 0, y IN range(1, 100000) | t + y)) RETURN i",
                ENDLESS + "RETURN i % 7 AS g, count(*)",
                ENDLESS + "WITH DISTINCT i % 7 AS g RETURN g",
                ENDLESS + "WITH i WHERE i < 0 RETURN i",
                ENDLESS + "WITH j SKIP 9999999999 RETURN j",
                ENDLESS + "MERGE (:Never {i: 0})",
                "MATCH (n:P) CALL { WITH n " + ENDLESS + "RETURN count(*) AS c } RETURN c",
                "MATCH (:P)-[*]->(x) RETURN count(x)",
                "MATCH (a:P), (b:P), (c:P), (d:P), (e:P), (f:P), (g:P) WHERE a.i + b.i + g.i < 0 RETURN count(*)",
                "MATCH (a:P), (b:P), (c:P), (d:P), (e:P), (f:P), (g:P) WHERE a.i > 0 AND b.i > 0 AND c.i > 0 AND d.i > 0"
                        + " AND e.i > 0 AND f.i > 0 AND g.i > 0 RETURN count(*)",
                "RETURN all(x IN range(1, 100000) WHERE all(y IN range(1, 100000) WHERE y > 0))",
                "RETURN reduce(s = 0, x IN range(1, 100000) | s + reduce(t = 0, y IN range(1, 100000) | t + y))",
                "FOREACH (i IN range(1, 100000) | FOREACH (j IN range(1, 100000) | MERGE (:Never {i: 0})))"
            })
    void aRunningQueryStopsWhateverItDoes(String query) {
        Node main = start(unlimited());
        main.write("UNWIND range(1, 40) AS i CREATE (:P {i: i})");
        main.write("CREATE INDEX ON :P(i)");
        main.write("MATCH (a:P), (b:P) CREATE (a)-[:R]->(b)");
        try (QuerySession victim = main.queries().open(Client.inProcess("victim"));
                QuerySession admin = main.queries().open(Client.inProcess("admin"))) {
            CompletableFuture<ErrorCode> told = failing(victim, query, Duration.ZERO);
            String find = "SHOW TRANSACTIONS YIELD transaction_id, connectionId WHERE connectionId = 'victim'"
                    + " RETURN transaction_id";
            patiently().until(() -> told.isDone() || !rows(admin, find).isEmpty());
            assertThat(told).as("ended by itself").isNotDone();
            Value id = rows(admin, find).getFirst().get("transaction_id");
            QueryCursor killed = admin.run("TERMINATE TRANSACTIONS $id", Map.of("id", id), TransactionOptions.WRITE);
            assertThat(killed.next()).contains(Value.TRUE);
            killed.finish();
            assertThat(told.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(ErrorCode.TRANSACTION_TERMINATED);
        }
    }

    @Test
    void theServersTimeoutHoldsWhereTheClientNamesNone() {
        Node main = start(new TransactionPolicy(SOON, NEVER, NEVER, NEVER));
        try (QuerySession session = main.queries().open(Client.inProcess("test"))) {
            assertThat(failing(session, ENDLESS + "RETURN count(*)", null).join())
                    .isEqualTo(ErrorCode.TRANSACTION_TIMED_OUT);
            session.begin(timeout(null));
            patiently().until(session::isEnded);
            assertThat(failure(session::commit)).isEqualTo(ErrorCode.TRANSACTION_TIMED_OUT);
        }
    }

    @Test
    void theClientsTimeoutIsTheClients() {
        Node main = start(unlimited());
        try (QuerySession session = main.queries().open(Client.inProcess("test"))) {
            assertThat(failing(session, ENDLESS + "RETURN count(*)", SOON).join())
                    .isEqualTo(ErrorCode.TRANSACTION_TIMED_OUT_BY_CLIENT);
        }
    }

    @Test
    void aSilentClientLosesItsTransactionAndSoonerWhenItHasWritten() {
        Node main = start(new TransactionPolicy(NEVER, NEVER, NEVER, SOON));
        try (QuerySession reader = main.queries().open(Client.inProcess("reader"));
                QuerySession writer = main.queries().open(Client.inProcess("writer"))) {
            reader.begin(TransactionOptions.WRITE);
            reader.runInTransaction("MATCH (n) RETURN n", Map.of()).finish();
            reader.rest();
            writer.begin(TransactionOptions.WRITE);
            writer.runInTransaction("CREATE (:A)", Map.of()).finish();
            writer.rest();
            patiently().until(writer::isEnded);
            assertThat(failure(writer::resume)).isEqualTo(ErrorCode.TRANSACTION_TIMED_OUT);
            reader.resume();
            reader.commit();
        }
    }

    @Test
    void whoIsAtWorkIsNotSilent() {
        Node main = start(new TransactionPolicy(NEVER, NEVER, SOON, SOON));
        try (QuerySession busy = main.queries().open(Client.inProcess("busy"));
                QuerySession silent = main.queries().open(Client.inProcess("silent"))) {
            busy.begin(TransactionOptions.WRITE);
            busy.rest();
            busy.resume();
            silent.begin(TransactionOptions.WRITE);
            silent.rest();
            patiently().until(silent::isEnded);
            busy.resume();
            busy.commit();
        }
    }

    @Test
    void whoGivesUpACommitThatWaitsForAReplicaIsToldThatItsOutcomeIsUnknown() {
        Node main = start(unlimited());
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, Duration.ofMinutes(10), replica);
        patiently().until(() -> main.states("r").stream().allMatch(StreamState.READY::equals));
        cluster.network().freeze(replica.replicationPort());
        try (QuerySession session = main.queries().open(Client.inProcess("victim"))) {
            CompletableFuture<ErrorCode> told = failing(session, "CREATE (:Lost)", Duration.ZERO);
            try (QuerySession admin = main.queries().open(Client.inProcess("admin"))) {
                String committing = "SHOW TRANSACTIONS WHERE connectionId = 'victim' AND status = 'committing'";
                patiently()
                        .until(() -> told.isDone() || !rows(admin, committing).isEmpty());
            }
            session.interrupt();
            assertThat(told.join()).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        } finally {
            cluster.network().heal(replica.replicationPort());
        }
    }
}
