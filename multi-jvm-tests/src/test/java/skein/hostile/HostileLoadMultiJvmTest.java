package skein.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.vocabulary.HostPort;

/**
 * Hostile clients from many addresses, one kind after the other, while ordinary clients go on: those see no failure,
 * and the process needs little more memory.
 *
 * <p>On a build machine everybody shares few processors, attackers included, so that times say little there: the bound
 * is wide. {@code -Dskein.hostile.seconds=60 -Dskein.hostile.ratio=2 -Dskein.hostile.floor=0} is the campaign.
 */
final class HostileLoadMultiJvmTest {
    private static final int SECONDS = Integer.getInteger("skein.hostile.seconds", 5);
    /** How many times the 99th percentile of the quiet part is allowed, */
    private static final int RATIO = Integer.getInteger("skein.hostile.ratio", 20);
    /** and what is allowed in any case, in milliseconds. */
    private static final int FLOOR_MILLIS = Integer.getInteger("skein.hostile.floor", 1_000);

    private static final long MEMORY_GROWTH_MAX = 200L << 20;
    /** All of the heap is there from the start: with this little, what strangers take cannot hide in it. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    @TempDir
    private Path directory;

    private record Kind(String name, int connections, Flood.Attack attack) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("5,000 half-open", 5_000, Attacks::halfOpen),
            new Kind("500 that drip", 500, Attacks::drip),
            new Kind("16 floods of RESET", 16, Attacks::resets),
            new Kind("sizes of 2^31 from 16", 16, Attacks::declaredSizes));

    @Test
    void ordinaryClientsAreServedWhileOthersMeanHarm() throws IOException, InterruptedException {
        try (InstanceProcess node = launch();
                Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady())) {
            attackOneByOne(KINDS, node, driver);
        }
    }

    @Test
    void ordinaryClientsAreServedWhileOthersGuessPasswords() throws IOException, InterruptedException {
        Kind guesses = new Kind("1,000 wrong logins a second from 100", 100, Attacks::wrongLogin);
        try (InstanceProcess node = launch()) {
            String uri = "bolt://" + node.awaitReady();
            try (Driver first = GraphDatabase.driver(uri);
                    Session session = first.session()) {
                session.run("CREATE USER ann SET PASSWORD 'correct horse' CHANGE NOT REQUIRED")
                        .consume();
            }
            try (Driver driver = GraphDatabase.driver(uri, AuthTokens.basic("ann", "correct horse"))) {
                attackOneByOne(List.of(guesses), node, driver);
            }
        }
    }

    private InstanceProcess launch() {
        return InstanceProcess.launch(new InstanceSpec("node", directory, Map.of(), JVM, true));
    }

    private static void attackOneByOne(List<Kind> kinds, InstanceProcess node, Driver driver)
            throws IOException, InterruptedException {
        try (HealthyClients healthy = new HealthyClients(driver)) {
            healthy.measure(SECONDS);
            HealthyClients.Latencies quiet = healthy.measure(SECONDS);
            long memory = residentBytes(node);
            say("quiet: " + quiet.words());
            double allowed = Math.max(FLOOR_MILLIS, RATIO * quiet.millisAt(0.99));
            List<String> failures = new ArrayList<>();
            for (Kind kind : kinds) {
                attack(kind, node, healthy, memory, allowed, failures);
            }
            assertThat(failures).isEmpty();
            assertThat(healthy.failure()).isNull();
        }
    }

    private static void attack(
            Kind kind, InstanceProcess node, HealthyClients healthy, long memory, double allowed, List<String> failures)
            throws IOException, InterruptedException {
        HostPort address = node.awaitReady();
        long grown;
        HealthyClients.Latencies during;
        String numbers;
        try (Flood flood = new Flood(address, kind.connections(), kind.attack())) {
            during = healthy.measure(SECONDS);
            grown = residentBytes(node) - memory;
            numbers = flood.opened() + " connections opened, " + flood.refused() + " ended by the server";
        }
        say("%s: %s; %+d MiB; %s".formatted(kind.name(), during.words(), grown >> 20, numbers));
        if (during.millisAt(0.99) > allowed) {
            failures.add("%s: p99 %.1f ms, %.1f allowed".formatted(kind.name(), during.millisAt(0.99), allowed));
        }
        if (grown > MEMORY_GROWTH_MAX) {
            failures.add("%s: %d MiB more".formatted(kind.name(), grown >> 20));
        }
    }

    /** As the system counts it, heap and all else. */
    private static long residentBytes(InstanceProcess node) throws IOException {
        Path status = Path.of("/proc", Long.toString(node.handle().pid()), "status");
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                .findFirst()
                .orElseThrow();
    }

    private static void say(String line) {
        System.out.println("hostile load, " + line);
    }
}
