package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cluster.InsertHistory.Outcome;

/**
 * A replica dies in the phases of a commit that are its own, comes back on its disk and catches up, while clients go on
 * writing; in the end its MAIN dies and it is promoted. A build plays half of the phases in each mode, each of them in
 * two modes; {@code -Dskein.kills.replica=6} plays all in each, and more again and again.
 */
final class KillReplicaMultiJvmTest {
    private static final List<String> PHASES = List.of(
            "follower.received",
            "follower.logged",
            "follower.beforeAck",
            "follower.ackSent",
            "follower.beforeApply",
            "follower.applied");

    private static final Map<String, String> QUICK =
            Map.of("replication-replica-check-frequency-sec", "0.2", "replication-sync-ack-timeout-sec", "1");
    private static final int KILLS = Integer.getInteger("skein.kills.replica", PHASES.size() / 2);
    private static final int CLIENTS = 4;
    private static final int ACKNOWLEDGED_PER_LIFE = 20;
    private static final Duration TIME_TO_DIE = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private final InsertHistory history = new InsertHistory();
    private final Random random = new Random(Long.getLong("skein.seed", 31));

    @ParameterizedTest
    @CsvSource({"SYNC, 0", "STRICT_SYNC, 3", "QUORUM, 0", "ASYNC, 3"})
    void aReplicaKilledInEveryPhaseHasEverythingWhenItIsPromoted(String mode, int firstPhase) {
        try (Stage stage = new Stage(directory, QUICK)) {
            stage.start("main", "replica");
            stage.makeReplica("replica", 13_101);
            stage.register("main", "replica", mode);
            stage.awaitState("main", "replica", "ready");
            try (Inserters inserters = new Inserters(history, stage.driver("main"), CLIENTS)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    awaitAcknowledged();
                    killAt(stage, PHASES.get((firstPhase + kill) % PHASES.size()));
                    stage.restart("replica");
                    stage.awaitState("main", "replica", "ready");
                }
                awaitAcknowledged();
                inserters.pointTo(null);
            }
            System.out.println(mode + ", " + KILLS + " kills of the replica: " + history);
            List<Long> onMain = stage.insertedOn("main");
            history.checkWarnedToo(onMain, "the MAIN");
            stage.awaitCount("replica", "MATCH (n:W) RETURN count(n)", onMain.size());
            assertThat(stage.insertedOn("replica")).containsExactlyInAnyOrderElementsOf(onMain);
            stage.kill("main");
            stage.run("replica", "SET REPLICATION ROLE TO MAIN;");
            history.checkWarnedToo(stage.insertedOn("replica"), "the promoted replica");
        }
    }

    private void awaitAcknowledged() {
        long before = history.count(Outcome.ACKNOWLEDGED);
        await().atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> history.count(Outcome.ACKNOWLEDGED) > before + ACKNOWLEDGED_PER_LIFE);
    }

    private void killAt(Stage stage, String phase) {
        stage.node("replica").setFailPoints(phase + ":kill@" + random.nextInt(1, 20));
        try {
            await().atMost(TIME_TO_DIE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !stage.node("replica").handle().isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("never reached: " + phase, e);
        }
        stage.kill("replica");
    }
}
