package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Values;
import skein.fault.Weather;

/**
 * A MAIN with little memory, several databases, and a replica that takes nothing or little: what waits for the replica
 * waits in the logs. {@code -Dskein.backlog.mib=2000} is the campaign.
 */
final class BacklogMemoryMultiJvmTest {
    private static final int BACKLOG_MIB = Integer.getInteger("skein.backlog.mib", 150);
    private static final int HEAP_MIB = 112;
    private static final int LIVE_MIB_MAX = 90;
    private static final int PIECE_BYTES = 256 << 10;
    private static final int BYTES_PER_SECOND = 512 << 10;
    private static final List<String> DATABASES = List.of("skein", "second", "third");
    private static final Pattern USED = Pattern.compile("generation.*used (\\d+)K");
    private static final Map<String, String> SETTINGS = Map.of(
            "replication-replica-check-frequency-sec", "0.2",
            "storage-snapshot-interval", "0",
            "storage-snapshot-on-exit", "false",
            "storage-wal-file-size-kib", "8192",
            "replication-window-mib-max", "4");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"slow", "silent", "dead"})
    void whatAReplicaDoesNotTakeStaysOnDisk(String kind) throws Exception {
        try (Stage stage = new Stage(directory, SETTINGS, List.of("-Xmx" + HEAP_MIB + "m"))) {
            stage.start("main", "replica");
            DATABASES.stream().skip(1).forEach(name -> stage.run("main", "CREATE DATABASE " + name));
            stage.makeReplica("replica", 12_301);
            stage.register("main", "replica", "ASYNC");
            stage.awaitState("main", "replica", "ready");
            switch (kind) {
                case "slow" -> stage.link("main", "replica").forth(new Weather.Throttled(BYTES_PER_SECOND));
                case "silent" -> stage.link("main", "replica").weather(Weather.SILENT);
                default -> stage.kill("replica");
            }
            int last = write(stage);
            long live = liveMib(stage.node("main").handle().pid());
            System.out.println(kind + ": " + BACKLOG_MIB + " MiB for a replica, " + live + " MiB alive on the MAIN");
            assertThat(live).as("MiB alive").isLessThan(LIVE_MIB_MAX);

            if (kind.equals("dead")) {
                stage.restart("replica");
            }
            stage.link("main", "replica").heal();
            for (String database : DATABASES) {
                await().atMost(Duration.ofMinutes(2)).until(() -> number(stage, database) == last);
            }
        }
    }

    /** Changes one node of each database again and again: the logs grow and the graphs do not. */
    private static int write(Stage stage) {
        byte[] noise = new byte[PIECE_BYTES * 3 / 4];
        DATABASES.forEach(name -> run(stage, name, "CREATE (:Big {i: 0, text: $text})", 0, ""));
        int pieces = (int) ((long) BACKLOG_MIB * (1 << 20) / PIECE_BYTES);
        for (int i = 1; i <= pieces; i++) {
            new Random(i).nextBytes(noise);
            String text = Base64.getEncoder().encodeToString(noise);
            run(stage, DATABASES.get(i % DATABASES.size()), "MATCH (n:Big) SET n.i = $i, n.text = $text", i, text);
        }
        DATABASES.forEach(name -> run(stage, name, "MATCH (n:Big) SET n.i = $i, n.text = $text", pieces + 1, ""));
        return pieces + 1;
    }

    private static void run(Stage stage, String database, String statement, int i, String text) {
        try (Session session = stage.driver("main").session(SessionConfig.forDatabase(database))) {
            session.run(statement, Values.parameters("i", i, "text", text)).consume();
        }
    }

    private static int number(Stage stage, String database) {
        try (Session session = stage.driver("replica").session(SessionConfig.forDatabase(database))) {
            return session.run("MATCH (n:Big) RETURN n.i").list().stream()
                    .findFirst()
                    .map(row -> row.get(0).asInt())
                    .orElse(-1);
        }
    }

    private static long liveMib(long pid) throws IOException, InterruptedException {
        jcmd(pid, "GC.run");
        Matcher used = USED.matcher(jcmd(pid, "GC.heap_info"));
        long kib = 0;
        while (used.find()) {
            kib += Long.parseLong(used.group(1));
        }
        return kib >> 10;
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
