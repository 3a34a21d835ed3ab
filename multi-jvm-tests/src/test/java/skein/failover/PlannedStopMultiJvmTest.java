package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.cluster.ClusterPlan;

/** Who writes notices nothing of a MAIN that is asked to end, and is told at once when nobody may write. */
final class PlannedStopMultiJvmTest {
    private static final int CLIENTS = 2;
    private static final int ENOUGH = 30;

    /** A refusal is no timeout; a machine that is busy with other tests is slow all the same. */
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    @Test
    void aMainThatIsAskedToEndHandsOverAndNoManagedTransactionFails() {
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, 26_200, 3, 2, "SYNC"));
                RoutedWriters writers = new RoutedWriters(stage.routing(), CLIENTS)) {
            // nobody is to be replaced for being slow
            stage.cluster().run("coord1", "SET COORDINATOR SETTING 'instance_down_timeout_sec' TO '20'");
            CoordinatedStage.await("writes", () -> writers.acknowledged() >= ENOUGH);
            String main = stage.awaitAllInStep();

            stage.cluster().stop(main);

            String next = stage.awaitOtherMain(main);
            int before = writers.acknowledged();
            CoordinatedStage.await("writes", () -> writers.acknowledged() >= before + ENOUGH);
            writers.end();
            assertThat(writers.failures()).isEmpty();
            writers.checkNothingIsLost(stage.idsOn(next), next);
            assertThat(stage.cluster().onCoordinators("SHOW FAILOVERS"))
                    .extracting(row -> row.get("cause").asString())
                    .contains(main + " was asked to end");
        }
    }

    @Test
    void withoutAMainAndWithoutCoordinatorsWritesAreRefusedAtOnce() {
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, 26_400, 3, 2, "SYNC"))) {
            stage.cluster().run("coord1", "SET COORDINATOR SETTING 'on_coordinator_loss' TO 'read_only'");
            String main = stage.awaitAllInStep();
            demoted(stage, main);
            withoutCoordinators(stage, main);
        }
    }

    private static void demoted(CoordinatedStage stage, String main) {
        List<Driver> drivers = List.of(stage.direct(main), stage.routing());
        drivers.forEach(driver -> CoordinatedStage.await("a write", () -> writes(driver)));

        stage.cluster().run("coord1", "DEMOTE INSTANCE " + main);

        drivers.forEach(PlannedStopMultiJvmTest::awaitRefusedAtOnce);
        stage.cluster().run("coord1", "SET INSTANCE " + main + " TO MAIN");
        drivers.forEach(driver -> CoordinatedStage.await("writes again", () -> writes(driver)));
    }

    private static void withoutCoordinators(CoordinatedStage stage, String main) {
        stage.awaitAllInStep();
        Driver direct = stage.direct(main);

        stage.coordinators().forEach(stage.cluster()::kill);

        awaitRefusedAtOnce(direct);
        assertThatThrownBy(() -> write(direct)).hasMessageContaining("SKEIN-ROLE-02");
        assertThat(stage.idsOn(main)).isNotEmpty();
        stage.coordinators().forEach(stage.cluster()::start);
        CoordinatedStage.await("writes again", () -> writes(direct));
    }

    private static void awaitRefusedAtOnce(Driver driver) {
        CoordinatedStage.await("a refusal", () -> !writes(driver));
        long asked = System.nanoTime();
        assertThatThrownBy(() -> write(driver)).isInstanceOf(Neo4jException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
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
