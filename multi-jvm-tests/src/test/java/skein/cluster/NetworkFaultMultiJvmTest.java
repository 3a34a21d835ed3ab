package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cluster.InsertHistory.Outcome;
import skein.fault.Fault;
import skein.fault.FaultPlayer;
import skein.fault.FaultSchedule;

/**
 * Writes go on while the network between a MAIN and its replica is bad in every way that {@link Fault} knows; then the
 * weather clears, and both show the same.
 */
final class NetworkFaultMultiJvmTest {
    private static final long SEED = Long.getLong("skein.seed", 5);
    private static final int FAULTS = Integer.getInteger("skein.faults", 14);
    private static final int FAULT_MILLIS_MAX = 900;
    private static final double COMMITTED_SHARE_MIN = 0.3;
    private static final int CLIENTS = 4;

    private static final Map<String, String> QUICK =
            Map.of("replication-replica-check-frequency-sec", "0.2", "replication-sync-ack-timeout-sec", "0.5");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"ASYNC", "SYNC", "STRICT_SYNC", "QUORUM"})
    void whatIsAcknowledgedInABadNetworkIsOnTheReplicaWhenItIsPromoted(String mode) {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory, QUICK)) {
            stage.start("main", "replica");
            stage.makeReplica("replica", 10_701);
            stage.register("main", "replica", mode);
            stage.awaitState("main", "replica", "ready");
            try (Inserters inserters = new Inserters(history, stage.driver("main"), CLIENTS)) {
                await().atMost(Stage.PATIENCE).until(() -> history.committed() > 100);
                writeInBadWeather(stage, history);
                stage.awaitState("main", "replica", "ready");
                long before = history.count(Outcome.ACKNOWLEDGED);
                await().atMost(Stage.PATIENCE).until(() -> history.count(Outcome.ACKNOWLEDGED) > before + 50);
                inserters.pointTo(null);
            }
            System.out.println(mode + " in a bad network: " + history);
            List<Long> onMain = stage.insertedOn("main");
            history.checkWarnedToo(onMain, "the MAIN");
            stage.awaitCount("replica", "MATCH (n:W) RETURN count(n)", onMain.size());
            assertThat(stage.insertedOn("replica")).containsExactlyInAnyOrderElementsOf(onMain);
            stage.kill("main");
            stage.run("replica", "SET REPLICATION ROLE TO MAIN;");
            history.checkWarnedToo(stage.insertedOn("replica"), "the promoted replica");
        }
    }

    private static void writeInBadWeather(Stage stage, InsertHistory history) {
        long tried = history.count();
        long committed = history.committed();
        FaultSchedule schedule = FaultSchedule.seeded(SEED, FAULTS, 1, List.of(Fault.values()), FAULT_MILLIS_MAX);
        int flaps =
                schedule.steps().stream().mapToInt(FaultSchedule.Step::flaps).sum();
        try (FaultPlayer player = new FaultPlayer(schedule, List.of(stage.link("main", "replica")))) {
            await().atMost(Stage.PATIENCE).until(() -> player.struck() > flaps);
        }
        assertThat(history.committedShare(tried, committed))
                .as("share of writes that succeeded while faults were on")
                .isGreaterThan(COMMITTED_SHARE_MIN);
        assertThat(history.committed() - committed).isGreaterThan(50);
    }
}
