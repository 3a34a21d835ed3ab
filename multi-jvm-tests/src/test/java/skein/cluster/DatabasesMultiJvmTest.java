package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;

/** A MAIN and two replicas with three databases, in processes of their own, killed and started again. */
final class DatabasesMultiJvmTest {
    private static final String[] NODES = {"main", "sync", "async"};

    @TempDir
    Path directory;

    private static void write(Driver driver, String database, String query) {
        try (Session session = driver.session(SessionConfig.forDatabase(database))) {
            session.run(query).consume();
        }
    }

    private static long count(Stage stage, String node, String database) {
        try (Session session = stage.driver(node).session(SessionConfig.forDatabase(database))) {
            return session.run("MATCH (n) RETURN count(n)").single().get(0).asLong();
        }
    }

    /** Names and identities. */
    private static Map<String, String> databases(Stage stage, String node) {
        Map<String, String> found = new TreeMap<>();
        for (var row : stage.run(node, "SHOW DATABASES")) {
            String name = row.get("name").asString();
            assertThat(row.get("currentStatus").asString()).isEqualTo("online");
            try (Session session = stage.driver(node).session(SessionConfig.forDatabase(name))) {
                found.put(
                        name,
                        session.run("CALL db.info() YIELD id RETURN id")
                                .single()
                                .get(0)
                                .asString());
            }
        }
        return found;
    }

    private static void start(Stage stage) {
        stage.start(NODES);
        stage.makeReplica("sync", 21_000);
        stage.makeReplica("async", 21_400);
        stage.run("main", "CREATE DATABASE before");
        stage.run("main", "REGISTER REPLICA sync SYNC TO '127.0.0.1:" + stage.replicationPort("sync") + "'");
        stage.run("main", "REGISTER REPLICA async ASYNC TO '127.0.0.1:" + stage.replicationPort("async") + "'");
        stage.run("main", "CREATE DATABASE after");
    }

    private static void awaitSame(Stage stage, String... names) {
        await().atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(() -> {
                    Map<String, String> onMain = databases(stage, "main");
                    assertThat(onMain).containsOnlyKeys(names);
                    for (String node : NODES) {
                        assertThat(databases(stage, node)).as(node).isEqualTo(onMain);
                        for (String name : names) {
                            assertThat(count(stage, node, name))
                                    .as(node + " " + name)
                                    .isEqualTo(count(stage, "main", name));
                        }
                    }
                });
    }

    @Test
    void threeDatabasesOutliveKillsOfEveryNode() {
        try (Stage stage = new Stage(directory)) {
            start(stage);
            Driver main = stage.driver("main");
            write(main, "skein", "CREATE (:A)");
            write(main, "before", "UNWIND range(1, 2) AS i CREATE (:A)");
            write(main, "after", "UNWIND range(1, 3) AS i CREATE (:A)");
            awaitSame(stage, "skein", "before", "after");
            assertThat(List.of(
                            count(stage, "sync", "skein"),
                            count(stage, "sync", "before"),
                            count(stage, "sync", "after")))
                    .containsExactly(1L, 2L, 3L);

            stage.kill("sync");
            stage.run("main", "CREATE DATABASE `made-meanwhile`");
            stage.run("main", "RENAME DATABASE before TO earlier");
            stage.run("main", "DROP DATABASE after");
            write(main, "made-meanwhile", "CREATE (:A)");
            stage.kill("async");
            stage.kill("main");
            for (String node : NODES) {
                stage.restart(node);
            }
            awaitSame(stage, "skein", "earlier", "made-meanwhile");
            write(stage.driver("main"), "earlier", "CREATE (:A)");
            awaitSame(stage, "skein", "earlier", "made-meanwhile");
            assertThat(count(stage, "async", "earlier")).isEqualTo(3);
        }
    }

    /** Creates and drops until it is killed; what was confirmed is there, and nothing is half there. */
    @Test
    void aMainKilledWhileItCreatesAndDropsKeepsWhatItConfirmed() throws InterruptedException {
        try (Stage stage = new Stage(directory)) {
            start(stage);
            AtomicInteger created = new AtomicInteger();
            AtomicInteger dropped = new AtomicInteger();
            Thread operator = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 1; ; i++) {
                        stage.run("main", "CREATE DATABASE d" + i);
                        created.set(i);
                        if (i > 2) {
                            stage.run("main", "DROP DATABASE d" + (i - 2));
                            dropped.set(i - 2);
                        }
                    }
                } catch (Neo4jException | IllegalStateException e) {
                    // killed
                }
            });
            await().atMost(Stage.PATIENCE).until(() -> created.get() >= 5);
            stage.kill("main");
            operator.join();
            stage.restart("main");
            List<String> names = stage.run("main", "SHOW DATABASES").stream()
                    .map(row -> row.get("name").asString())
                    .toList();
            assertThat(names).contains("skein", "before", "after");
            for (int i = 1; i <= created.get(); i++) {
                if (i <= dropped.get()) {
                    assertThat(names).doesNotContain("d" + i);
                } else if (i > dropped.get() + 1) {
                    assertThat(names).contains("d" + i);
                }
            }
            names.forEach(name -> write(stage.driver("main"), name, "CREATE (:A)"));
            awaitSame(stage, names.toArray(String[]::new));
        }
    }

    @Test
    void driversFindTheirDatabaseAndTheMain() {
        try (Stage stage = new Stage(directory)) {
            start(stage);
            stage.run("main", "CREATE DATABASE movies");
            awaitSame(stage, "skein", "before", "after", "movies");
            String replica = stage.node("sync").awaitReady().toString();
            try (Driver routed = GraphDatabase.driver("neo4j://" + replica)) {
                assertThat(routed.verifyAuthentication(AuthTokens.none())).isTrue();
                write(routed, "movies", "CREATE (:Routed)");
                assertThat(count(stage, "main", "movies")).isEqualTo(1);
                assertThatThrownBy(() -> write(routed, "movie", "CREATE (:A)"))
                        .isInstanceOfSatisfying(
                                ClientException.class,
                                e -> assertThat(e.code()).isEqualTo("Neo.ClientError.Database.DatabaseNotFound"))
                        .hasMessageContaining("Did you mean movies?");
            }
        }
    }
}
