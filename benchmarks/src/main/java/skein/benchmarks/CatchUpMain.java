package skein.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.Value;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.HostPort;

/**
 * How fast a new replica comes to hold what its MAIN holds, on loopback, in processes of their own: {@code [million
 * nodes] [directory]}. By log, where all of it is there, and by snapshot, where it is not.
 */
public final class CatchUpMain {
    private static final int NODES_PER_COMMIT = 5_000;
    private static final int MILLION = 1_000_000;
    private static final int NODES_PER_NOISE = 25;
    private static final int NOISE_BYTES = 3_000;
    private static final int NOISE_PER_COMMIT = 250;
    private static final long LOOK_MILLIS = 5;
    private static final double MEBIBYTE = 1 << 20;
    private static final String CREATE =
            "UNWIND range(1, $n) AS i CREATE (:N {i: $from + i, text: 'node number ' + (i" + " * 7919)})";

    private CatchUpMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        double millions = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 1;
        Path directory = arguments.length > 1
                ? Files.createDirectories(Path.of(arguments[1]))
                : Files.createTempDirectory("skein-benchmark-");
        int nodes = (int) (millions * MILLION);
        print(
                "java %s, %d processors, %d nodes, two processes with %s",
                Runtime.version(), processors(), nodes, InstanceSpec.SERVER_JVM);
        measure(directory.resolve("log"), nodes, false);
        measure(directory.resolve("snapshot"), nodes, true);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static void measure(Path directory, int nodes, boolean bySnapshot)
            throws IOException, InterruptedException {
        Map<String, String> settings = Map.of(
                "storage-wal-retention-mib",
                bySnapshot ? "0" : "10240",
                "storage-wal-retention-replica-mib",
                bySnapshot ? "0" : "10240",
                "storage-wal-file-size-kib",
                bySnapshot ? "4096" : "65536",
                "storage-snapshot-retention-count",
                "1",
                "storage-snapshot-interval",
                "0",
                "replication-replica-check-frequency-sec",
                "1");
        try (InstanceProcess main = launch("main", directory, settings);
                InstanceProcess replica = launch("replica", directory, settings);
                Driver onMain = connect(main.awaitReady());
                Driver onReplica = connect(replica.awaitReady())) {
            int port = becomeReplica(onReplica);
            if (bySnapshot) {
                fillWithNoise(onMain, nodes / NODES_PER_NOISE);
                run(onMain, "CREATE SNAPSHOT");
            } else {
                fill(onMain, nodes);
            }
            long bytes = bytesOf(directory.resolve("main"), bySnapshot ? ".snapshot" : ".log");
            long begin = System.nanoTime();
            run(onMain, "REGISTER REPLICA r ASYNC TO '127.0.0.1:" + port + "'");
            double arrived = 0;
            while (!status(onMain).get("status").asString().equals("ready")) {
                Value catchUp = status(onMain).get("catch_up");
                if (!catchUp.isNull() && catchUp.get("percent").asInt() < 100) {
                    arrived = (System.nanoTime() - begin) / 1e9;
                }
                Thread.sleep(LOOK_MILLIS);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            int probe = (int) Math.max(1, bytes / (long) MEBIBYTE);
            print("the disk: %.0f MiB/s written and forced", Disk.mebibytesPerSecond(directory, probe));
            print(
                    "%-9s %7.1f MiB in %6.2f s until ready (%.0f MiB/s, %.0f nodes/s), sent after %.2f s (%.0f MiB/s)",
                    bySnapshot ? "snapshot" : "log",
                    bytes / MEBIBYTE,
                    seconds,
                    bytes / MEBIBYTE / seconds,
                    (bySnapshot ? nodes / NODES_PER_NOISE : nodes) / seconds,
                    arrived,
                    bytes / MEBIBYTE / Math.max(arrived, LOOK_MILLIS / 1e3));
        }
    }

    private static InstanceProcess launch(String name, Path directory, Map<String, String> settings) {
        return InstanceProcess.launch(new InstanceSpec(name, directory, settings, InstanceSpec.SERVER_JVM, true));
    }

    private static Driver connect(HostPort address) {
        return GraphDatabase.driver("bolt://" + address);
    }

    private static int becomeReplica(Driver replica) {
        int port = 12_301;
        run(replica, "SET REPLICATION ROLE TO REPLICA WITH PORT " + port);
        return port;
    }

    private static void fill(Driver main, int nodes) {
        try (Session session = main.session()) {
            for (int from = 0; from < nodes; from += NODES_PER_COMMIT) {
                session.run(CREATE, Map.of("n", Math.min(NODES_PER_COMMIT, nodes - from), "from", from))
                        .consume();
            }
        }
    }

    /** Nodes whose text hardly gets smaller, so that the bytes of the snapshot are those that it tells of. */
    private static void fillWithNoise(Driver main, int nodes) {
        byte[] noise = new byte[NOISE_BYTES];
        Random random = new Random(1);
        try (Session session = main.session()) {
            for (int from = 0; from < nodes; from += NOISE_PER_COMMIT) {
                List<String> texts = new ArrayList<>();
                for (int i = from; i < Math.min(nodes, from + NOISE_PER_COMMIT); i++) {
                    random.nextBytes(noise);
                    texts.add(Base64.getEncoder().encodeToString(noise));
                }
                session.run("UNWIND $texts AS text CREATE (:N {text: text})", Map.of("texts", texts))
                        .consume();
            }
        }
    }

    private static Value status(Driver main) {
        try (Session session = main.session()) {
            return session.run("SHOW REPLICAS").single().get("data_info").get("skein");
        }
    }

    private static void run(Driver driver, String statement) {
        try (Session session = driver.session()) {
            session.run(statement).consume();
        }
    }

    private static long bytesOf(Path below, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
