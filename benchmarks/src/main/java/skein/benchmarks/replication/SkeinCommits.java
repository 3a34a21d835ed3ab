package skein.benchmarks.replication;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.benchmarks.Cluster;
import skein.benchmarks.bolt.ClosedLoop;
import skein.benchmarks.bolt.Requests;
import skein.vocabulary.SkeinException;

/** Commits of a MAIN with some replicas, each a process of its own: one node created per transaction. */
final class SkeinCommits {
    /** Cases by name: settings of every instance, and a replica for each mode. */
    private record Case(String name, Map<String, String> settings, List<String> replicas) {}

    private static final List<Case> CASES = List.of(
            new Case("none", Map.of(), List.of()),
            new Case("1 ASYNC", Map.of(), List.of("ASYNC")),
            new Case("1 SYNC", Map.of(), List.of("SYNC")),
            new Case("2 STRICT_SYNC", Map.of(), List.of("STRICT_SYNC", "STRICT_SYNC")),
            new Case("QUORUM 1 of 2", Map.of("replication-quorum", "1"), List.of("QUORUM", "QUORUM")));

    private static final String CREATE = "CREATE (:N {id: $i})";
    private static final int REQUESTS = 4096;
    private static final long SLOWEST_MICROS = 60_000_000;

    private final ReplicationSettings settings;
    private final Path directory;
    private final List<byte[]> requests = requests();

    SkeinCommits(ReplicationSettings settings, Path directory) {
        this.settings = settings;
        this.directory = directory;
    }

    /** Made beforehand: the client's processor time is the server's loss. */
    private static List<byte[]> requests() {
        Random random = new Random(1);
        List<byte[]> requests = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(Requests.query(CREATE, Map.of("i", random.nextLong(1_000_000_000))));
        }
        return requests;
    }

    /** Tells each case as it is done: by name, commits by number of connections. */
    Map<String, Map<Integer, Commits>> measure(Progress progress) throws IOException, InterruptedException {
        Map<String, Map<Integer, Commits>> results = new LinkedHashMap<>();
        for (Case wanted : CASES) {
            if (settings.isWanted(wanted.name)) {
                progress.begins("Skein, " + wanted.name);
                measure(wanted, results, progress);
            }
        }
        return results;
    }

    private void measure(Case wanted, Map<String, Map<Integer, Commits>> results, Progress progress)
            throws IOException, InterruptedException {
        Path place = directory.resolve(wanted.name.replace(' ', '-'));
        try (Cluster cluster = new Cluster(place, wanted.settings, wanted.replicas)) {
            warm(cluster);
            Map<Integer, Commits> commits = new LinkedHashMap<>();
            for (int connections : settings.connections()) {
                commits.put(connections, load(cluster, connections));
            }
            results.put(wanted.name, commits);
        } catch (Neo4jException | SkeinException e) {
            progress.begins("left out: " + wanted.name + ", " + e.getMessage());
        }
    }

    /** A server that has just started compiles; what is measured is one that has run for a while. */
    private void warm(Cluster cluster) throws IOException {
        int most = settings.connections().stream().max(Integer::compare).orElse(1);
        try (ClosedLoop loop = ClosedLoop.to(mainOf(cluster), most)) {
            loop.run(this::request, settings.warming(), (sent, now) -> {});
        }
    }

    private static InetSocketAddress mainOf(Cluster cluster) {
        return new InetSocketAddress(cluster.main().host(), cluster.main().port());
    }

    private Commits load(Cluster cluster, int connections) throws IOException {
        Histogram micros = new Histogram(SLOWEST_MICROS, 3);
        try (ClosedLoop loop = ClosedLoop.to(mainOf(cluster), connections)) {
            loop.run(this::request, settings.warmUp(), (sent, now) -> {});
            long begin = System.nanoTime();
            long answered = loop.run(
                    this::request,
                    settings.time(),
                    (sent, now) -> micros.recordValue(Math.min(SLOWEST_MICROS, (now - sent) / 1000)));
            return new Commits(
                    answered * 1e9 / (System.nanoTime() - begin),
                    micros.getValueAtPercentile(50),
                    micros.getValueAtPercentile(99));
        }
    }

    private byte[] request() {
        return requests.get(ThreadLocalRandom.current().nextInt(REQUESTS));
    }
}
