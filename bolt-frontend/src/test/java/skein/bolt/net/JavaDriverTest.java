package skein.bolt.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.TransactionConfig;
import org.neo4j.driver.Values;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.SessionExpiredException;
import org.neo4j.driver.exceptions.TransientException;
import org.neo4j.driver.summary.QueryType;
import org.neo4j.driver.summary.ResultSummary;
import skein.session.TransactionOptions;

/** The official Java driver against the server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class JavaDriverTest {
    /** The driver logs every failure it is made to meet here. */
    private static final Logger DRIVER_LOG = Logger.getLogger("org.neo4j");

    private final FakeQueries queries = new FakeQueries();
    private final FakeAdmin admin = new FakeAdmin();
    private BoltServer server;
    private Driver driver;

    @BeforeAll
    void start() {
        DRIVER_LOG.setLevel(Level.OFF);
        server = BoltServer.start(BoltSettings.listeningOn("127.0.0.1", 0), queries, admin);
        driver = GraphDatabase.driver("bolt://" + server.address());
    }

    @AfterAll
    void stop() {
        driver.close();
        server.close();
    }

    @Test
    void theDriverAgreesOnTheNewestVersion() {
        driver.verifyConnectivity();
        try (Session session = driver.session()) {
            ResultSummary summary = session.run("ROWS 0").consume();
            assertThat(summary.server().protocolVersion()).isEqualTo("5.8");
            assertThat(summary.server().agent()).startsWith("Neo4j/").contains("Skein");
            assertThat(summary.database().name()).isEqualTo("skein");
            assertThat(summary.queryType()).isEqualTo(QueryType.READ_ONLY);
        }
    }

    @Test
    void everyKindOfValueGoesThereAndBack() {
        Map<String, Object> values = new HashMap<>();
        values.put("nothing", null);
        values.put("truth", true);
        values.put("small", 7L);
        values.put("large", Long.MIN_VALUE);
        values.put("real", 1.5);
        values.put("text", "größer 😀");
        values.put("bytes", new byte[] {1, 2, 3});
        values.put("list", List.of(1L, "a", List.of()));
        values.put("map", Map.of("k", Map.of()));
        values.put("date", LocalDate.of(2024, 2, 29));
        values.put("time", OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-3)));
        values.put("localTime", LocalTime.of(23, 59, 59, 999_999_999));
        values.put("localDateTime", LocalDateTime.of(1, 1, 1, 0, 0));
        values.put("offsetDateTime", ZonedDateTime.of(2020, 1, 1, 0, 0, 0, 5, ZoneOffset.ofHours(1)));
        values.put("zonedDateTime", ZonedDateTime.of(2020, 7, 1, 0, 0, 0, 5, ZoneId.of("Europe/Berlin")));
        values.put("duration", Values.isoDuration(14, -3, 5, 6).asIsoDuration());
        values.put("point", Values.point(7203, 1, 2).asPoint());
        values.put("point3d", Values.point(4979, 1, 2, 3).asPoint());
        try (Session session = driver.session()) {
            Record row = session.run("ECHO", values).single();
            for (String key : values.keySet()) {
                assertThat(row.get(key)).as(key).isEqualTo(Values.value(values.get(key)));
            }
        }
    }

    @Test
    void rowsComeInPortions() {
        try (Session session =
                driver.session(SessionConfig.builder().withFetchSize(100).build())) {
            Result result = session.run("ROWS 1050");
            long expected = 0;
            while (result.hasNext()) {
                assertThat(result.next().get("n").asLong()).isEqualTo(expected++);
            }
            assertThat(expected).isEqualTo(1050);
        }
    }

    @Test
    void manyRowsComeInOneGo() {
        try (Session session =
                driver.session(SessionConfig.builder().withFetchSize(-1).build())) {
            assertThat(session.run("ROWS 200000").stream()
                            .mapToLong(row -> row.get(0).asLong())
                            .sum())
                    .isEqualTo(200_000L * 199_999 / 2);
        }
    }

    @Test
    void summariesTellCountersAndNotifications() {
        try (Session session = driver.session()) {
            ResultSummary summary = session.run("CREATE").consume();
            assertThat(summary.counters().nodesCreated()).isEqualTo(1);
            assertThat(summary.counters().propertiesSet()).isEqualTo(2);
            assertThat(summary.counters().labelsAdded()).isEqualTo(3);
            assertThat(summary.counters().containsUpdates()).isTrue();
            assertThat(summary.queryType()).isEqualTo(QueryType.WRITE_ONLY);
            assertThat(summary.gqlStatusObjects())
                    .anySatisfy(it -> assertThat(it.statusDescription()).contains("wait"));
            assertThat(session.lastBookmarks()).isNotEmpty();
        }
    }

    @Test
    void transactionsHoldSeveralResultsAtOnce() {
        try (Session session = driver.session();
                Transaction transaction = session.beginTransaction()) {
            Result first = transaction.run("ROWS 2500");
            Result second = transaction.run("ROWS 3");
            assertThat(first.next().get(0).asLong()).isZero();
            assertThat(second.list()).hasSize(3);
            assertThat(first.list()).hasSize(2499);
            transaction.commit();
        }
        assertThat(queries.events).contains("begin", "commit");
    }

    @Test
    void optionsReachTheSession() {
        try (Session session = driver.session(SessionConfig.builder()
                .withDatabase("movies")
                .withDefaultAccessMode(AccessMode.READ)
                .build())) {
            session.run(
                            "ROWS 0",
                            TransactionConfig.builder()
                                    .withTimeout(Duration.ofMillis(1234))
                                    .withMetadata(Map.of("app", "test"))
                                    .build())
                    .consume();
        }
        TransactionOptions seen = queries.options.getLast();
        assertThat(String.valueOf(seen.database())).isEqualTo("movies");
        assertThat(seen.access()).isEqualTo(TransactionOptions.AccessMode.READ);
        assertThat(String.valueOf(seen.timeout())).isEqualTo("PT1.234S");
        assertThat(seen.metadata()).containsKey("app");
    }

    @Test
    void failuresKeepTheirCodesAndTheSessionGoesOn() {
        try (Session session = driver.session()) {
            assertThatThrownBy(() -> session.run("NONSENSE").consume())
                    .isInstanceOfSatisfying(ClientException.class, e -> {
                        assertThat(e.code()).isEqualTo("Neo.ClientError.Statement.SyntaxError");
                        assertThat(e.gqlStatus()).isEqualTo("42001");
                    });
            assertThatThrownBy(() -> session.run("BOOM 1500").list())
                    .isInstanceOfSatisfying(
                            ClientException.class,
                            e -> assertThat(e.code()).isEqualTo("Neo.ClientError.Statement.ArithmeticError"));
            assertThatThrownBy(() -> session.run("FAIL WRITE_CONFLICT").consume())
                    .isInstanceOf(TransientException.class);
            assertThat(session.run("ROWS 1").list()).hasSize(1);
        }
    }

    @Test
    void transientFailuresAreRetriedByTheDriver() {
        try (Session session = driver.session()) {
            List<Record> rows = session.executeWrite(
                    transaction -> transaction.run("FAIL WRITE_CONFLICT 1").list());
            assertThat(rows).isEmpty();
        }
    }

    @Test
    void anyCredentialsAreGoodWhileNoUserExists() {
        try (Driver named = GraphDatabase.driver("bolt://" + server.address(), AuthTokens.basic("", ""))) {
            named.verifyConnectivity();
            assertThat(named.verifyAuthentication(AuthTokens.basic("neo4j", "secret")))
                    .isTrue();
        }
    }

    @Test
    void routedDriversFindTheirWay() {
        queries.main = true;
        try (Driver routed = GraphDatabase.driver("neo4j://" + server.address());
                Session session = routed.session()) {
            routed.verifyConnectivity();
            assertThat(session.<Integer>executeWrite(
                            it -> it.run("ROWS 3").list().size()))
                    .isEqualTo(3);
            assertThat(session.<Integer>executeRead(
                            it -> it.run("ROWS 4").list().size()))
                    .isEqualTo(4);
        }
    }

    @Test
    void routedWritersFindNobodyOnAReplica() {
        queries.main = false;
        Config hasty = Config.builder()
                .withMaxTransactionRetryTime(100, TimeUnit.MILLISECONDS)
                .build();
        try (Driver routed = GraphDatabase.driver("neo4j://" + server.address(), hasty);
                Session session = routed.session()) {
            assertThat(session.<Integer>executeRead(
                            it -> it.run("ROWS 4").list().size()))
                    .isEqualTo(4);
            assertThatThrownBy(() -> session.executeWrite(it -> it.run("ROWS 3").list()))
                    .isInstanceOf(SessionExpiredException.class);
        } finally {
            queries.main = true;
        }
    }

    @Test
    void adminStatementsLookLikeQueries() {
        try (Session session = driver.session()) {
            assertThat(session.run("SHOW REPLICATION ROLE").single().get(0).asString())
                    .isEqualTo("ShowReplicationRole");
        }
        try (Session session = driver.session();
                Transaction transaction = session.beginTransaction()) {
            assertThatThrownBy(() -> transaction.run("SHOW REPLICAS").consume())
                    .isInstanceOf(ClientException.class)
                    .hasMessageContaining("explicit transactions");
        }
    }

    @Test
    void manySessionsAtOnce() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Integer> sizes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 32; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try (Session session = driver.session()) {
                    for (int j = 0; j < 20; j++) {
                        sizes.add(session.run("ROWS 10").list().size());
                    }
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(sizes).hasSize(640).containsOnly(10);
    }
}
