package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cluster.InsertHistory.Outcome;

/** SIGSTOP for longer than every timeout: an instance that does not know that time has passed. */
final class PauseMultiJvmTest {
    private static final Map<String, String> QUICK =
            Map.of("replication-replica-check-frequency-sec", "0.2", "replication-sync-ack-timeout-sec", "0.5");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "STRICT_SYNC"})
    void aMainThatWasDeposedInItsSleepAcknowledgesNothingThatTheNewOneLacks(String mode) {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, mode);
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
            start(stage, "SYNC");
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

    /** Where the replica has a say, nothing is decided without it; when it moves again, everything goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"STRICT_SYNC", "QUORUM"})
    void aReplicaWithASayThatStandsStillStopsWritesAndNothingElse(String mode) {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, mode);
            try (Inserters inserters = new Inserters(history, stage.driver("main"), 4)) {
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > 100);
                stage.freeze("replica");
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.FAILED) > 5);
                long acknowledged = history.count(Outcome.ACKNOWLEDGED);
                assertThat(stage.insertedOn("main")).hasSizeGreaterThan(100);
                assertThat(history.count(Outcome.ACKNOWLEDGED)).isEqualTo(acknowledged);
                stage.thaw("replica");
                stage.awaitState("main", "replica", "ready");
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > acknowledged + 20);
                inserters.pointTo(null);
            } finally {
                stage.thaw("replica");
            }
            assertThat(history.count(Outcome.WARNED)).isZero();
            history.check(stage.insertedOn("main"), "the MAIN");
            stage.awaitCount(
                    "replica",
                    "MATCH (n:W) RETURN count(n)",
                    stage.insertedOn("main").size());
        }
    }

    private static void start(Stage stage, String mode) {
        stage.start("main", "replica");
        stage.makeReplica("replica", 10_801);
        stage.register("main", "replica", mode);
        stage.awaitState("main", "replica", "ready");
    }
}
