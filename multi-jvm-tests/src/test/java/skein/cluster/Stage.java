package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Value;
import org.neo4j.driver.exceptions.ClientException;
import skein.fault.FaultProxy;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.HostPort;

/**
 * Instances by name, each with a driver, and a {@link FaultProxy} between every two that replicate; ends them all. Fail
 * points are set with {@link InstanceProcess#setFailPoints}.
 */
final class Stage implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PORTS_TRIED = 300;

    /** A node that does not answer must not hold up a test for the driver's half minute. */
    private static final Config CONNECTIONS = Config.builder()
            .withConnectionTimeout(2, TimeUnit.SECONDS)
            .withConnectionAcquisitionTimeout(10, TimeUnit.SECONDS)
            .build();

    private static final String FAIL_POINTS_BY_INPUT = "-Dskein.failpoint=input";

    private final Path directory;
    private final Map<String, String> settings;
    private final List<String> jvmOptions;
    private final Map<String, InstanceProcess> nodes = new LinkedHashMap<>();
    private final Map<String, Driver> drivers = new LinkedHashMap<>();
    private final Map<String, Integer> replicationPorts = new LinkedHashMap<>();
    private final Map<String, FaultProxy> links = new LinkedHashMap<>();

    Stage(Path directory) {
        this(directory, Map.of());
    }

    /** @param settings of every instance */
    Stage(Path directory, Map<String, String> settings) {
        this(directory, settings, List.of());
    }

    /** @param jvmOptions of every instance, after those of a small one */
    Stage(Path directory, Map<String, String> settings, List<String> jvmOptions) {
        this.directory = directory;
        this.settings = settings;
        this.jvmOptions = jvmOptions;
    }

    /** Launches all, then waits for each. */
    void start(String... names) {
        for (String name : names) {
            launch(name);
        }
        for (String name : names) {
            connect(name);
        }
    }

    /** Starts an instance, perhaps again on its data, without waiting for it; {@link #connect} waits. */
    void launch(String name) {
        List<String> options = new ArrayList<>(InstanceSpec.SMALL_JVM);
        options.add(FAIL_POINTS_BY_INPUT);
        options.addAll(jvmOptions);
        nodes.put(name, InstanceProcess.launch(new InstanceSpec(name, directory, settings, options, true)));
    }

    void connect(String name) {
        drivers.put(name, GraphDatabase.driver("bolt://" + node(name).awaitReady(), CONNECTIONS));
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
        launch(name);
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

    /** SIGSTOP: the process stands still, and its connections stay open. */
    void freeze(String name) {
        signal(name, "-STOP");
    }

    /** SIGCONT. */
    void thaw(String name) {
        signal(name, "-CONT");
    }

    private void signal(String name, String signal) {
        String pid = Long.toString(node(name).handle().pid());
        try {
            assertThat(new ProcessBuilder("kill", signal, pid).start().waitFor())
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where the instance keeps what must survive. */
    Path dataOf(String name) {
        return directory.resolve(name);
    }

    /** The network by which a MAIN reaches a replica. */
    FaultProxy link(String main, String replica) {
        return links.computeIfAbsent(
                main + " to " + replica + " at " + replicationPort(replica),
                key -> new FaultProxy(new HostPort("127.0.0.1", replicationPort(replica)), links.size()));
    }

    /** {@code REGISTER REPLICA} by the address of the link. */
    void register(String main, String replica, String mode) {
        register(main, replica, mode, "");
    }

    /** @param more RESYNC, or nothing */
    void register(String main, String replica, String mode, String more) {
        run(
                main,
                "REGISTER REPLICA %s %s TO \"%s\" %s;"
                        .formatted(replica, mode, link(main, replica).address(), more));
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

    /** The ids of all that {@link Inserters} wrote, as this instance shows them. */
    List<Long> insertedOn(String name) {
        return run(name, "MATCH (n:W) RETURN n.id AS id").stream()
                .map(row -> row.get("id").asLong())
                .toList();
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
        links.values().forEach(FaultProxy::close);
    }
}
