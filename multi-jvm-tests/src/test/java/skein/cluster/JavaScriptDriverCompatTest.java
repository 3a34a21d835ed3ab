package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.clients.Command;
import skein.clients.js.NodeScripts;

/** The tutorial through the JavaScript driver from npm; aborted where there is no Node.js. */
final class JavaScriptDriverCompatTest {
    @TempDir
    Path directory;

    @Test
    void tutorialWorksWithTheNpmDriver() {
        assumeTrue(NodeScripts.areUsable(), "Node.js is needed");
        Path scripts = NodeScripts.directory();
        try (Stage stage = new Stage(directory)) {
            stage.start("main", "replica");
            stage.makeReplica("replica", 10_701);
            int port = stage.replicationPort("replica");
            stage.run("replica", "SET REPLICATION ROLE TO MAIN");
            Command.Outcome tutorial = Command.run(List.of(
                    "node",
                    scripts.resolve("tutorial.mjs").toString(),
                    "bolt://" + stage.node("main").awaitReady(),
                    "bolt://" + stage.node("replica").awaitReady(),
                    Integer.toString(port)));
            assertThat(tutorial.status()).as(tutorial.output()).isZero();
            assertThat(tutorial.output()).contains("all as documented");
        }
    }
}
