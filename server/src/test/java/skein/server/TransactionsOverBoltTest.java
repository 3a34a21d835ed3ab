package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Bookmark;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.TransientException;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.vocabulary.HostPort;

/** Transactions of a whole instance as clients have them: bytes on the wire, and the driver. */
final class TransactionsOverBoltTest {
    private static final String ENDLESS = "UNWIND range(1, 100000) AS i UNWIND range(1, 100000) AS j ";
    private static final String CREATE_MANY = "UNWIND range(1, 10000) AS i CREATE (n:Many {i: i}) RETURN i";
    private static final String TERMINATED = "Neo.ClientError.Transaction.Terminated";

    @TempDir
    private static Path directory;

    private static @Nullable Node started;
    private static @Nullable Driver connected;

    @BeforeAll
    static void start() {
        Map<String, String> flags = Map.of(
                "bolt-port", "0",
                "data-directory", directory.toString(),
                "bolt-keep-alive-sec", "3",
                "bookmark-timeout-sec", "0.2");
        Node node = Node.start(
                ResolvedSettings.resolve(new SettingSources(flags, Map.of(), Optional.empty(), Optional.empty())));
        started = node;
        connected = GraphDatabase.driver("bolt://" + node.boltAddress());
    }

    @AfterAll
    static void stop() {
        driver().close();
        Objects.requireNonNull(started).close();
    }

    private static Driver driver() {
        return Objects.requireNonNull(connected);
    }

    private static HostPort address() {
        return Objects.requireNonNull(started).boltAddress();
    }

    private static Wire wire() throws IOException {
        return Wire.open(address(), 5, 4).login();
    }

    /** For machines that have much else to do. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(1));
    }

    private static List<Record> run(String query) {
        try (Session session = driver().session()) {
            return session.run(query).list();
        }
    }

    private static long many() {
        return run("MATCH (n:Many) RETURN count(n) AS c").getFirst().get("c").asLong();
    }

    /** Ids of the transactions that run a query with this text in it. */
    private static List<String> running(String text) {
        return run("SHOW TRANSACTIONS YIELD transaction_id AS id, currentQuery AS q WHERE q CONTAINS '" + text
                        + "' AND NOT q STARTS WITH 'SHOW' RETURN id")
                .stream()
                .map(row -> row.get("id").asString())
                .toList();
    }

    @BeforeEach
    void clear() {
        run("MATCH (n) DETACH DELETE n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN count(*)",
                "WITH i, j ORDER BY j LIMIT 3 RETURN j",
                "CREATE (:Many) WITH i WHERE i < 0 RETURN i",
                "RETURN i"
            })
    void resetOvertakesTheQueueAndStopsWhatRuns(String what) throws IOException {
        try (Wire client = wire()) {
            client.run(ENDLESS + what).pull(-1).run("RETURN 1").pull(-1);
            patiently().until(() -> running(what).size() == 1);
            client.reset();
            client.success();
            assertThat(client.refusal()).isEqualTo(TERMINATED);
            assertThat(client.refusal()).isEqualTo(Wire.IGNORED);
            assertThat(client.refusal()).isEqualTo(Wire.IGNORED);
            client.success();
            client.run("RETURN 1 AS one").pull(-1);
            client.success();
            assertThat(client.row()).containsExactly(Value.of(1));
            client.success();
            assertThat(many()).isZero();
        }
    }

    @Test
    void aDroppedConnectionStopsItsQueryAndRollsBack() throws IOException {
        Wire client = wire();
        client.begin()
                .run(CREATE_MANY)
                .pull(-1)
                .run(ENDLESS + "RETURN count(*) AS dropped")
                .pull(-1);
        patiently().until(() -> running("dropped").size() == 1);
        client.close();
        patiently().until(() -> running("dropped").isEmpty());
        assertThat(many()).isZero();
    }

    @Test
    void aCommitAfterAHalfReadResultDoesEveryWrite() throws IOException {
        try (Wire client = wire()) {
            client.begin().run(CREATE_MANY).pull(1).commit();
            client.success();
            client.success();
            assertThat(client.success().get("has_more")).isEqualTo(Value.TRUE);
            assertThat(client.success().get("bookmark").isNull()).isFalse();
        }
        assertThat(many()).isEqualTo(10_000);
    }

    @Test
    void everyOpenResultIsFinishedByTheCommit() throws IOException {
        try (Wire client = wire()) {
            client.begin().run(CREATE_MANY).run(CREATE_MANY).run(CREATE_MANY);
            client.pull(1, 0).pull(2, 2).discard(1).commit();
            for (int answers = 0; answers < 8; answers++) {
                client.success();
            }
        }
        assertThat(many()).isEqualTo(30_000);
    }

    @Test
    void discardingSomeRowsOrAllLosesNoWrite() throws IOException {
        try (Wire client = wire()) {
            client.begin().run(CREATE_MANY).discard(1).commit();
            client.success();
            client.success();
            client.success();
            client.success();
            assertThat(many()).isEqualTo(10_000);
            client.run(CREATE_MANY).pull(1).discard(-1);
            client.success();
            client.success();
            client.success();
        }
        assertThat(many()).isEqualTo(20_000);
    }

    @Test
    void anAutoCommitQueryThatIsResetHalfReadLeavesNothing() throws IOException {
        try (Wire client = wire()) {
            client.run(CREATE_MANY).pull(1);
            client.success();
            client.success();
            client.reset().success();
            assertThat(many()).isZero();
            assertThat(run("SHOW TRANSACTIONS")).hasSize(1);
        }
    }

    @Test
    void aTerminatedTransactionIsToldAndNotRepeatedByTheDriver() {
        AtomicInteger attempts = new AtomicInteger();
        CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
            try (Session session = driver().session()) {
                session.executeWriteWithoutResult(transaction -> {
                    attempts.incrementAndGet();
                    transaction.run(ENDLESS + "RETURN count(*) AS victim").consume();
                });
            }
        });
        patiently().until(() -> running("victim").size() == 1);
        String id = running("victim").getFirst();
        try (Session session = driver().session()) {
            Record killed =
                    session.run("TERMINATE TRANSACTIONS $id", Map.of("id", id)).single();
            assertThat(killed.get("killed").asBoolean()).isTrue();
            assertThat(killed.get("transaction_id").asString()).isEqualTo(id);
        }
        assertThatThrownBy(work::join)
                .hasCauseInstanceOf(ClientException.class)
                .cause()
                .satisfies(told -> assertThat(((Neo4jException) told).code()).isEqualTo(TERMINATED));
        assertThat(attempts).hasValue(1);
    }

    @Test
    void aSilentClientsTransactionIsRolledBackWhenItIsTerminated() {
        try (Session session = driver().session();
                Transaction transaction = session.beginTransaction()) {
            transaction.run("CREATE (:Many) RETURN 'silent'").consume();
            run("TERMINATE TRANSACTION '" + running("silent").getFirst() + "'");
            patiently().until(() -> running("silent").isEmpty());
            assertThatThrownBy(transaction::commit)
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            told -> assertThat(told.code()).isEqualTo(TERMINATED));
        }
        assertThat(many()).isZero();
    }

    @Test
    void theDriversTimeoutAndMetadataAreTheTransactions() {
        TransactionConfig config = TransactionConfig.builder()
                .withTimeout(Duration.ofMillis(300))
                .withMetadata(Map.of("app", "test"))
                .build();
        try (Session session = driver().session()) {
            assertThat(session.run("SHOW TRANSACTIONS", config)
                            .single()
                            .get("metadata")
                            .asMap())
                    .containsEntry("app", "test");
            assertThatThrownBy(() ->
                            session.run(ENDLESS + "RETURN count(*)", config).consume())
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            told -> assertThat(told.code())
                                    .isEqualTo("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration"));
        }
    }

    private static void runWithBookmark(String bookmark) {
        SessionConfig config = SessionConfig.builder()
                .withBookmarks(Set.of(Bookmark.from(bookmark)))
                .build();
        try (Session session = driver().session(config)) {
            session.run("RETURN 1").consume();
        }
    }

    private static String bookmark() {
        try (Session session = driver().session()) {
            session.run("CREATE (:Many)").consume();
            return session.lastBookmarks().iterator().next().value();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "garbage:xyz", "skein:1:2:3", "FB:kcwQ"})
    void garbageIsNoBookmark(String garbage) throws IOException {
        try (Wire client = wire()) {
            client.run("RETURN 1", Wire.map("bookmarks", Value.of(List.of(Value.of(garbage)))));
            assertThat(client.refusal()).isEqualTo("Neo.ClientError.Transaction.InvalidBookmark");
        }
    }

    @Test
    void aCommitsBookmarkIsKnownAndOneOfTheFutureIsWaitedFor() {
        String known = bookmark();
        runWithBookmark(known);
        String future = known.substring(0, known.lastIndexOf(':') + 1) + "1000000";
        assertThatThrownBy(() -> runWithBookmark(future))
                .isInstanceOfSatisfying(
                        TransientException.class,
                        told -> assertThat(told.code()).isEqualTo("Neo.TransientError.Transaction.BookmarkTimeout"));
    }

    @Test
    void aBookmarkOfAnotherHistoryIsRefused() {
        String[] parts = bookmark().split(":", -1);
        String strange = parts[0] + ":" + parts[1] + ":00000000-0000-0001-0000-000000000002:" + parts[3];
        assertThatThrownBy(() -> runWithBookmark(strange))
                .isInstanceOfSatisfying(
                        ClientException.class,
                        told -> assertThat(told.code()).isEqualTo("Neo.ClientError.Transaction.InvalidBookmark"));
    }

    @Test
    void bookmarksOfDroppedDatabasesDoNoHarm() {
        run("CREATE DATABASE shortlived");
        String bookmark;
        try (Session session = driver().session(SessionConfig.forDatabase("shortlived"))) {
            session.run("CREATE (:Many)").consume();
            bookmark = session.lastBookmarks().iterator().next().value();
        }
        run("DROP DATABASE shortlived FORCE");
        runWithBookmark(bookmark);
    }

    @Test
    void adminStatementsReturnABookmarkOfTheSystemDatabase() {
        try (Session session = driver().session()) {
            session.run("CREATE DATABASE bookmarked IF NOT EXISTS").consume();
            String bookmark = session.lastBookmarks().iterator().next().value();
            assertThat(bookmark).startsWith("skein:");
            runWithBookmark(bookmark);
            String future = bookmark.substring(0, bookmark.lastIndexOf(':') + 1) + "1000000";
            assertThatThrownBy(() -> runWithBookmark(future)).isInstanceOf(TransientException.class);
        }
    }

    @Test
    void whileAQueryRunsTheServerShowsThatItIsAlive() throws IOException {
        try (Wire client = Wire.open(address(), 5, 4)) {
            Value hints = client.hello().get("hints");
            assertThat(hints)
                    .isEqualTo(new MapValue(
                            Map.of("connection.recv_timeout_seconds", Value.of(3), "telemetry.enabled", Value.FALSE)));
        }
        try (Wire client = wire()) {
            client.run(ENDLESS + "RETURN count(*)");
            client.success();
            client.pull(-1);
            client.expectNoop();
            client.expectNoop();
        }
    }

    @Test
    void oldClientsThatKnowNoSignOfLifeInAnAnswerGetNone() throws IOException {
        try (Wire old = Wire.open(address(), 4, 1);
                Wire young = wire()) {
            old.hello();
            old.run(ENDLESS + "RETURN count(*)");
            old.success();
            old.pull(-1);
            young.run(ENDLESS + "RETURN count(*)");
            young.success();
            young.pull(-1);
            young.expectNoop();
            young.expectNoop();
            old.reset();
            assertThat(old.refusal()).isEqualTo(TERMINATED);
            old.success();
            assertThat(old.noops()).isZero();
        }
    }

    @Test
    void theHomeDatabaseFollowsUseDatabase() throws IOException {
        run("CREATE DATABASE home IF NOT EXISTS");
        try (Wire client = Wire.open(address(), 5, 8).login()) {
            client.begin();
            assertThat(client.success().get("db")).isEqualTo(Value.of("skein"));
            client.reset().success();
            client.run("USE DATABASE home").pull(-1);
            client.success();
            client.success();
            client.begin();
            assertThat(client.success().get("db")).isEqualTo(Value.of("home"));
            client.reset().success();
            client.run("RETURN 1").pull(-1);
            assertThat(client.success().get("db")).isEqualTo(Value.of("home"));
            client.success();
            client.run("RETURN 1", Wire.map("db", Value.of("skein"))).pull(-1);
            MapValue named = client.success();
            assertThat(named.get("db").isNull()).isTrue();
            client.success();
        }
    }
}
