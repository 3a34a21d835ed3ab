package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import skein.cluster.InsertHistory.Outcome;
import skein.fault.Weather;

/** Instances that go and come back in order while clients write, and databases that do not keep the same pace. */
final class RollingRestartMultiJvmTest {
    private static final Map<String, String> QUICK = Map.of("replication-replica-check-frequency-sec", "0.2");
    private static final List<String> REPLICAS = List.of("first", "second");

    @TempDir
    Path directory;

    private static void start(Stage stage, String first, String second) {
        stage.start("main", "first", "second");
        stage.makeReplica("first", 11_501);
        stage.makeReplica("second", 11_601);
        stage.register("main", "first", first);
        stage.register("main", "second", second);
        awaitReady(stage);
    }

    private static void awaitReady(Stage stage) {
        REPLICAS.forEach(replica -> stage.awaitState("main", replica, "ready"));
    }

    @ParameterizedTest
    @CsvSource({"SYNC, ASYNC", "STRICT_SYNC, ASYNC", "QUORUM, QUORUM"})
    void everyNodeIsRestartedInTurnUnderLoadAndNothingIsLost(String first, String second) {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, first, second);
            try (Inserters inserters = new Inserters(history, stage.driver("main"), 4)) {
                for (String node : List.of("second", "first", "main")) {
                    long before = history.count(Outcome.ACKNOWLEDGED);
                    await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > before + 50);
                    assertThat(stage.node(node).stop())
                            .as("exit status of " + node)
                            .isZero();
                    stage.restart(node);
                    inserters.pointTo(stage.driver("main"));
                    awaitReady(stage);
                }
                long before = history.count(Outcome.ACKNOWLEDGED);
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > before + 50);
                inserters.pointTo(null);
            }
            List<Long> onMain = stage.insertedOn("main");
            history.checkWarnedToo(onMain, "the MAIN");
            for (String replica : REPLICAS) {
                stage.awaitCount(replica, "MATCH (n:W) RETURN count(n)", onMain.size());
            }
        }
    }

    @Test
    void aDatabaseThatLagsHoldsNoOtherBack() {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, "SYNC", "ASYNC");
            stage.run("main", "CREATE DATABASE heavy");
            // the link is slow for each connection by itself, and each database has its own
            stage.link("main", "second").forth(new Weather.Throttled(20_000));
            runIn(stage, "main", "heavy", "UNWIND range(1, 20000) AS i CREATE (:H {t: 'some text that takes space'})");
            try (Inserters inserters = new Inserters(history, stage.driver("main"), 1)) {
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > 50);
                inserters.pointTo(null);
            }
            List<Long> onMain = stage.insertedOn("main");
            stage.awaitCount("second", "MATCH (n:W) RETURN count(n)", onMain.size());
            assertThat(runIn(stage, "second", "heavy", "MATCH (n:H) RETURN count(n)"))
                    .as("the other database is still on its way")
                    .isZero();
            stage.link("main", "second").heal();
            await().atMost(Stage.PATIENCE)
                    .until(() -> runIn(stage, "second", "heavy", "MATCH (n:H) RETURN count(n)") == 20_000);
            history.checkWarnedToo(stage.insertedOn("second"), "the replica");
        }
    }

    /** Answers the first value, or 0 when there are no rows. */
    private static long runIn(Stage stage, String node, String database, String statement) {
        try (Session session = stage.driver(node).session(SessionConfig.forDatabase(database))) {
            return session.run(statement).list().stream()
                    .findFirst()
                    .map(row -> row.get(0).asLong())
                    .orElse(0L);
        }
    }
}
