package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.Neo4jException;

/** Files that change or go while an instance is down: it says so, nobody is served from them, and its MAIN mends it. */
final class DamagedDiskMultiJvmTest {
    private static final Map<String, String> SETTINGS = Map.of(
            "replication-replica-check-frequency-sec", "0.2",
            "replication-sync-ack-timeout-sec", "0.5",
            "storage-snapshot-on-exit", "false");
    private static final int PORT = 12_101;
    private static final int NODES = 500;

    @TempDir
    Path directory;

    private static void start(Stage stage) {
        stage.start("main", "replica");
        stage.makeReplica("replica", PORT);
        stage.register("main", "replica", "SYNC");
        stage.awaitState("main", "replica", "ready");
        for (int i = 0; i < NODES; i++) {
            stage.run("main", "CREATE (:W {id: " + i + "})");
        }
        stage.awaitCount("replica", "MATCH (n:W) RETURN count(n)", NODES);
    }

    private static List<Path> filesOf(Path below, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /** One bit of a record in the middle of the largest log. */
    private static Path flipABit(Path data) throws IOException {
        Path log = filesOf(data, ".log").stream()
                .filter(file -> !file.toString().contains("role"))
                .filter(file -> !file.toString().contains("system"))
                .max(Comparator.comparingLong(file -> file.toFile().length()))
                .orElseThrow();
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            long middle = 20_000;
            file.seek(middle);
            int before = file.read();
            file.seek(middle);
            file.write(before ^ 1);
        }
        return log;
    }

    private static String statusOf(Stage stage, String node) {
        return stage.run(node, "SHOW DATABASES YIELD name, statusMessage WHERE name = 'skein'").stream()
                .map(row -> row.get("statusMessage").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDamagedReplicaSaysSoAndIsRebuiltByResync() throws IOException {
        try (Stage stage = new Stage(directory, SETTINGS)) {
            start(stage);
            stage.kill("replica");
            Path log = flipABit(stage.dataOf("replica"));
            stage.restart("replica");

            assertThat(statusOf(stage, "replica")).contains(log.getFileName().toString(), "offset", "RESYNC");
            assertThatThrownBy(() -> stage.run("replica", "MATCH (n) RETURN count(n)"))
                    .isInstanceOf(Neo4jException.class)
                    .hasMessageContainingAll("broken", log.getFileName().toString());
            assertThat(stage.stateOf("main", "replica")).isNotEqualTo("ready");
            stage.run("main", "CREATE (:W {id: " + NODES + "})");

            stage.run("main", "DROP REPLICA replica");
            stage.register("main", "replica", "SYNC");
            assertThat(statusOf(stage, "replica"))
                    .as("without the word nothing is thrown away")
                    .contains("RESYNC");
            stage.run("main", "DROP REPLICA replica");
            stage.register("main", "replica", "SYNC", "RESYNC");
            stage.awaitState("main", "replica", "ready");

            assertSame(stage);
            assertThat(filesOf(stage.dataOf("replica"), ".damaged")).hasSize(1);
            stage.kill("replica");
            stage.restart("replica");
            stage.awaitState("main", "replica", "ready");
            assertSame(stage);
        }
    }

    @Test
    void aDamagedMainSaysSoAndFollowsTheNextOneAfterResync() throws IOException {
        try (Stage stage = new Stage(directory, SETTINGS)) {
            start(stage);
            stage.kill("main");
            Path log = flipABit(stage.dataOf("main"));
            stage.restart("main");
            assertThatThrownBy(() -> stage.run("main", "CREATE (:W {id: -1})"))
                    .isInstanceOf(Neo4jException.class)
                    .hasMessageContainingAll("broken", log.getFileName().toString());

            stage.run("replica", "SET REPLICATION ROLE TO MAIN");
            stage.makeReplica("main", PORT + 50);
            stage.run("replica", "CREATE (:W {id: " + NODES + "})");
            stage.register("replica", "main", "SYNC", "RESYNC");
            stage.awaitState("replica", "main", "ready");

            assertSame(stage);
        }
    }

    @Test
    void aWipedReplicaIsNotTakenForTheOneThatWasThereAndGetsEverythingWhenItIsRegisteredAgain() throws IOException {
        try (Stage stage = new Stage(directory, SETTINGS)) {
            start(stage);
            stage.kill("replica");
            try (Stream<Path> files = Files.walk(stage.dataOf("replica"))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            stage.restart("replica");
            stage.run("replica", "SET REPLICATION ROLE TO REPLICA WITH PORT " + stage.replicationPort("replica"));
            stage.run("main", "CREATE (:W {id: " + NODES + "})");
            assertThat(stage.stateOf("main", "replica")).isNotEqualTo("ready");
            assertThat(stage.run("replica", "MATCH (n) RETURN count(n)")
                            .getFirst()
                            .get(0)
                            .asLong())
                    .isZero();

            stage.run("main", "DROP REPLICA replica");
            stage.register("main", "replica", "SYNC");
            stage.awaitState("main", "replica", "ready");

            assertSame(stage);
        }
    }

    private static void assertSame(Stage stage) {
        String all = "MATCH (n:W) RETURN n.id AS id ORDER BY id";
        List<Record> expected = stage.run("main", all);
        assertThat(expected).hasSize(NODES + 1);
        stage.awaitCount("replica", "MATCH (n:W) RETURN count(n)", expected.size());
        assertThat(stage.run("replica", all)).isEqualTo(expected);
    }
}
