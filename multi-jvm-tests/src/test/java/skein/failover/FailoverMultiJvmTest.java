package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.server.cluster.ClusterPlan;

/** Three coordinators and three data instances as processes, clients on {@code neo4j://}, and something goes wrong. */
final class FailoverMultiJvmTest {
    private static final int CLIENTS = 2;
    private static final int ENOUGH = 50;

    @TempDir
    Path directory;

    @Test
    void clientsGoOnAfterTheMainIsKilledAndNothingAcknowledgedIsLost() {
        try (CoordinatedStage stage = formed(24_000);
                RoutingWatch watch = new RoutingWatch(stage.cluster());
                RoutedWriters writers = new RoutedWriters(stage.routing(), CLIENTS)) {
            awaitWrites(writers, ENOUGH);
            String killed = stage.awaitMain();

            stage.cluster().kill(killed);

            int before = writers.acknowledged();
            awaitWrites(writers, before + ENOUGH);
            assertThat(stage.main()).isNotEqualTo(killed);
            stage.cluster().start(killed);
            stage.awaitAllInStep();
            writers.end();
            assertThat(writers.failures()).isEmpty();
            assertThat(watch.secondWriters()).isEmpty();
            assertThat(watch.looks()).isGreaterThan(10);
            awaitNothingLost(stage, writers);
        }
    }

    @Test
    void theEndOfTheLeadingCoordinatorIsNotNoticedByWriters() {
        try (CoordinatedStage stage = formed(24_400);
                RoutedWriters writers = new RoutedWriters(stage.routing(), CLIENTS)) {
            awaitWrites(writers, ENOUGH);
            String main = stage.awaitMain();
            String leader = stage.awaitLeader();

            stage.cluster().kill(leader);

            CoordinatedStage.await(
                    "another leader",
                    () -> !stage.leader().isEmpty() && !stage.leader().equals(leader));
            int before = writers.acknowledged();
            awaitWrites(writers, before + ENOUGH);
            assertThat(stage.main()).isEqualTo(main);
            assertThat(writers.failures()).isEmpty();
        }
    }

    @Test
    void aSwitchoverLosesNothingAndFailsNobody() {
        try (CoordinatedStage stage = formed(24_600);
                RoutedWriters writers = new RoutedWriters(stage.routing(), CLIENTS)) {
            awaitWrites(writers, ENOUGH);
            String from = stage.awaitMain();
            String to = from.equals("data2") ? "data3" : "data2";

            stage.cluster().run("coord2", "SET INSTANCE " + to + " TO MAIN SWITCHOVER");

            CoordinatedStage.await("the new MAIN", () -> stage.main().equals(to));
            int before = writers.acknowledged();
            awaitWrites(writers, before + ENOUGH);
            stage.awaitAllInStep();
            writers.end();
            assertThat(writers.failures()).isEmpty();
            assertThat(stage.cluster()
                            .run("coord1", "SHOW FAILOVERS")
                            .getFirst()
                            .get("to")
                            .asString())
                    .isEqualTo(to);
            awaitNothingLost(stage, writers);
        }
    }

    private CoordinatedStage formed(int basePort) {
        return CoordinatedStage.formed(ClusterPlan.of(directory, basePort, 3, 3, "SYNC"));
    }

    private static void awaitWrites(RoutedWriters writers, int count) {
        CoordinatedStage.await(count + " writes", () -> writers.acknowledged() >= count);
    }

    private static void awaitNothingLost(CoordinatedStage stage, RoutedWriters writers) {
        stage.dataInstances()
                .forEach(name -> await().atMost(CoordinatedStage.PATIENCE)
                        .untilAsserted(() -> writers.checkNothingIsLost(stage.idsOn(name), name)));
    }
}
