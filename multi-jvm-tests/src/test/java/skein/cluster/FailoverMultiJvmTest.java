package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.net.ServerAddress;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.LocalCluster;

/** Three coordinators and three data instances as processes, clients on {@code neo4j://}, and something goes wrong. */
final class FailoverMultiJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> FAST = List.of(
            "SET COORDINATOR SETTING 'instance_health_check_frequency_sec' TO '0.1'",
            "SET COORDINATOR SETTING 'instance_down_timeout_sec' TO '0.5'");
    private static final int CLIENTS = 2;
    private static final int ENOUGH = 50;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "STRICT_SYNC"})
    void clientsGoOnAfterTheMainIsKilledAndNothingAcknowledgedIsLost(String mode) {
        try (LocalCluster cluster = formed(24_000, mode);
                Driver driver = routing(cluster);
                RoutingWatch watch = new RoutingWatch(cluster);
                RoutedWriters writers = new RoutedWriters(driver, CLIENTS)) {
            awaitWrites(writers, ENOUGH);
            String killed = main(cluster);

            cluster.kill(killed);

            int before = writers.acknowledged();
            awaitWrites(writers, before + ENOUGH);
            assertThat(main(cluster)).isNotEqualTo(killed);
            cluster.start(killed);
            awaitAllReady(cluster);
            writers.end();
            assertThat(writers.failures()).isEmpty();
            assertThat(watch.secondWriters()).isEmpty();
            assertThat(watch.looks()).isGreaterThan(10);
            cluster.plan().dataInstances().forEach(instance -> awaitNothingLost(cluster, writers, instance.name()));
        }
    }

    @Test
    void aMainThatStoodStillIsAReplicaAfterwards() {
        try (LocalCluster cluster = formed(24_200, "SYNC");
                Driver driver = routing(cluster);
                RoutingWatch watch = new RoutingWatch(cluster);
                RoutedWriters writers = new RoutedWriters(driver, CLIENTS)) {
            awaitWrites(writers, ENOUGH);
            String frozen = main(cluster);

            cluster.freeze(frozen);
            cluster.await("another MAIN", () -> !main(cluster).equals(frozen));
            cluster.thaw(frozen);

            awaitAllReady(cluster);
            int before = writers.acknowledged();
            awaitWrites(writers, before + ENOUGH);
            writers.end();
            assertThat(cluster.run(frozen, "SHOW REPLICATION ROLE")
                            .getFirst()
                            .get(0)
                            .asString())
                    .isEqualTo("replica");
            assertThat(watch.secondWriters()).isEmpty();
            cluster.plan().dataInstances().forEach(instance -> awaitNothingLost(cluster, writers, instance.name()));
        }
    }

    @Test
    void theEndOfTheLeadingCoordinatorIsNotNoticedByWriters() {
        try (LocalCluster cluster = formed(24_400, "SYNC");
                Driver driver = routing(cluster);
                RoutedWriters writers = new RoutedWriters(driver, CLIENTS)) {
            awaitWrites(writers, ENOUGH);
            String main = main(cluster);
            String leader = leader(cluster);

            cluster.kill(leader);

            cluster.await("another leader", () -> !leader(cluster).equals(leader));
            int before = writers.acknowledged();
            awaitWrites(writers, before + ENOUGH);
            assertThat(main(cluster)).isEqualTo(main);
            assertThat(writers.failures()).isEmpty();
        }
    }

    @Test
    void aSwitchoverLosesNothingAndFailsNobody() {
        try (LocalCluster cluster = formed(24_600, "SYNC");
                Driver driver = routing(cluster);
                RoutedWriters writers = new RoutedWriters(driver, CLIENTS)) {
            awaitWrites(writers, ENOUGH);
            String from = main(cluster);
            String to = from.equals("data2") ? "data3" : "data2";

            cluster.run("coord2", "SET INSTANCE " + to + " TO MAIN SWITCHOVER");

            cluster.await("the new MAIN", () -> main(cluster).equals(to));
            int before = writers.acknowledged();
            awaitWrites(writers, before + ENOUGH);
            awaitAllReady(cluster);
            writers.end();
            assertThat(writers.failures()).isEmpty();
            assertThat(cluster.run("coord1", "SHOW FAILOVERS")
                            .getFirst()
                            .get("to")
                            .asString())
                    .isEqualTo(to);
            cluster.plan().dataInstances().forEach(instance -> awaitNothingLost(cluster, writers, instance.name()));
        }
    }

    private LocalCluster formed(int basePort, String mode) {
        LocalCluster cluster = LocalCluster.launch(
                ClusterPlan.of(directory, basePort, 3, 3, mode).withPreparation(FAST));
        try {
            cluster.form(line -> {});
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** A driver that finds its way as long as one coordinator lives, as an application's should. */
    private static Driver routing(LocalCluster cluster) {
        Set<ServerAddress> coordinators = cluster.plan().coordinators().stream()
                .map(coordinator -> ServerAddress.of("127.0.0.1", coordinator.boltPort()))
                .collect(Collectors.toSet());
        return GraphDatabase.driver(
                cluster.uri(),
                AuthTokens.none(),
                Config.builder().withResolver(address -> coordinators).build());
    }

    /** The name of the one that takes writes; nothing while there is none. */
    private static String main(LocalCluster cluster) {
        return cluster.mainTakingWrites().orElse("");
    }

    private static String leader(LocalCluster cluster) {
        return cluster.plan().coordinators().stream()
                .filter(coordinator ->
                        cluster.process(coordinator.name()).handle().isAlive())
                .filter(coordinator -> cluster.run(coordinator.name(), "SHOW INSTANCE").stream()
                        .anyMatch(row -> row.get("role").asString().equals("leader")))
                .map(ClusterPlan.Coordinator::name)
                .findFirst()
                .orElse("");
    }

    private static void awaitWrites(RoutedWriters writers, int count) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> writers.acknowledged() >= count);
    }

    private static void awaitAllReady(LocalCluster cluster) {
        cluster.await("a MAIN with all replicas ready", () -> {
            String main = main(cluster);
            var replicas = main.isEmpty() ? List.<Record>of() : cluster.run(main, "SHOW REPLICAS");
            return replicas.size() == 2
                    && replicas.stream()
                            .allMatch(row -> row.get("data_info")
                                    .get("skein")
                                    .get("status")
                                    .asString("")
                                    .equals("ready"));
        });
    }

    private static void awaitNothingLost(LocalCluster cluster, RoutedWriters writers, String name) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> writers.checkNothingIsLost(
                        cluster.run(name, "MATCH (n:W) RETURN n.id AS id").stream()
                                .map(row -> row.get("id").asLong())
                                .toList(),
                        name));
    }
}
