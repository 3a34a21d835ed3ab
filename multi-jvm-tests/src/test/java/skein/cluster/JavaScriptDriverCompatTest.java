package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tutorial through the JavaScript driver from npm; aborted where there is no Node.js. */
final class JavaScriptDriverCompatTest {
    private static final Path SCRIPTS = Path.of("src", "test", "js");

    @TempDir
    Path directory;

    @Test
    void tutorialWorksWithTheNpmDriver() throws IOException, InterruptedException {
        assumeTrue(
                Files.isDirectory(SCRIPTS) && run(List.of("node", "--version")).status() == 0, "Node.js is needed");
        Path scripts = Files.createDirectories(Path.of("target", "js"));
        for (String file : List.of("package.json", "tutorial.mjs")) {
            Files.write(scripts.resolve(file), Files.readAllBytes(SCRIPTS.resolve(file)));
        }
        if (!Files.isDirectory(scripts.resolve("node_modules"))) {
            Outcome install = run(List.of("npm", "install", "--no-audit", "--no-fund", "--prefix", scripts.toString()));
            assertThat(install.status()).as(install.output()).isZero();
        }
        try (Stage stage = new Stage(directory)) {
            stage.start("main", "replica");
            stage.makeReplica("replica", 10_701);
            int port = stage.replicationPort("replica");
            stage.run("replica", "SET REPLICATION ROLE TO MAIN");
            Outcome tutorial = run(List.of(
                    "node",
                    scripts.resolve("tutorial.mjs").toString(),
                    "bolt://" + stage.node("main").awaitReady(),
                    "bolt://" + stage.node("replica").awaitReady(),
                    Integer.toString(port)));
            assertThat(tutorial.status()).as(tutorial.output()).isZero();
            assertThat(tutorial.output()).contains("all as documented");
        }
    }

    private record Outcome(int status, String output) {}

    private static Outcome run(List<String> command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            return new Outcome(127, String.valueOf(e.getMessage()));
        }
    }
}
