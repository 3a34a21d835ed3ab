package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** What the storage engine promises, asked of a server over Bolt. */
final class StorageMultiJvmTest {
    private static final List<String> TINY_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    @TempDir
    private Path directory;

    private InstanceProcess start(Map<String, String> settings) {
        return InstanceProcess.launch(InstanceSpec.small("node", directory, settings));
    }

    private static Driver connect(InstanceProcess node) {
        return GraphDatabase.driver("bolt://" + node.awaitReady());
    }

    private static List<Record> run(Driver driver, String statement) {
        try (Session session = driver.session()) {
            return session.run(statement).list();
        }
    }

    private static List<Record> runIn(Driver driver, String database, String statement) {
        try (Session session = driver.session(SessionConfig.forDatabase(database))) {
            return session.run(statement).list();
        }
    }

    private static void refused(String code, Driver driver, String statement) {
        assertThatThrownBy(() -> run(driver, statement))
                .isInstanceOfSatisfying(
                        Neo4jException.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 12})
    void whatWouldExhaustTheHeapIsRefusedAndTheServerServesOn(int limitMib) {
        Map<String, String> settings = Map.of("memory-limit", Integer.toString(limitMib));
        InstanceSpec tiny = new InstanceSpec("node", directory, settings, TINY_JVM, true);
        String tooMuch = "Neo.TransientError.General.MemoryPoolOutOfMemoryError";
        try (InstanceProcess node = InstanceProcess.launch(tiny);
                Driver driver = connect(node)) {
            run(driver, "CREATE (:Kept {p: 1})");
            refused(tooMuch, driver, "UNWIND range(1, 100000000) AS i WITH collect(i) AS all RETURN size(all)");
            refused(tooMuch, driver, "UNWIND range(1, 100000000) AS i CREATE (:N {i: i, text: 'some text'})");
            refused(tooMuch, driver, "UNWIND range(1, 100000000) AS i WITH i ORDER BY -i RETURN i LIMIT 100000000");
            run(driver, "CREATE (:Kept {p: 2})");
            assertThat(run(driver, "MATCH (n) RETURN count(n)")
                            .getFirst()
                            .get(0)
                            .asLong())
                    .isEqualTo(2);
            assertThat(node.handle().isAlive()).isTrue();
        }
    }

    @Test
    @SuppressWarnings("deprecation") // notifications are what drivers of every version show
    void isolationLevelsAreWhatTheStatementsSay() {
        // a level is the connection's, and which one of several a session gets is the driver's choice
        Config oneConnection = Config.builder().withMaxConnectionPoolSize(1).build();
        try (InstanceProcess node = start(Map.of());
                Driver driver = connect(node);
                Driver reader = GraphDatabase.driver("bolt://" + node.awaitReady(), oneConnection);
                Session session = reader.session()) {
            run(driver, "CREATE (:N {p: 0})");
            assertThat(readTwice(driver, session)).isEqualTo("0 0");
            session.run("SET NEXT TRANSACTION ISOLATION LEVEL READ COMMITTED").consume();
            assertThat(readTwice(driver, session)).isEqualTo("1 2");
            assertThat(readTwice(driver, session)).isEqualTo("2 2");
            var summary = session.run("SET SESSION TRANSACTION ISOLATION LEVEL READ UNCOMMITTED")
                    .consume();
            assertThat(summary.notifications())
                    .singleElement()
                    .satisfies(said ->
                            assertThat(said.title()).isEqualTo("READ UNCOMMITTED is served as READ COMMITTED."));
            assertThat(readTwice(driver, session)).isEqualTo("3 4");
        }
    }

    /** What one transaction reads before and after another has committed. */
    private static String readTwice(Driver driver, Session session) {
        try (Transaction transaction = session.beginTransaction()) {
            long before = p(transaction);
            run(driver, "MATCH (n:N) SET n.p = n.p + 1");
            return before + " " + p(transaction);
        }
    }

    private static long p(Transaction transaction) {
        return transaction.run("MATCH (n:N) RETURN n.p").single().get(0).asLong();
    }

    @Test
    void indexesAndConstraintsOutliveAKill() {
        try (InstanceProcess node = start(Map.of());
                Driver driver = connect(node)) {
            run(driver, "CREATE INDEX ON :Person(name)");
            run(driver, "CREATE CONSTRAINT ON (p:Person) ASSERT p.email IS UNIQUE");
            run(driver, "UNWIND range(1, 50) AS i CREATE (:Person {name: 'n' + toString(i % 5), email: i})");
            node.kill();
        }
        try (InstanceProcess node = start(Map.of());
                Driver driver = connect(node)) {
            await().atMost(Stage.PATIENCE)
                    .untilAsserted(() -> assertThat(run(driver, "SHOW INDEX INFO"))
                            .singleElement()
                            .satisfies(
                                    row -> assertThat(row.get("count").asLong()).isEqualTo(50)));
            assertThat(run(driver, "ANALYZE GRAPH"))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("num groups").asLong()).isEqualTo(5));
            refused(
                    "Neo.ClientError.Schema.ConstraintValidationFailed",
                    driver,
                    "CREATE (:Person {name: 'again', email: 7})");
            run(driver, "MATCH (p:Person {email: 7}) DELETE p");
            run(driver, "CREATE (:Person {name: 'again', email: 7})");
        }
    }

    @Test
    void aDamagedDatabaseIsShownWithFileAndOffsetAndTheOthersServe() throws IOException {
        String id;
        try (InstanceProcess node = start(Map.of());
                Driver driver = connect(node)) {
            run(driver, "CREATE DATABASE movies");
            runIn(driver, "movies", "CREATE (:Film)");
            id = idOf(driver, "movies");
            assertThat(node.stop()).isZero();
        }
        Path segment = firstSegment(id);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.write(new byte[] {1, 2, 3, 4});
        }
        try (InstanceProcess node = start(Map.of());
                Driver driver = connect(node)) {
            assertThatThrownBy(() -> runIn(driver, "movies", "MATCH (n) RETURN n"))
                    .isInstanceOf(Neo4jException.class)
                    .hasMessageContaining(segment.getFileName().toString())
                    .hasMessageContaining("offset 0");
            Record shown = run(driver, "SHOW DATABASES").stream()
                    .filter(row -> row.get("name").asString().equals("movies"))
                    .findFirst()
                    .orElseThrow();
            assertThat(shown.get("Health").asString()).isEqualTo("BROKEN");
            assertThat(shown.get("statusMessage").asString())
                    .contains(segment.getFileName().toString(), "offset 0");
            run(driver, "CREATE (:StillServed)");
        }
    }

    @Test
    void aLogThatFailsStopsTheInstanceUnlessOneDatabaseIsToFailAlone() {
        try (InstanceProcess node = start(Map.of("storage-wal-file-size-kib", "64"));
                Driver driver = connect(node)) {
            breakLogOfMovies(driver);
            assertThat(node.awaitEnd()).isNotZero();
        }
        delete(directory.resolve("node"));
        try (InstanceProcess node = start(Map.of("storage-wal-file-size-kib", "64", "storage-log-failure", "isolate"));
                Driver driver = connect(node)) {
            breakLogOfMovies(driver);
            assertThatThrownBy(() -> runIn(driver, "movies", "CREATE ()")).isInstanceOf(Neo4jException.class);
            run(driver, "CREATE (:StillServed)");
            assertThat(run(driver, "MATCH (n:StillServed) RETURN n")).hasSize(1);
        }
    }

    /** Takes the directory of a database away, and writes until the log wants a new file. */
    private void breakLogOfMovies(Driver driver) {
        run(driver, "CREATE DATABASE movies");
        delete(directory.resolve("node/databases").resolve(idOf(driver, "movies")));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        runIn(driver, "movies", "UNWIND range(1, 500) AS i CREATE (:N {text: 'some text'})");
                    }
                })
                .isInstanceOf(Neo4jException.class);
    }

    private static String idOf(Driver driver, String database) {
        return runIn(driver, database, "CALL db.info() YIELD id RETURN id")
                .getFirst()
                .get(0)
                .asString();
    }

    private Path firstSegment(String id) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("node/databases").resolve(id))) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void delete(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
