package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cluster.InsertHistory.Outcome;

/** SIGSTOP for longer than every timeout: an instance that does not know that time has passed. */
final class PauseMultiJvmTest {
    private static final Map<String, String> QUICK =
            Map.of("replication-replica-check-frequency-sec", "0.2", "replication-sync-ack-timeout-sec", "0.5");

    @TempDir
    Path directory;

    @Test
    void aMainThatWasDeposedInItsSleepAcknowledgesNothingThatTheNewOneLacks() {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage);
            try (Inserters inserters = new Inserters(history, stage.driver("main"), 4)) {
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > 100);
                stage.freeze("main");
                stage.run("replica", "SET REPLICATION ROLE TO MAIN;");
                stage.run("replica", "CREATE (:New)");
                stage.thaw("main");
                long before = history.count();
                await().atMost(Stage.PATIENCE).until(() -> history.count() > before + 20);
                inserters.pointTo(null);
            } finally {
                stage.thaw("main");
            }
            history.check(stage.insertedOn("replica"), "the new MAIN");
        }
    }

    @Test
    void aReplicaThatStandsStillDelaysCommitsNoLongerThanItsTimeout() {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage);
            try (Inserters inserters = new Inserters(history, stage.driver("main"), 4)) {
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > 100);
                stage.freeze("replica");
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.WARNED) > 20);
                assertThat(stage.stateOf("main", "replica")).isNotEqualTo("ready");
                stage.thaw("replica");
                stage.awaitState("main", "replica", "ready");
                long before = history.count(Outcome.ACKNOWLEDGED);
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > before + 20);
                inserters.pointTo(null);
            } finally {
                stage.thaw("replica");
            }
            history.checkWarnedToo(stage.insertedOn("main"), "the MAIN");
            stage.awaitCount(
                    "replica",
                    "MATCH (n:W) RETURN count(n)",
                    stage.insertedOn("main").size());
            assertThat(stage.insertedOn("replica")).containsExactlyInAnyOrderElementsOf(stage.insertedOn("main"));
        }
    }

    private static void start(Stage stage) {
        stage.start("main", "replica");
        stage.makeReplica("replica", 10_801);
        stage.register("main", "replica", "SYNC");
        stage.awaitState("main", "replica", "ready");
    }
}
