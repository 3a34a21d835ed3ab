package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static skein.server.HighAvailability.eventually;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;

/** A cluster that nobody types anything for: what forms it, who routes in it, and what a planned stop does. */
class ClusterFromConfigurationDriverTest {
    @TempDir
    private Path directory;

    @Test
    void aFileFormsTheClusterEveryInstanceRoutesAndAPlannedStopHandsOverFirst() throws IOException {
        Path file = directory.resolve("cluster.cypherl");
        try (HighAvailability cluster = new HighAvailability(directory)) {
            cluster.coordinator(1, Map.of("SKEIN_HA_CLUSTER_INIT_QUERIES", file.toString()));
            cluster.coordinator(2, Map.of());
            cluster.data("data1", Map.of());
            cluster.data("data2", Map.of());
            Files.writeString(
                    file,
                    String.join(
                            ";\n",
                            cluster.addition(1),
                            cluster.addition(2),
                            cluster.registration("data1", ""),
                            cluster.registration("data2", ""),
                            "SET INSTANCE data1 TO MAIN"));

            // the one with the file is the first: the others are not there yet
            List.of("coordinator_1", "coordinator_2", "data1", "data2").forEach(cluster::start);

            eventually(() -> cluster.run("data1", "CREATE (:N)"));
            assertThat(cluster.run("coordinator_2", "SHOW INSTANCES")).hasSize(4);
            eventually(() -> assertThat(candidates(cluster)).contains("data2"));
            everyInstanceLeadsToTheMain(cluster);

            // what the file says is done already: it is refused, and nothing changes
            cluster.stop("coordinator_1");
            cluster.start("coordinator_1");
            eventually(() ->
                    assertThat(cluster.run("coordinator_1", "SHOW INSTANCES")).hasSize(4));
            assertThat(newestChange(cluster).get("to").asString()).isEqualTo("data1");

            eventually(() -> assertThat(candidates(cluster)).contains("data2"));
            cluster.stop("data1");

            Record change = newestChange(cluster);
            assertThat(change.get("cause").asString()).isEqualTo("data1 was asked to end");
            assertThat(change.get("to").asString()).isEqualTo("data2");
            eventually(() -> cluster.run("data2", "CREATE (:N)"));
            assertThat(cluster.run("data2", "MATCH (n:N) RETURN n")).hasSizeGreaterThanOrEqualTo(6);
        }
    }

    /** Coordinators, the MAIN and a replica answer ROUTE, with the same writer. */
    private static void everyInstanceLeadsToTheMain(HighAvailability cluster) {
        for (String name : List.of("coordinator_1", "coordinator_2", "data1", "data2")) {
            try (Driver driver = GraphDatabase.driver("neo4j://" + cluster.bolt(name));
                    Session session = driver.session()) {
                eventually(() -> assertThat(
                                session.executeWrite(tx -> tx.run("CREATE (:N)").consume())
                                        .server()
                                        .address())
                        .as("where " + name + " sends writers")
                        .isEqualTo(cluster.bolt("data1")));
            }
        }
    }

    private static List<String> candidates(HighAvailability cluster) {
        return cluster.run("coordinator_1", "SHOW FAILOVER CANDIDATES").stream()
                .filter(row -> row.get("eligible").asBoolean())
                .map(row -> row.get("instance_name").asString())
                .toList();
    }

    private static Record newestChange(HighAvailability cluster) {
        return cluster.run("coordinator_2", "SHOW FAILOVERS").getFirst();
    }
}
