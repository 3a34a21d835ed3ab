package skein.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/**
 * Hostile clients from many addresses, one kind after the other, while ordinary clients go on: those see no failure,
 * wait little longer than without, and the process needs little more memory.
 *
 * <p>{@code -Dskein.hostile.seconds=60 -Dskein.hostile.ratio=2 -Dskein.hostile.floor=0 -Dskein.hostile.pace=0.99} is
 * the campaign; {@code -Dskein.hostile.kinds=RESETS} chooses.
 */
final class HostileLoadMultiJvmTest {
    private static final int SECONDS = Integer.getInteger("skein.hostile.seconds", 5);
    private static final int WARM_UP_SECONDS_MAX = 10;
    private static final int QUIET_SECONDS_MAX = 30;
    /** How many times the 99th percentile of the quiet part is allowed, */
    private static final double RATIO = Double.parseDouble(System.getProperty("skein.hostile.ratio", "5"));
    /** and what is allowed in any case, in milliseconds. */
    private static final double FLOOR_MILLIS = Double.parseDouble(System.getProperty("skein.hostile.floor", "100"));
    /** Attackers have a machine of their own elsewhere; here they get what everybody else leaves. */
    private static final int NICENESS = Integer.getInteger("skein.hostile.niceness", 19);
    /** Of the lives a second that a kind of attack is meant to have. */
    private static final double PACE_REACHED_MIN = Double.parseDouble(System.getProperty("skein.hostile.pace", "0.1"));

    private static final Set<String> CHOSEN =
            Set.of(System.getProperty("skein.hostile.kinds", "").split(","));

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

    @Test
    void ordinaryClientsAreServedWhileOthersMeanHarm() throws IOException, InterruptedException {
        try (InstanceProcess node = launch();
                Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady())) {
            attackOneByOne(
                    List.of(AttackKind.HALF_OPEN, AttackKind.DRIP, AttackKind.RESETS, AttackKind.DECLARED_SIZES),
                    node,
                    driver);
        }
    }

    @Test
    void ordinaryClientsAreServedWhileOthersGuessPasswords() throws IOException, InterruptedException {
        try (InstanceProcess node = launch()) {
            String uri = "bolt://" + node.awaitReady();
            try (Driver first = GraphDatabase.driver(uri);
                    Session session = first.session()) {
                session.run("CREATE USER ann SET PASSWORD 'correct horse' CHANGE NOT REQUIRED")
                        .consume();
            }
            try (Driver driver = GraphDatabase.driver(uri, AuthTokens.basic("ann", "correct horse"))) {
                attackOneByOne(List.of(AttackKind.WRONG_LOGINS), node, driver);
            }
        }
    }

    private InstanceProcess launch() {
        return InstanceProcess.launch(new InstanceSpec("node", directory, Map.of(), JVM, true));
    }

    private static void attackOneByOne(List<AttackKind> kinds, InstanceProcess node, Driver driver)
            throws IOException, InterruptedException {
        try (HealthyClients healthy = new HealthyClients(driver)) {
            healthy.measure(Math.min(SECONDS, WARM_UP_SECONDS_MAX));
            int quietSeconds = Math.min(SECONDS, QUIET_SECONDS_MAX);
            Duration processorTime = processorTime(node);
            HealthyClients.Latencies quiet = healthy.measure(quietSeconds);
            long memory = residentBytes(node);
            say("quiet: %s; server %.2f processors"
                    .formatted(quiet.words(), processors(processorTime(node).minus(processorTime), quietSeconds)));
            List<String> failures = new ArrayList<>();
            for (AttackKind kind : kinds) {
                if (CHOSEN.contains("") || CHOSEN.contains(kind.name())) {
                    attack(kind, node, healthy, memory, quiet, failures);
                }
            }
            assertThat(failures).isEmpty();
            assertThat(healthy.failure()).isNull();
        }
    }

    private static void attack(
            AttackKind kind,
            InstanceProcess node,
            HealthyClients healthy,
            long memory,
            HealthyClients.Latencies quiet,
            List<String> failures)
            throws IOException, InterruptedException {
        try (Attackers attackers = Attackers.against(node.awaitReady(), kind, NICENESS)) {
            Flood.Counts before = attackers.counts();
            Duration attackersTime = attackers.processorTime();
            Duration serverTime = processorTime(node);
            long start = System.nanoTime();
            HealthyClients.Latencies during = healthy.measure(SECONDS);
            Flood.Counts counts = attackers.counts().since(before);
            double seconds = (System.nanoTime() - start) / 1e9;
            long grown = residentBytes(node) - memory;
            say("%s: %s, %.1f times quiet; %+d MiB; server %.2f processors, attackers %.2f; %s"
                    .formatted(
                            kind.title(),
                            during.words(),
                            during.millisAt(0.99) / quiet.millisAt(0.99),
                            grown >> 20,
                            processors(processorTime(node).minus(serverTime), seconds),
                            processors(attackers.processorTime().minus(attackersTime), seconds),
                            words(counts, seconds)));
            judge(kind, during, quiet, grown, counts.ended() / seconds, failures);
        }
    }

    private static String words(Flood.Counts counts, double seconds) {
        return "a second, %.0f connections opened, %.0f that did what they meant to, %.0f ended by the server"
                .formatted(counts.opened() / seconds, counts.ended() / seconds, counts.refused() / seconds);
    }

    private static void judge(
            AttackKind kind,
            HealthyClients.Latencies during,
            HealthyClients.Latencies quiet,
            long grown,
            double livesPerSecond,
            List<String> failures) {
        double allowed = Math.max(FLOOR_MILLIS, RATIO * quiet.millisAt(0.99));
        if (during.millisAt(0.99) > allowed) {
            failures.add("%s: p99 %.1f ms, %.1f allowed".formatted(kind.title(), during.millisAt(0.99), allowed));
        }
        if (grown > MEMORY_GROWTH_MAX) {
            failures.add("%s: %d MiB more".formatted(kind.title(), grown >> 20));
        }
        if (livesPerSecond < PACE_REACHED_MIN * kind.livesPerSecond()) {
            failures.add("%s: the attack reached only %.0f a second".formatted(kind.title(), livesPerSecond));
        }
    }

    private static Duration processorTime(InstanceProcess node) {
        return node.handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static double processors(Duration time, double seconds) {
        return time.toMillis() / seconds / 1_000;
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
