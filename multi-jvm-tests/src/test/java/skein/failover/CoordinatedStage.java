package skein.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.net.ServerAddress;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.LocalCluster;

/** A cluster with coordinators that takes an instance for dead after half a second, and drivers that find their way. */
final class CoordinatedStage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final List<String> FAST = List.of(
            "SET COORDINATOR SETTING 'instance_health_check_frequency_sec' TO '0.1'",
            "SET COORDINATOR SETTING 'instance_down_timeout_sec' TO '0.5'");

    private final LocalCluster cluster;
    private final List<Driver> drivers = new ArrayList<>();

    private CoordinatedStage(LocalCluster cluster) {
        this.cluster = cluster;
    }

    /** Starts and forms it; everybody is in step when it returns. */
    static CoordinatedStage formed(ClusterPlan plan) {
        CoordinatedStage stage = launched(plan);
        try {
            stage.form();
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    /** Starts it; nobody is registered yet. */
    static CoordinatedStage launched(ClusterPlan plan) {
        List<String> preparation = new ArrayList<>(FAST);
        if (plan.mode().equals("ASYNC")) {
            preparation.add("SET COORDINATOR SETTING 'sync_failover_only' TO 'false'");
        }
        return new CoordinatedStage(LocalCluster.launch(plan.withPreparation(preparation)));
    }

    void form() {
        cluster.form(line -> {});
        awaitAllInStep();
    }

    LocalCluster cluster() {
        return cluster;
    }

    List<String> dataInstances() {
        return cluster.plan().dataInstances().stream()
                .map(ClusterPlan.Data::name)
                .toList();
    }

    /** A new driver that finds its way as long as one coordinator lives, as an application's should. */
    synchronized Driver routing() {
        Set<ServerAddress> coordinators = cluster.plan().coordinators().stream()
                .map(coordinator -> ServerAddress.of("127.0.0.1", coordinator.boltPort()))
                .collect(Collectors.toSet());
        Driver driver = GraphDatabase.driver(
                cluster.uri(),
                AuthTokens.none(),
                Config.builder()
                        .withResolver(address -> coordinators)
                        .withConnectionTimeout(2, TimeUnit.SECONDS)
                        .build());
        drivers.add(driver);
        return driver;
    }

    /** A new driver of this very instance, whatever it is. */
    synchronized Driver direct(String name) {
        int port = cluster.plan().dataInstances().stream()
                .filter(instance -> instance.name().equals(name))
                .findFirst()
                .orElseThrow()
                .boltPort();
        Driver driver = GraphDatabase.driver("bolt://127.0.0.1:" + port);
        drivers.add(driver);
        return driver;
    }

    List<String> coordinators() {
        return cluster.plan().coordinators().stream()
                .map(ClusterPlan.Coordinator::name)
                .toList();
    }

    /** The name of the one that takes writes; empty while there is none. */
    String main() {
        return cluster.mainTakingWrites().orElse("");
    }

    /** The coordinator that leads by its own word; empty while there is none. */
    String leader() {
        return cluster.plan().coordinators().stream()
                .map(ClusterPlan.Coordinator::name)
                .filter(this::isAlive)
                .filter(name -> cluster.run(name, "SHOW INSTANCE").stream()
                        .anyMatch(row -> row.get("role").asString().equals("leader")))
                .findFirst()
                .orElse("");
    }

    boolean isAlive(String name) {
        return cluster.process(name).handle().isAlive();
    }

    /** Returns who takes writes, once that is somebody else. */
    String awaitOtherMain(String than) {
        return awaitMain("a MAIN that is not " + than, main -> !main.equals(than));
    }

    /** Returns who takes writes, once somebody could take its place without a loss. */
    String awaitReplaceable() {
        return awaitMain("a MAIN, and somebody who could follow it", main -> candidates() > 0);
    }

    /** Returns who takes writes, once everybody else has whatever it has. */
    String awaitAllInStep() {
        return awaitMain("a MAIN with all replicas in step", main -> {
            List<Record> replicas = cluster.run(main, "SHOW REPLICAS");
            int others = cluster.plan().dataInstances().size() - 1;
            return replicas.size() == others
                    && replicas.stream().allMatch(CoordinatedStage::isReady)
                    && candidates() == others;
        });
    }

    /** Returns who takes writes. */
    String awaitMain() {
        return awaitMain("a MAIN", main -> true);
    }

    /** Asked again, it could be gone already: the answer is the name that the condition held for. */
    private String awaitMain(String what, Predicate<String> condition) {
        return awaitName(what, () -> Optional.of(main()).filter(main -> !main.isEmpty() && condition.test(main)));
    }

    /** Returns who leads by its own word. */
    String awaitLeader() {
        return awaitName("a leader", () -> Optional.of(leader()));
    }

    private static String awaitName(String what, Supplier<Optional<String>> look) {
        AtomicReference<String> found = new AtomicReference<>("");
        await(what, () -> {
            look.get().ifPresent(found::set);
            return !found.get().isEmpty();
        });
        return found.get();
    }

    private static boolean isReady(Record replica) {
        return replica.get("data_info").asMap(state -> state.get("status").asString()).values().stream()
                .allMatch(state -> state.equals("ready"));
    }

    private long candidates() {
        return cluster.onCoordinators("SHOW FAILOVER CANDIDATES").stream()
                .filter(row -> row.get("eligible").asBoolean())
                .count();
    }

    /** A machine that has much else to do may be silent for too long; but nobody is deposed for anything else. */
    void checkNobodyWasDeposedWhoAnswered(long sinceReign) {
        Assertions.assertThat(cluster.onCoordinators("SHOW FAILOVERS"))
                .filteredOn(row -> row.get("reign").asLong() > sinceReign)
                .allSatisfy(row ->
                        Assertions.assertThat(row.get("cause").asString()).contains("no answer"));
    }

    /** How many appointments there have been. */
    long reign() {
        return cluster.onCoordinators("SHOW FAILOVERS").stream()
                .mapToLong(row -> row.get("reign").asLong())
                .max()
                .orElse(0);
    }

    List<Long> idsOn(String name) {
        return cluster.run(name, "MATCH (n:W) RETURN n.id AS id").stream()
                .map(row -> row.get("id").asLong())
                .toList();
    }

    static void await(String what, BooleanSupplier condition) {
        Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .ignoreExceptionsInstanceOf(Neo4jException.class)
                .until(condition::getAsBoolean);
    }

    @Override
    public synchronized void close() {
        drivers.forEach(Driver::close);
        cluster.close();
    }
}
