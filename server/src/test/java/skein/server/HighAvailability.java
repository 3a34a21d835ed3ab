package skein.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.config.ResolvedSettings;
import skein.config.SettingSources;

/** Coordinators and data instances in this process, each with the ports and the directory that it had before. */
final class HighAvailability implements AutoCloseable {
    private static final int PORTS = 25_000;
    private static final int PROCESSES = 60;
    private static final int PORTS_OF_A_PROCESS = 100;
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(PORTS + (int) (ProcessHandle.current().pid() % PROCESSES) * PORTS_OF_A_PROCESS);

    private final Path directory;
    private final Map<String, Map<String, String>> environments = new LinkedHashMap<>();
    private final Map<String, Node> running = new LinkedHashMap<>();

    HighAvailability(Path directory) {
        this.directory = directory;
    }

    /** Not started. */
    void coordinator(int id, Map<String, String> more) {
        List<Integer> ports = freePorts(2);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SKEIN_COORDINATOR_ID", String.valueOf(id));
        environment.put("SKEIN_COORDINATOR_HOSTNAME", "localhost");
        environment.put("SKEIN_COORDINATOR_PORT", String.valueOf(ports.get(0)));
        environment.put("SKEIN_MANAGEMENT_PORT", String.valueOf(ports.get(1)));
        add("coordinator_" + id, environment);
    }

    /** Not started. Its replication port is what {@link #registration} says. */
    void data(String name, Map<String, String> more) {
        List<Integer> ports = freePorts(2);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SKEIN_MANAGEMENT_PORT", String.valueOf(ports.get(0)));
        environment.put("TEST_REPLICATION_PORT", String.valueOf(ports.get(1)));
        add(name, environment);
    }

    private void add(String name, Map<String, String> environment) {
        environment.put("SKEIN_BOLT_PORT", String.valueOf(freePorts(1).getFirst()));
        environment.put("SKEIN_DATA_DIRECTORY", data(name).toString());
        environments.put(name, environment);
    }

    Path data(String name) {
        return directory.resolve(name);
    }

    /** Below those that connections leave from: an instance that starts again needs the port that it had. */
    private static List<Integer> freePorts(int count) {
        return Stream.generate(NEXT_PORT::getAndIncrement)
                .filter(HighAvailability::isFree)
                .limit(count)
                .toList();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    ResolvedSettings settings(String name) {
        Map<String, String> environment = new HashMap<>(environment(name));
        environment.remove("TEST_REPLICATION_PORT");
        return ResolvedSettings.resolve(new SettingSources(Map.of(), environment, Optional.empty(), Optional.empty()));
    }

    /** As it is set, without its management port: it knows no coordinators. */
    void startAlone(String name) {
        Map<String, String> environment = environment(name);
        String port = Objects.requireNonNull(environment.remove("SKEIN_MANAGEMENT_PORT"));
        try {
            start(name);
        } finally {
            environment.put("SKEIN_MANAGEMENT_PORT", port);
        }
    }

    void start(String name) {
        running.put(name, Node.start(settings(name)));
    }

    void stop(String name) {
        Node node = running.remove(name);
        if (node != null) {
            node.close();
        }
    }

    String address(String name, String setting) {
        return "localhost:" + environment(name).get(setting);
    }

    private Map<String, String> environment(String name) {
        return Objects.requireNonNull(environments.get(name), name);
    }

    String bolt(String name) {
        return address(name, "SKEIN_BOLT_PORT");
    }

    /** {@code ADD COORDINATOR}. */
    String addition(int id) {
        String name = "coordinator_" + id;
        return "ADD COORDINATOR " + id + " WITH CONFIG {'bolt_server': '" + bolt(name) + "', 'coordinator_server': '"
                + address(name, "SKEIN_COORDINATOR_PORT") + "', 'management_server': '"
                + address(name, "SKEIN_MANAGEMENT_PORT") + "'}";
    }

    /**
     * {@code REGISTER INSTANCE}.
     *
     * @param more of its map
     */
    String registration(String name, String more) {
        return "REGISTER INSTANCE " + name + " WITH CONFIG {'bolt_server': '" + bolt(name)
                + "', 'management_server': '" + address(name, "SKEIN_MANAGEMENT_PORT") + "', 'replication_server': '"
                + address(name, "TEST_REPLICATION_PORT") + "'" + more + "}";
    }

    Driver driver(String name, AuthToken token) {
        return GraphDatabase.driver("bolt://" + bolt(name), token);
    }

    List<Record> run(String name, String query) {
        return run(name, AuthTokens.none(), query);
    }

    List<Record> run(String name, AuthToken token, String query) {
        try (Driver driver = driver(name, token);
                Session session = driver.session()) {
            return session.run(query).list();
        }
    }

    /** As long as it is refused. */
    static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(Neo4jException.class)
                .untilAsserted(assertion);
    }

    @Override
    public void close() {
        // coordinators first: a MAIN that knows some waits for somebody to take over
        running.keySet().stream().sorted().toList().forEach(this::stop);
    }
}
