package skein.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/** A reader of README.md gets what it says. */
final class ReadmeCompatTest {
    private static final Path ROOT = Path.of("..");
    /** The command that runs this very test. */
    private static final String THIS_BUILD = "mvn verify";

    @TempDir
    Path directory;

    @Test
    void everyShellBlockSucceeds() throws IOException, InterruptedException {
        List<String> commands = Document.read(ROOT.resolve("README.md")).blocks("sh").stream()
                .flatMap(String::lines)
                .filter(command -> !command.equals(THIS_BUILD))
                .toList();
        assertThat(commands).hasSizeGreaterThan(3);
        Path data = stoppedInstance();
        for (String command : commands) {
            Process process = new ProcessBuilder("sh", "-c", command.replace("./data", data.toString()))
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output").toFile())
                    .start();
            boolean ended = process.waitFor(180, TimeUnit.SECONDS);
            process.destroyForcibly();
            String output = Files.readString(directory.resolve("output"), StandardCharsets.UTF_8);
            assertThat(ended && process.exitValue() == 0)
                    .as(command + "\n" + output)
                    .isTrue();
        }
    }

    private Path stoppedInstance() {
        InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("stopped", directory, Map.of()));
        run(node, "CREATE (:City {name: 'Lyon'})");
        assertThat(node.stop()).isZero();
        return directory.resolve("stopped");
    }

    @Test
    void javaSnippetIsTheCompiledOneAndRuns() throws IOException {
        Path source = Path.of("src", "test", "java", "skein", "docs", "DriverSnippet.java");
        String compiled = Files.readString(source)
                .lines()
                .dropWhile(line -> !line.strip().equals("// begin"))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// end"))
                .map(line -> line.substring(Math.min(8, line.length())) + "\n")
                .reduce("", String::concat);
        String shown = Document.read(ROOT.resolve("README.md")).blocks("java").getFirst();
        assertThat(shown.replace("\"bolt://127.0.0.1:7687\"", "uri")).isEqualTo(compiled);
        try (InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("readme", directory, Map.of()))) {
            DriverSnippet.run("bolt://" + node.awaitReady());
        }
    }

    @Test
    void replicationStatementsAreAccepted() throws IOException {
        List<String> blocks = cypherBlocks(true);
        assertThat(blocks).hasSize(4);
        List<String> names = List.of("main", "replica_1", "replica_2", "replica_3");
        List<InstanceProcess> nodes = names.stream()
                .map(name -> InstanceProcess.launch(InstanceSpec.small(name, directory, Map.of())))
                .toList();
        try {
            String toMain = blocks.get(1);
            for (int i = 1; i < nodes.size(); i++) {
                int port = Ports.firstUsableFor(nodes.get(i), blocks.getFirst(), 10_000 + i);
                toMain = toMain.replace("127.0.0.1:" + (10_000 + i), "127.0.0.1:" + port);
                blocks = replaced(blocks, "127.0.0.1:" + (10_000 + i), "127.0.0.1:" + port);
            }
            run(nodes.get(0), toMain);
            nodes.get(0).kill();
            run(nodes.get(1), blocks.get(2));
            run(nodes.get(2), blocks.get(3));
        } finally {
            nodes.forEach(InstanceProcess::close);
        }
    }

    @Test
    void everyOtherStatementIsAccepted() throws IOException {
        List<String> blocks = cypherBlocks(false);
        assertThat(blocks).hasSizeGreaterThan(1);
        String somePath = "/path/to/a.snapshot";
        assertThat(String.join("", blocks)).contains(somePath);
        for (int i = 0; i < blocks.size(); i++) {
            try (InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("node" + i, directory, Map.of()))) {
                run(node, "CREATE (:City {name: 'Lyon'})");
                for (String statement : blocks.get(i).lines().toList()) {
                    boolean names = statement.contains(somePath);
                    run(node, names ? statement.replace(somePath, newestSnapshot(node)) : statement);
                }
            }
        }
    }

    /** Blocks about several instances, in their order, or all others: each of these stands for itself. */
    private static List<String> cypherBlocks(boolean aboutReplication) throws IOException {
        return Document.read(ROOT.resolve("README.md")).blocks("cypher").stream()
                .filter(block ->
                        aboutReplication == (block.contains("REPLICATION ROLE") || block.contains("REGISTER REPLICA")))
                .toList();
    }

    private static String newestSnapshot(InstanceProcess node) {
        try (Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady());
                Session session = driver.session()) {
            return session.run("SHOW SNAPSHOTS").list().getFirst().get("path").asString();
        }
    }

    private static List<String> replaced(List<String> blocks, String address, String other) {
        return Stream.concat(
                        blocks.stream().limit(2), blocks.stream().skip(2).map(block -> block.replace(address, other)))
                .toList();
    }

    private static void run(InstanceProcess node, String block) {
        try (Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady());
                Session session = driver.session()) {
            block.lines().forEach(statement -> session.run(statement).consume());
        }
    }
}
