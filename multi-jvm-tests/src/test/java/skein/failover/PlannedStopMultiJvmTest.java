package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.cluster.ClusterPlan;

/** Processes that are asked to end, or whose coordinators have: who writes is told at once, or notices nothing. */
final class PlannedStopMultiJvmTest {
    private static final int CLIENTS = 2;
    private static final int ENOUGH = 30;

    /** A refusal is no timeout; a machine that is busy with other tests is slow all the same. */
    private static final Duration AT_ONCE = Duration.ofSeconds(3);

    @TempDir
    Path directory;

    @Test
    void aMainThatIsAskedToEndHandsOverAndNoManagedTransactionFails() {
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, 26_200, 3, 2, "SYNC"));
                RoutedWriters writers = new RoutedWriters(stage.routing(), CLIENTS)) {
            CoordinatedStage.await("writes", () -> writers.acknowledged() >= ENOUGH);
            String main = stage.awaitAllInStep();

            stage.cluster().stop(main);

            String next = stage.awaitOtherMain(main);
            int before = writers.acknowledged();
            CoordinatedStage.await("writes", () -> writers.acknowledged() >= before + ENOUGH);
            writers.end();
            assertThat(writers.failures()).isEmpty();
            writers.checkNothingIsLost(stage.idsOn(next), next);
            Record change = stage.cluster().onCoordinators("SHOW FAILOVERS").getFirst();
            assertThat(change.get("cause").asString()).isEqualTo(main + " was asked to end");
            assertThat(stage.coordinators().stream()
                            .map(name -> stage.cluster().process(name).logText())
                            .collect(Collectors.joining()))
                    .contains("[event=leadership.gained]")
                    .contains("[event=handover.begun]")
                    .contains("[event=main.appointed]")
                    .contains("[event=main.opened]");
        }
    }

    @Test
    void withoutCoordinatorsReadOnlyRefusesWritesAtOnceUntilTheyAreBack() {
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, 26_400, 3, 2, "SYNC"))) {
            stage.cluster().onCoordinators("SET COORDINATOR SETTING 'on_coordinator_loss' TO 'read_only'");
            String main = stage.awaitAllInStep();
            Driver direct = stage.direct(main);
            CoordinatedStage.await("a write", () -> writes(direct));

            stage.coordinators().forEach(stage.cluster()::kill);

            CoordinatedStage.await("a refusal", () -> !writes(direct));
            long asked = System.nanoTime();
            assertThatThrownBy(() -> write(direct))
                    .isInstanceOf(Neo4jException.class)
                    .hasMessageContaining("SKEIN-ROLE-02");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
            assertThat(stage.idsOn(main)).isNotEmpty();

            stage.coordinators().forEach(stage.cluster()::start);
            CoordinatedStage.await("writes again", () -> writes(direct));
        }
    }

    private static boolean writes(Driver driver) {
        try {
            write(driver);
            return true;
        } catch (Neo4jException e) {
            return false;
        }
    }

    private static void write(Driver driver) {
        try (Session session = driver.session()) {
            session.run("CREATE (:W {id: 1})").consume();
        }
    }
}
