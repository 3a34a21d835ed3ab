package skein.benchmarks.failover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.net.ServerAddress;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.LocalCluster;

/** Three coordinators and three data instances, each a process, and a driver that finds its way among them. */
final class MeasuredCluster implements AutoCloseable {
    private static final int FIRST_PORT = 13_000;
    private static final int MEMBERS = 3;

    private final LocalCluster cluster;
    private final Timing timing;
    private final Driver driver;
    private final AtomicLong ids = new AtomicLong();
    private long settledNanos = System.nanoTime();

    private MeasuredCluster(LocalCluster cluster, Timing timing) {
        this.cluster = cluster;
        this.timing = timing;
        Set<ServerAddress> coordinators = cluster.plan().coordinators().stream()
                .map(coordinator -> ServerAddress.of("127.0.0.1", coordinator.boltPort()))
                .collect(Collectors.toSet());
        this.driver = GraphDatabase.driver(
                cluster.uri(),
                AuthTokens.none(),
                Config.builder().withResolver(address -> coordinators).build());
    }

    /** Starts and forms it; everybody is in step when it returns. */
    static MeasuredCluster formed(Path directory, String mode, Timing timing) {
        List<String> preparation = new ArrayList<>(timing.statements());
        if (mode.equals("ASYNC")) {
            preparation.add("SET COORDINATOR SETTING 'sync_failover_only' TO 'false'");
        }
        LocalCluster cluster = LocalCluster.launch(
                ClusterPlan.of(directory, FIRST_PORT, MEMBERS, MEMBERS, mode).withPreparation(preparation));
        MeasuredCluster measured = new MeasuredCluster(cluster, timing);
        try {
            cluster.form(line -> {});
            measured.cluster.run(measured.awaitInStep(), "CREATE INDEX ON :W(id)");
            measured.awaitInStep();
            // a leader that was elected while the default was in force waits that long once
            measured.settlesFrom(System.nanoTime() + Timing.DEFAULT.down().toNanos());
            return measured;
        } catch (RuntimeException e) {
            measured.close();
            throw e;
        }
    }

    /** Finds the MAIN by asking the coordinators. */
    Driver driver() {
        return driver;
    }

    /** Where writers take the ids of what they write from. */
    AtomicLong ids() {
        return ids;
    }

    Timing timing() {
        return timing;
    }

    LocalCluster processes() {
        return cluster;
    }

    /** The name of the one that takes writes, once both others could take its place. */
    String awaitInStep() {
        List<String> found = new ArrayList<>();
        cluster.await("a MAIN that either of two replicas could follow", () -> {
            found.clear();
            cluster.mainTakingWrites().ifPresent(found::add);
            return !found.isEmpty() && areCurrent(found.getFirst());
        });
        return found.getFirst();
    }

    private boolean areCurrent(String main) {
        List<Record> replicas = cluster.run(main, "SHOW REPLICAS");
        return replicas.size() == MEMBERS - 1
                && replicas.stream().allMatch(MeasuredCluster::isReady)
                && onCoordinators("SHOW FAILOVER CANDIDATES").stream()
                                .filter(row -> row.get("eligible").asBoolean())
                                .count()
                        == MEMBERS - 1;
    }

    private static boolean isReady(Record replica) {
        return replica.get("data_info").asMap(state -> state.get("status").asString()).values().stream()
                .allMatch(state -> state.equals("ready"));
    }

    /** By the first coordinator that lives. */
    List<Record> onCoordinators(String statement) {
        return cluster.run(livingCoordinator(), statement);
    }

    private String livingCoordinator() {
        return cluster.plan().coordinators().stream()
                .map(ClusterPlan.Coordinator::name)
                .filter(name -> cluster.process(name).handle().isAlive())
                .findFirst()
                .orElseThrow();
    }

    /** Its name in the plan; empty while there is none. */
    String leader() {
        return onCoordinators("SHOW INSTANCES").stream()
                .filter(row -> row.get("role").asString().equals("leader"))
                .map(row -> nameOf(row.get("bolt_server").asString()))
                .findFirst()
                .orElse("");
    }

    /** Coordinators show themselves under names of their own. */
    private String nameOf(String bolt) {
        return cluster.plan().coordinators().stream()
                .filter(coordinator -> coordinator.bolt().equals(bolt))
                .map(ClusterPlan.Coordinator::name)
                .findFirst()
                .orElse("");
    }

    /** A failover by itself has just been seen: the next one is not allowed before this is over. */
    void settlesFrom(long nanos) {
        settledNanos = nanos + timing.settling().toNanos();
    }

    void awaitSettled() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, settledNanos - System.nanoTime()));
    }

    Phases phases() {
        return Phases.from(cluster.plan().members().stream()
                .map(member -> cluster.plan().directory().resolve(member.name() + ".log"))
                .toList());
    }

    /** The ids of all nodes that writers made, as this instance shows them. */
    Set<Long> idsOn(String name) {
        Set<Long> ids = new HashSet<>();
        cluster.run(name, "MATCH (n:W) RETURN n.id AS id")
                .forEach(row -> ids.add(row.get("id").asLong()));
        return ids;
    }

    @Override
    public void close() {
        driver.close();
        cluster.close();
    }
}
