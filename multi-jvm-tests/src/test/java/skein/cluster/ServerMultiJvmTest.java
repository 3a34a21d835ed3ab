package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import skein.config.Settings;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** What an operator meets: starting, stopping, and being told why an instance does not start. */
final class ServerMultiJvmTest {
    @TempDir
    Path directory;

    @Test
    void sigtermStopsCleanlyUnderLoadAndLosesNothing() {
        AtomicLong ids = new AtomicLong();
        Set<Long> acknowledged;
        InstanceProcess node = start("node", Map.of());
        try (Driver driver = connect(node);
                Writer writer = new Writer(driver, ids)) {
            await().atMost(Stage.PATIENCE).until(() -> writer.acknowledged().size() > 100);
            assertThat(node.stop()).isZero();
            acknowledged = writer.acknowledged();
        }
        try (InstanceProcess again = start("node", Map.of());
                Driver driver = connect(again);
                var session = driver.session()) {
            List<Long> found = session.run("MATCH (n:W) RETURN n.id")
                    .list(row -> row.get(0).asLong());
            assertThat(found).containsAll(acknowledged);
        }
    }

    @Test
    void unknownFlagNamesTheNearestAndStartsNothing() throws IOException, InterruptedException {
        Ended ended = run("--bolt-prot=0");
        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output())
                .contains("CFG-001", "--bolt-prot", "Did you mean --bolt-port?", "Nothing was started");
    }

    @Test
    void unusableValueSaysWhatMayBeWritten() throws IOException, InterruptedException {
        Ended ended = run("--bolt-port=seven");
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).contains("CFG-002", "bolt-port", "0 to 65535");
    }

    @Test
    void takenPortIsExplained() throws IOException, InterruptedException {
        try (InstanceProcess node = start("first", Map.of())) {
            Ended ended =
                    run("--bolt-port=" + node.awaitReady().port(), "--data-directory=" + directory.resolve("second"));
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.output()).contains("NET-001", "--bolt-port").doesNotContain("\tat ");
        }
    }

    @Test
    void lockedDataDirectoryIsExplained() throws IOException, InterruptedException {
        try (InstanceProcess node = start("first", Map.of())) {
            Ended ended = run("--bolt-port=0", "--data-directory=" + directory.resolve("first"));
            assertThat(ended.status()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("lock", Long.toString(node.handle().pid()))
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void replicationThatOthersCanReachNeedsToBeAskedFor() {
        try (InstanceProcess node = start("open", Map.of("replication-address", "0.0.0.0"));
                Driver driver = connect(node);
                var session = driver.session()) {
            assertThatThrownBy(() -> session.run("SET REPLICATION ROLE TO REPLICA WITH PORT 10000")
                            .consume())
                    .hasMessageContainingAll("CFG-005", "--cluster-cert-file", "--insecure-cluster");
            assertThat(session.run("SHOW REPLICATION ROLE").single().get(0).asString())
                    .isEqualTo("main");
        }
    }

    @Test
    void halfOfWhatTlsBetweenInstancesNeedsIsRefused() throws IOException, InterruptedException {
        Ended ended =
                run("--bolt-port=0", "--cluster-cert-file=a.pem", "--data-directory=" + directory.resolve("half"));
        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.output()).contains("CFG-009", "--cluster-ca-file").doesNotContain("\tat ");
    }

    @Test
    void showConfigListsEverySettingAndWhoSetIt() {
        try (InstanceProcess node = start("node", Map.of("log-level", "ERROR"));
                Driver driver = connect(node);
                var session = driver.session()) {
            List<Record> rows = session.run("SHOW CONFIG").list();
            assertThat(rows).hasSameSizeAs(Settings.all());
            Record level = rows.stream()
                    .filter(row -> row.get("name").asString().equals("log-level"))
                    .findFirst()
                    .orElseThrow();
            assertThat(level.get("current_value").asString()).isEqualTo("ERROR");
            assertThat(level.get("description").asString()).contains("command line");
        }
    }

    private InstanceProcess start(String name, Map<String, String> settings) {
        return InstanceProcess.launch(InstanceSpec.small(name, directory, settings));
    }

    private static Driver connect(InstanceProcess node) {
        return GraphDatabase.driver("bolt://" + node.awaitReady());
    }

    private record Ended(int status, String output) {}

    /** A server that is expected to end by itself. */
    private Ended run(String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "skein.server.Main",
                "server"));
        command.addAll(List.of(flags));
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int status = process.waitFor();
        return new Ended(status, Files.readString(output, StandardCharsets.UTF_8));
    }
}
