package skein.cluster;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Value;
import org.neo4j.driver.exceptions.ClientException;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** Instances by name, each with a driver; ends them all. */
final class Stage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PORTS_TRIED = 300;

    private final Path directory;
    private final Map<String, InstanceProcess> nodes = new LinkedHashMap<>();
    private final Map<String, Driver> drivers = new LinkedHashMap<>();
    private final Map<String, Integer> replicationPorts = new LinkedHashMap<>();

    Stage(Path directory) {
        this.directory = directory;
    }

    /** Launches all, then waits for each. */
    void start(String... names) {
        for (String name : names) {
            nodes.put(name, InstanceProcess.launch(InstanceSpec.small(name, directory, Map.of())));
        }
        for (String name : names) {
            connect(name);
        }
    }

    private void connect(String name) {
        drivers.put(name, GraphDatabase.driver("bolt://" + node(name).awaitReady()));
    }

    InstanceProcess node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    Driver driver(String name) {
        return Objects.requireNonNull(drivers.get(name), name);
    }

    /** Runs one auto-commit statement. */
    List<Record> run(String name, String statement) {
        try (Session session = driver(name).session()) {
            return session.run(statement).list();
        }
    }

    /** SIGKILL. */
    void kill(String name) {
        driver(name).close();
        node(name).kill();
    }

    /** Starts a killed instance again on its data. */
    void restart(String name) {
        nodes.put(name, InstanceProcess.launch(InstanceSpec.small(name, directory, Map.of())));
        connect(name);
    }

    /** As above, in a process that ends or stops at a fail point. */
    void restart(String name, String failPoint) {
        InstanceSpec small = InstanceSpec.small(name, directory, Map.of());
        List<String> options = new ArrayList<>(small.jvmOptions());
        options.add("-Dskein.failpoint=" + failPoint);
        nodes.put(name, InstanceProcess.launch(new InstanceSpec(name, directory, Map.of(), options, true)));
        connect(name);
    }

    /** {@code SET REPLICATION ROLE TO REPLICA WITH PORT n} with the first port that is free. */
    void makeReplica(String name, int firstPort) {
        for (int port = firstPort; ; port++) {
            try {
                run(name, "SET REPLICATION ROLE TO REPLICA WITH PORT " + port + ";");
                replicationPorts.put(name, port);
                return;
            } catch (ClientException e) {
                if (port > firstPort + PORTS_TRIED) {
                    throw e;
                }
            }
        }
    }

    /** The port on which a replica listens for its MAIN. */
    int replicationPort(String name) {
        return Objects.requireNonNull(replicationPorts.get(name), name);
    }

    /** The state that {@code SHOW REPLICAS} on the MAIN gives for a replica's default database. */
    String stateOf(String main, String replica) {
        return run(main, "SHOW REPLICAS").stream()
                .filter(row -> row.get("name").asString().equals(replica))
                .map(row -> dataInfo(row).get("status").asString())
                .findFirst()
                .orElse("not registered");
    }

    static Value dataInfo(Record row) {
        return row.get("data_info").get("skein");
    }

    void awaitState(String main, String replica, String state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> stateOf(main, replica).equals(state));
    }

    /** Waits until the query's single value on this instance is the expected number. */
    void awaitCount(String name, String query, long expected) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> run(name, query).getFirst().get(0).asLong() == expected);
    }

    @Override
    public void close() {
        drivers.values().forEach(Driver::close);
        nodes.values().forEach(InstanceProcess::close);
    }
}
