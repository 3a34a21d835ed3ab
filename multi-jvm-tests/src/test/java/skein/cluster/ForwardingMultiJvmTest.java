package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Values;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.summary.ResultSummary;

/** A driver that knows a replica by {@code bolt://} and writes nevertheless: the MAIN does it. */
final class ForwardingMultiJvmTest {
    private static final Map<String, String> FORWARDING =
            Map.of("replication-forward-writes", "true", "replication-replica-check-frequency-sec", "0.2");
    private static final List<String> PHASES =
            List.of("commit.sequenced", "wal.afterFsync", "commit.beforeAnswer", "commit.beforeAnswer");
    private static final String UNKNOWN = "Neo.DatabaseError.Transaction.TransactionCommitFailed";
    private static final String NOT_A_LEADER = "Neo.ClientError.Cluster.NotALeader";

    @TempDir
    Path directory;

    private static void start(Stage stage) {
        stage.start("main", "replica");
        stage.makeReplica("replica", 11_801);
        stage.register("main", "replica", "SYNC");
        stage.awaitState("main", "replica", "ready");
        awaitLine(stage);
    }

    private static void awaitLine(Stage stage) {
        await().atMost(Stage.PATIENCE).ignoreExceptions().until(() -> {
            stage.run("replica", "MERGE (:Probe)");
            return true;
        });
    }

    private static long count(Stage stage, String instance, String label) {
        return stage.run(instance, "MATCH (n:" + label + ") RETURN count(n)")
                .getFirst()
                .get(0)
                .asLong();
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Neo4jException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aDriverWritesThroughAReplicaAsThroughTheMain() {
        try (Stage stage = new Stage(directory, FORWARDING)) {
            start(stage);
            valuesOfAllTypesGoBothWays(stage);
            everyKindOfTransactionIsCarriedOutAndSeenByItsSession(stage);
            rowsComeAsTheyAreAskedFor(stage);
            whatIsNotCommittedDoesNotHappen(stage);
            whoRoutesByItselfIsTold(stage);
            aDemotedMainRefuses(stage);
        }
    }

    private static void valuesOfAllTypesGoBothWays(Stage stage) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("null", null);
        all.put("list", List.of(true, Long.MIN_VALUE, 1.5, "ä\uD83D\uDE00"));
        all.put("bytes", new byte[] {1, -1, 0});
        all.put("map", Map.of("deep", Map.of("er", List.of())));
        all.put("date", LocalDate.of(1969, 12, 31));
        all.put("time", OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-9)));
        all.put("localTime", LocalTime.of(23, 59, 59, 999_999_999));
        all.put("dateTime", ZonedDateTime.of(2024, 2, 29, 12, 0, 0, 5, ZoneId.of("Europe/Berlin")));
        all.put("localDateTime", LocalDateTime.of(1, 1, 1, 0, 0));
        all.put("duration", Values.isoDuration(1, 2, -3, 4).asIsoDuration());
        all.put("point", Values.point(4326, 1.5, 2.5).asPoint());
        try (Session session = stage.driver("replica").session()) {
            Record row = session.run(
                            "CREATE p = (a:A {v: 1})-[r:R {w: $all.date}]->(:B) RETURN $all AS all, a, r, p",
                            Map.of("all", all))
                    .single();
            assertThat(row.get("all").asMap()).usingRecursiveComparison().isEqualTo(all);
            assertThat(row.get("a").asNode().labels()).containsExactly("A");
            assertThat(row.get("r").asRelationship().get("w").asLocalDate()).isEqualTo(all.get("date"));
            assertThat(row.get("p").asPath().length()).isEqualTo(1);
        }
    }

    private static void everyKindOfTransactionIsCarriedOutAndSeenByItsSession(Stage stage) {
        Driver driver = stage.driver("replica");
        TransactionConfig named = TransactionConfig.builder()
                .withMetadata(Map.of("for", "you"))
                .withTimeout(Duration.ofSeconds(20))
                .build();
        for (long i = 1; i <= 30; i += 3) {
            try (Session session = driver.session()) {
                ResultSummary summary = session.run("CREATE (:T {i: $i})", Map.of("i", i), named)
                        .consume();
                assertThat(summary.counters().nodesCreated()).isEqualTo(1);
                assertThat(seen(session)).isEqualTo(i);
                long written = session.executeWrite(transaction -> {
                    transaction.run("CREATE (:T)").consume();
                    return transaction
                            .run("MATCH (n:T) RETURN count(n)")
                            .single()
                            .get(0)
                            .asLong();
                });
                assertThat(written).isEqualTo(i + 1);
                try (Transaction transaction = session.beginTransaction()) {
                    transaction.run("CREATE (:T)").consume();
                    transaction.commit();
                }
                assertThat(seen(session)).isEqualTo(i + 2);
                assertThat(session.lastBookmarks()).isNotEmpty();
            }
        }
        assertThat(count(stage, "main", "T")).isEqualTo(30);
    }

    /** Without the driver's bookmarks: the connection alone says what was written. */
    private static long seen(Session session) {
        return session.executeRead(transaction ->
                transaction.run("MATCH (n:T) RETURN count(n)").single().get(0).asLong());
    }

    private static void rowsComeAsTheyAreAskedFor(Stage stage) {
        try (Session session = stage.driver("replica").session();
                Transaction transaction = session.beginTransaction()) {
            var rows = transaction.run(
                    "UNWIND range(1, 10000) AS i CREATE (n:Row {i: i, t: $t}) RETURN n.i AS i, n.t AS t",
                    Map.of("t", "x".repeat(500)));
            for (long i = 1; i <= 10_000; i++) {
                assertThat(rows.next().get("i").asLong()).isEqualTo(i);
            }
            assertThat(rows.hasNext()).isFalse();
            assertThat(rows.consume().counters().nodesCreated()).isEqualTo(10_000);
            transaction.rollback();
        }
        assertThat(count(stage, "main", "Row")).isZero();
    }

    private static void whatIsNotCommittedDoesNotHappen(Stage stage) {
        try (Session session = stage.driver("replica").session()) {
            try (Transaction transaction = session.beginTransaction()) {
                transaction.run("CREATE (:Not)").consume();
                transaction.rollback();
            }
            refused(
                    "Neo.ClientError.Statement.ArithmeticError",
                    () -> session.run("CREATE (:Not {i: 1 / 0})").consume());
        }
        try (Driver leaving =
                GraphDatabase.driver("bolt://" + stage.node("replica").awaitReady(), AuthTokens.none())) {
            Session session = leaving.session();
            session.beginTransaction().run("CREATE (:Not)").consume();
        }
        assertThat(count(stage, "main", "Not")).isZero();
        await().atMost(Stage.PATIENCE)
                .until(() -> stage.run("main", "SHOW TRANSACTIONS").size() <= 1);
    }

    private static void whoRoutesByItselfIsTold(Stage stage) {
        try (Driver routed =
                        GraphDatabase.driver("neo4j://" + stage.node("replica").awaitReady(), AuthTokens.none());
                Session session = routed.session()) {
            session.executeWrite(
                    transaction -> transaction.run("CREATE (:Routed)").consume());
        }
        assertThat(count(stage, "main", "Routed")).isEqualTo(1);
        refused(NOT_A_LEADER, () -> stage.run("replica", "CREATE DATABASE other"));
    }

    private static void aDemotedMainRefuses(Stage stage) {
        try (Session session = stage.driver("replica").session();
                Transaction transaction = session.beginTransaction()) {
            transaction.run("CREATE (:Demoted)").consume();
            stage.makeReplica("main", 11_901);
            refused(NOT_A_LEADER, transaction::commit);
        }
        assertThat(count(stage, "main", "Demoted")).isZero();
        await().atMost(Stage.PATIENCE)
                .untilAsserted(() -> refused(NOT_A_LEADER, () -> stage.run("replica", "CREATE (:Demoted)")));
    }

    @Test
    void aMainThatDiesBeforeItAnswersLeavesTheOutcomeUnknownAndNothingIsWrittenTwice() {
        try (Stage stage = new Stage(directory, FORWARDING)) {
            start(stage);
            for (int kill = 0; kill < PHASES.size(); kill++) {
                String phase = PHASES.get(kill);
                String label = "K" + kill;
                boolean managed = kill % 2 == 1;
                stage.node("main").setFailPoints(phase + ":kill");
                AtomicInteger attempts = new AtomicInteger();
                refused(UNKNOWN, () -> write(stage, label, managed, attempts));
                assertThat(attempts).hasValue(managed ? 1 : 0);
                stage.kill("main");
                stage.restart("main");
                stage.awaitState("main", "replica", "ready");
                awaitLine(stage);
                long there = count(stage, "main", label);
                // whether a record that was just given to the log came to be on the disk is chance
                assertThat(there).as(phase).isBetween(phase.equals("commit.sequenced") ? 0L : 1L, 1L);
                stage.awaitCount("replica", "MATCH (n:" + label + ") RETURN count(n)", there);
            }
        }
    }

    private static void write(Stage stage, String label, boolean managed, AtomicInteger attempts) {
        try (Session session = stage.driver("replica").session()) {
            if (managed) {
                session.executeWrite(transaction -> {
                    attempts.incrementAndGet();
                    return transaction.run("CREATE (:" + label + ")").consume();
                });
            } else {
                session.run("CREATE (:" + label + ")").consume();
            }
        }
    }
}
