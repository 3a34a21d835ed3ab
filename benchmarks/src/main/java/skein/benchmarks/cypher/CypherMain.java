package skein.benchmarks.cypher;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import skein.benchmarks.bolt.ServerProcess;
import skein.benchmarks.bolt.Servers;

/**
 * Queries beside Neo4j Community. Prints the machine, then one line for each workload and number of connections:
 * requests a second, median and 99th percentile, the server's processor time for one, and how many times better Skein
 * is.
 */
public final class CypherMain {
    /** Rounds of one figure; the servers take turns. */
    private static final int ROUNDS = 2;

    private static final int WARM_CONNECTIONS = 8;

    private final CypherSettings settings;
    private final List<Workload> workloads;

    private CypherMain(CypherSettings settings) {
        this.settings = settings;
        this.workloads = workloads(settings);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new CypherMain(CypherSettings.parse(arguments)).run();
    }

    static List<Workload> workloads(CypherSettings settings) {
        List<Workload> all = new ArrayList<>(new MemberGraph(settings.nodes(), settings.relationships()).workloads());
        all.addAll(InteractiveQueries.workloads(new InteractiveGraph(settings.persons())));
        return all;
    }

    private void run() throws IOException, InterruptedException {
        System.out.printf(
                "java %s, %d processors, %,d nodes, %,d relationships, %d ms per figure, every commit flushed%n",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                settings.nodes(),
                settings.relationships(),
                settings.time().toMillis());
        Servers servers = new Servers(
                Files.createTempDirectory("skein-cypher-"),
                Path.of(System.getProperty("skein.benchmarks", "benchmarks")));
        try (ServerProcess skein = servers.skeinAsShipped(settings.recording())) {
            if (!settings.peer()) {
                measure(List.of(skein));
                return;
            }
            try (ServerProcess neo4j = servers.neo4j()) {
                measure(List.of(skein, neo4j));
            }
        }
    }

    private void measure(List<ServerProcess> servers) throws IOException {
        for (ServerProcess server : servers) {
            load(server, settings);
        }
        List<Workload> wanted = workloads.stream().filter(settings::wants).toList();
        if (servers.size() > 1) {
            for (Workload workload : wanted) {
                if (workload.checked()) {
                    long rows = Comparison.agree(workload, servers.getFirst(), servers.getLast());
                    System.err.printf("%s: same answers, %,d rows%n", workload.name(), rows);
                }
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        List<Integer> connections = new ArrayList<>(settings.connections());
        for (int always : List.of(1, WARM_CONNECTIONS)) {
            if (!connections.contains(always)) {
                connections.add(always);
            }
        }
        for (ServerProcess server : servers) {
            measurements.add(new Measurement(server, connections));
        }
        CypherTable table = new CypherTable(System.out::println);
        table.head(servers.stream().map(ServerProcess::name).toList());
        for (Workload workload : wanted) {
            measure(workload, measurements, table);
        }
        for (Measurement measurement : measurements) {
            measurement.close();
        }
        System.out.printf(
                "load average of the machine, ours included: %.1f%n",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    static void load(ServerProcess server, CypherSettings settings) throws IOException {
        long begin = System.nanoTime();
        try (Loader loader = new Loader(server, line -> System.err.print("\r" + line))) {
            new MemberGraph(settings.nodes(), settings.relationships()).load(loader);
            new InteractiveGraph(settings.persons()).load(loader);
        }
        System.err.printf(
                "%n%s: loaded in %.1f s%n",
                server.name(), Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0);
    }

    private void measure(Workload workload, List<Measurement> measurements, CypherTable table) throws IOException {
        int warm = workload.manyConnections() ? WARM_CONNECTIONS : 1;
        for (Measurement measurement : measurements) {
            measurement.warmUp(workload, warm, settings.time());
        }
        for (int connections : workload.manyConnections() ? settings.connections() : List.of(1)) {
            List<Figure> figures = measurements.stream().map(m -> new Figure()).toList();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < measurements.size(); i++) {
                    measurements
                            .get(i)
                            .round(workload, connections, settings.time().dividedBy(ROUNDS), figures.get(i));
                }
            }
            table.row(workload, connections, figures);
        }
    }
}
