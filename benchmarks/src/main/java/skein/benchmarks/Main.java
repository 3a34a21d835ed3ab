package skein.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.server.child.InstanceSpec;

/**
 * Whole-system figures: {@code [seconds per figure] [directory]}. Prints machine, settings, the disk's own rate, and
 * then one line per figure.
 */
public final class Main {
    private static final String CREATE = "CREATE (:N {id: $i})";
    private static final String POINT_READ = "MATCH (n:N {id: $i}) RETURN n.id";
    private static final int POINT_READ_NODES = 100_000;
    private static final Pattern USED_HEAP = Pattern.compile("used (\\d+)K");

    private final Duration time;
    private final Path directory;

    private Main(Duration time, Path directory) {
        this.time = time;
        this.directory = directory;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Duration time = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 5);
        Path directory = arguments.length > 1
                ? Files.createDirectories(Path.of(arguments[1]))
                : Files.createTempDirectory("skein-benchmark-");
        new Main(time, directory).run();
    }

    private void run() throws IOException, InterruptedException {
        print(
                "java %s, %d processors, %d s per figure after %d s of warm-up, instances with %s",
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                time.toSeconds(),
                warmUp().toSeconds(),
                InstanceSpec.SERVER_JVM);
        for (String policy : List.of("0", "1")) {
            for (List<String> replicas : List.of(List.<String>of(), List.of("SYNC"), List.of("ASYNC"))) {
                measureCommits(policy, replicas);
            }
        }
        measureIdleAndReads();
    }

    private Duration warmUp() {
        return time.dividedBy(2).plusSeconds(2);
    }

    private void measureCommits(String policy, List<String> replicas) throws IOException, InterruptedException {
        String name = "commits-" + policy + "-" + String.join("", replicas);
        try (Cluster cluster =
                new Cluster(directory.resolve(name), Map.of("storage-wal-file-flush-every-n-tx", policy), replicas)) {
            for (int connections : List.of(1, 8, 64)) {
                Load.Result result = Load.run(cluster.main(), CREATE, i -> i, connections, warmUp(), time);
                double forces = Disk.forcesPerSecond(directory, Duration.ofSeconds(1));
                print(
                        "create node   flush=%-5s replicas=%-7s connections=%-3d %9.0f commits/s  p50 %6d us"
                                + "  p99 %6d us  disk %6.0f forces/s",
                        policy.equals("1") ? "batch" : "off",
                        replicas.isEmpty() ? "none" : replicas.getFirst(),
                        connections,
                        result.perSecond(),
                        result.p50Micros(),
                        result.p99Micros(),
                        forces);
            }
        }
    }

    private void measureIdleAndReads() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (Cluster cluster = new Cluster(directory.resolve("reads"), Map.of(), List.of())) {
            print("start-up      JVM start to ready line %.2f s", (System.nanoTime() - begin) / 1e9);
            print("idle heap     %d KiB used after a full collection", usedHeapKib(cluster.mainPid()));
            Cluster.runOn(cluster.main(), "CREATE INDEX ON :N(id)");
            Cluster.runOn(cluster.main(), "UNWIND range(1, " + POINT_READ_NODES + ") AS i CREATE (:N {id: i})");
            for (int connections : List.of(1, 8)) {
                Load.Result result = Load.run(
                        cluster.main(), POINT_READ, i -> i % POINT_READ_NODES + 1, connections, warmUp(), time);
                print(
                        "point read    %d nodes, indexed property, connections=%-3d %9.0f reads/s  p50 %6d us  p99 %6d us",
                        POINT_READ_NODES, connections, result.perSecond(), result.p50Micros(), result.p99Micros());
            }
        }
    }

    private static long usedHeapKib(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = USED_HEAP.matcher(jcmd(pid, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("jcmd did not tell the heap's use");
        }
        return Long.parseLong(used.group(1));
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    private static void print(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
