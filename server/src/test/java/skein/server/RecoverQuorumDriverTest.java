package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static skein.server.HighAvailability.eventually;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import picocli.CommandLine;

/** Two of three coordinators are lost with their disks, and the third goes on alone. */
class RecoverQuorumDriverTest {
    private static final AuthToken ANN = AuthTokens.basic("ann", "one");
    private static final List<String> COORDINATORS = List.of("coordinator_1", "coordinator_2", "coordinator_3");

    @TempDir
    private Path directory;

    private final StringWriter said = new StringWriter();

    @Test
    void nothingOfTheClustersStateIsLostWithTheMajority() throws IOException {
        try (HighAvailability cluster = new HighAvailability(directory)) {
            form(cluster);
            eventually(() -> assertThat(cluster.run("coordinator_3", ANN, "SHOW COORDINATOR SETTINGS")
                            .toString())
                    .contains("\"77\""));
            eventually(() -> cluster.run("data1", "CREATE (:N)"));
            assertThat(recover("coordinator_3", "--yes")).as(said.toString()).isNotZero();
            assertThat(said.toString()).contains("is locked");
            COORDINATORS.forEach(cluster::stop);
            delete(cluster.data("coordinator_1"));
            delete(cluster.data("coordinator_2"));

            assertThat(recover("coordinator_3")).isEqualTo(Main.EXIT_USAGE);
            assertThat(said.toString())
                    .contains("[data1, data2]", "MAIN data1", "[ann]", "[1, 2, 3]", "Nothing was changed")
                    .doesNotContain("Done.");
            assertThat(recover("coordinator_3", "--yes")).as(said.toString()).isZero();
            assertThat(directory.resolve("coordinator_3.before-recovery-1/role"))
                    .isDirectory();
            assertThat(recover("coordinator_3", "--yes")).isNotZero();
            assertThat(said.toString()).contains("is a group of its own already");

            cluster.start("coordinator_3");
            eventually(() -> assertThat(cluster.run("coordinator_3", ANN, "SHOW INSTANCES").stream()
                            .map(row -> row.get("name").asString() + " "
                                    + row.get("role").asString() + " "
                                    + row.get("health").asString()))
                    .containsExactly("coordinator_3 leader up", "data1 main up", "data2 replica up"));
            assertThat(cluster.run("coordinator_3", ANN, "SHOW COORDINATOR SETTINGS")
                            .toString())
                    .contains("\"77\"");
            cluster.run("coordinator_3", ANN, "RESUME FAILOVER");
            eventually(() -> cluster.run("data1", "CREATE (:N)"));
            eventually(() -> assertThat(count(cluster, "data2")).isEqualTo(2));
            cluster.start("coordinator_1");
            eventually(() -> cluster.run("coordinator_3", ANN, cluster.addition(1)));
            eventually(() -> assertThat(cluster.run("coordinator_1", ANN, "SHOW INSTANCES"))
                    .hasSize(4));
        }
    }

    private static void form(HighAvailability cluster) {
        for (int id = 1; id <= COORDINATORS.size(); id++) {
            cluster.coordinator(id, Map.of());
        }
        cluster.data("data1", Map.of());
        cluster.data("data2", Map.of());
        COORDINATORS.forEach(cluster::start);
        cluster.start("data1");
        cluster.start("data2");
        cluster.run("coordinator_1", cluster.addition(1));
        cluster.run("coordinator_1", cluster.addition(2));
        eventually(() -> cluster.run("coordinator_1", cluster.addition(3)));
        cluster.run("coordinator_1", cluster.registration("data1", ""));
        cluster.run("coordinator_1", cluster.registration("data2", ""));
        cluster.run("coordinator_1", "SET INSTANCE data1 TO MAIN");
        cluster.run("coordinator_1", "SET COORDINATOR SETTING 'max_replica_read_lag' TO '77'");
        cluster.run("coordinator_1", "CREATE USER ann IDENTIFIED BY 'one'");
    }

    private static long count(HighAvailability cluster, String name) {
        return cluster.run(name, "MATCH (n:N) RETURN count(n)")
                .getFirst()
                .get(0)
                .asLong();
    }

    private int recover(String name, String... more) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(said));
        line.setErr(new PrintWriter(said));
        return line.execute(Stream.concat(
                        Stream.of(
                                "cluster",
                                "recover-quorum",
                                "--data-directory",
                                directory.resolve(name).toString()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
