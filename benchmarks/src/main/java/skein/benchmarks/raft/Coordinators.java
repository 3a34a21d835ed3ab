package skein.benchmarks.raft;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.RetryableException;
import skein.benchmarks.bolt.ClosedLoop;
import skein.benchmarks.bolt.Requests;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** Three coordinators as they are shipped, each a process of its own; the first leads. */
final class Coordinators implements AutoCloseable {
    static final String SIDE = "coordinators";
    private static final int MEMBERS = 3;
    private static final int TRIES_MAX = 200;
    private static final int BETWEEN_TRIES_MILLIS = 100;

    private final RaftOptions options;
    private final List<InstanceProcess> processes = new ArrayList<>();
    private final List<Integer> ports = Ports.free(2 * MEMBERS);
    private final AtomicLong next = new AtomicLong();

    private Coordinators(RaftOptions options) {
        this.options = options;
    }

    static Coordinators start(RaftOptions options, Path directory) throws InterruptedException {
        Coordinators coordinators = new Coordinators(options);
        try {
            for (int id = 1; id <= MEMBERS; id++) {
                coordinators.launch(id, directory);
            }
            for (InstanceProcess process : coordinators.processes) {
                process.awaitReady();
            }
            coordinators.form();
            return coordinators;
        } catch (RuntimeException | InterruptedException e) {
            coordinators.close();
            throw e;
        }
    }

    private int bolt(int id) {
        return ports.get(id - 1);
    }

    private int coordinator(int id) {
        return ports.get(MEMBERS + id - 1);
    }

    private void launch(int id, Path directory) {
        List<String> jvm = new ArrayList<>(InstanceSpec.SERVER_JVM);
        if (id == 1) {
            jvm.addAll(options.recordingOf("coordinator"));
        }
        processes.add(InstanceProcess.launch(new InstanceSpec(
                "coordinator_" + id,
                directory,
                Map.of(
                        "coordinator-id", Integer.toString(id),
                        "coordinator-port", Integer.toString(coordinator(id)),
                        "coordinator-hostname", "127.0.0.1",
                        "bolt-port", Integer.toString(bolt(id))),
                jvm,
                true)));
    }

    private void form() throws InterruptedException {
        try (Driver driver = GraphDatabase.driver("bolt://127.0.0.1:" + bolt(1));
                Session session = driver.session()) {
            for (int id = 1; id <= MEMBERS; id++) {
                add(session, id);
            }
        }
    }

    /** Who was just added may still be joining; such a refusal may be tried again. */
    private void add(Session session, int id) throws InterruptedException {
        String statement =
                "ADD COORDINATOR %d WITH CONFIG {\"bolt_server\": \"127.0.0.1:%d\", \"coordinator_server\": \"127.0.0.1:%d\", \"management_server\": \"127.0.0.1:%d\"}"
                        .formatted(id, bolt(id), coordinator(id), coordinator(id));
        for (int tries = 1; ; tries++) {
            try {
                session.run(statement).consume();
                return;
            } catch (Neo4jException e) {
                if (!(e instanceof RetryableException) || tries == TRIES_MAX) {
                    throw e;
                }
                Thread.sleep(BETWEEN_TRIES_MILLIS);
            }
        }
    }

    Map<Integer, Rate> measure() throws IOException {
        try (ClosedLoop loop = loop(options.clientsMax())) {
            loop.run(this::request, options.warming(), (sent, now) -> {});
        }
        Map<Integer, Rate> rates = new LinkedHashMap<>();
        for (int clients : options.clients()) {
            rates.put(clients, load(clients));
        }
        return rates;
    }

    private ClosedLoop loop(int clients) throws IOException {
        return ClosedLoop.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), bolt(1)), clients);
    }

    private Rate load(int clients) throws IOException {
        Histogram micros = new Histogram(Rate.SLOWEST_MICROS, 3);
        try (ClosedLoop loop = loop(clients)) {
            loop.run(this::request, options.settling(), (sent, now) -> {});
            long begin = System.nanoTime();
            loop.run(this::request, options.time(), (sent, now) -> micros.recordValue(Rate.micros(now - sent)));
            return Rate.of(micros, (System.nanoTime() - begin) / 1e9);
        }
    }

    /** Another value each time: what changes nothing might not be written. */
    private byte[] request() {
        String value = Long.toString(1_000_000 + next.incrementAndGet());
        return Requests.query("SET COORDINATOR SETTING 'max_replica_read_lag' TO '" + value + "'", Map.of());
    }

    @Override
    public void close() {
        processes.forEach(InstanceProcess::requestStop);
        processes.forEach(InstanceProcess::awaitEnd);
    }
}
