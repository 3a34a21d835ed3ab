package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Value;
import org.neo4j.driver.Values;
import skein.fault.FaultProxy;
import skein.fault.Weather;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.HostPort;

/** Real processes: a replica is rebuilt from a snapshot while writes go on, whatever happens to it meanwhile. */
final class RebuildMultiJvmTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PORT = 21_310;
    private static final int NODES = 48;
    private static final int TEXT_BYTES = 150_000;
    private static final int BYTES_PER_SECOND = 2 << 20;
    private static final Map<String, String> LITTLE_LOG = Map.of(
            "storage-wal-file-size-kib", "1024",
            "storage-wal-retention-mib", "0",
            "storage-wal-retention-replica-mib", "1",
            "storage-snapshot-retention-count", "1",
            "storage-snapshot-interval", "0",
            "replication-replica-check-frequency-sec", "1");

    @TempDir
    private Path directory;

    private InstanceProcess start(String name) {
        return InstanceProcess.launch(InstanceSpec.small(name, directory, LITTLE_LOG));
    }

    private static Driver connect(InstanceProcess node) {
        return GraphDatabase.driver("bolt://" + node.awaitReady());
    }

    private static List<Record> run(Driver driver, String statement, Object... parameters) {
        try (Session session = driver.session()) {
            return session.run(statement, Values.parameters(parameters)).list();
        }
    }

    /** As drivers do it: a registration may open a new reign, and refuses writes for a moment. */
    private static void write(Driver driver, int i) {
        try (Session session = driver.session()) {
            session.executeWriteWithoutResult(transaction ->
                    transaction.run("CREATE (:Small {i: $i})", Map.of("i", i)).consume());
        }
    }

    /** Text that cannot be compressed by much. */
    private static void fill(Driver main) {
        byte[] noise = new byte[TEXT_BYTES];
        for (int i = 0; i < NODES; i++) {
            new Random(i).nextBytes(noise);
            run(
                    main,
                    "CREATE (:Big {i: $i, text: $text})",
                    "i",
                    i,
                    "text",
                    Base64.getEncoder().encodeToString(noise));
        }
    }

    private static Value stream(Driver main) {
        return run(main, "SHOW REPLICAS").getFirst().get("data_info").get("skein");
    }

    private static void awaitReady(Driver main) {
        await().atMost(PATIENCE)
                .until(() -> stream(main).get("status").asString().equals("ready"));
    }

    /** All that there is, in an order. */
    private static List<Record> everything(Driver driver) {
        return run(driver, "MATCH (n) RETURN labels(n)[0] AS l, n.i AS i, n.text AS t ORDER BY l, i");
    }

    @Test
    void killedInTheMiddleItGoesOnWhereItWasWhileWritesGoOn() throws Exception {
        InstanceProcess replica = start("replica");
        try (InstanceProcess main = start("main");
                Driver onMain = connect(main);
                FaultProxy network = new FaultProxy(new HostPort("127.0.0.1", PORT), 1)) {
            try (Driver onReplica = connect(replica)) {
                run(onReplica, "SET REPLICATION ROLE TO REPLICA WITH PORT " + PORT);
            }
            fill(onMain);
            run(onMain, "CREATE SNAPSHOT");
            Path snapshot = only(directory.resolve("main"), ".snapshot");
            long bytes = Files.size(snapshot);
            var written = new AtomicInteger();
            var writing = new AtomicBoolean(true);
            var writer = CompletableFuture.runAsync(() -> {
                while (writing.get()) {
                    write(onMain, written.incrementAndGet());
                }
            });
            network.weather(new Weather.Throttled(BYTES_PER_SECOND));
            run(onMain, "REGISTER REPLICA r ASYNC TO '" + network.address() + "'");
            await().atMost(PATIENCE)
                    .until(() -> !stream(onMain).get("catch_up").isNull()
                            && stream(onMain).get("catch_up").get("percent").asInt() > 50);
            assertThat(stream(onMain).get("catch_up").get("by").asString()).isEqualTo("snapshot");
            assertThat(stream(onMain).get("status").asString()).isEqualTo("recovery");

            replica.kill();
            long there = Files.size(only(directory.resolve("replica"), ".incoming"));
            assertThat(there).isBetween(bytes / 3, bytes - 1);
            await().atMost(PATIENCE)
                    .until(() -> stream(onMain).get("status").asString().equals("invalid"));
            replica = start("replica");
            try (Driver onReplica = connect(replica)) {
                await().atMost(PATIENCE)
                        .until(() -> !stream(onMain).get("catch_up").isNull());
                // nearly all of what was there counts again at once
                assertThat(stream(onMain).get("catch_up").get("percent").asLong())
                        .isGreaterThanOrEqualTo(there * 100 / bytes - 5);
                network.weather(Weather.CLEAR);
                awaitReady(onMain);
                writing.set(false);
                writer.join();
                awaitReady(onMain);
                await().atMost(PATIENCE)
                        .until(() -> run(onReplica, "MATCH (n:Small) RETURN count(n)")
                                        .getFirst()
                                        .get(0)
                                        .asInt()
                                == written.get());
                assertThat(everything(onReplica)).isEqualTo(everything(onMain));
            }
        } finally {
            replica.close();
        }
    }

    @Test
    void aReplicaThatWasAwayTooLongComesBackBySnapshotAndOneWithANewDiskAfterItsRegistration() throws Exception {
        InstanceProcess replica = start("replica");
        try (InstanceProcess main = start("main");
                Driver onMain = connect(main)) {
            becomeReplica(replica);
            run(onMain, "REGISTER REPLICA r SYNC TO '127.0.0.1:" + PORT + "'");
            run(onMain, "CREATE (:Early)");
            awaitReady(onMain);
            replica.kill();
            fill(onMain);
            run(onMain, "CREATE SNAPSHOT");
            run(onMain, "CREATE (:Late)");
            long logBytes = bytesOf(directory.resolve("main"), ".log");
            assertThat(logBytes).as("the backlog of a dead replica").isLessThan(4L << 20);

            replica = start("replica");
            try (Driver onReplica = connect(replica)) {
                awaitReady(onMain);
                assertThat(everything(onReplica)).isEqualTo(everything(onMain));
            }

            replica.kill();
            wipe(directory.resolve("replica"));
            replica = start("replica");
            becomeReplica(replica);
            run(onMain, "DROP REPLICA r");
            run(onMain, "REGISTER REPLICA r SYNC TO '127.0.0.1:" + PORT + "'");
            awaitReady(onMain);
            try (Driver onReplica = connect(replica)) {
                assertThat(everything(onReplica)).isEqualTo(everything(onMain));
            }
        } finally {
            replica.close();
        }
    }

    private static void becomeReplica(InstanceProcess replica) {
        try (Driver driver = connect(replica)) {
            run(driver, "SET REPLICATION ROLE TO REPLICA WITH PORT " + PORT);
        }
    }

    private static Path only(Path below, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static long bytesOf(Path below, String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void wipe(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
