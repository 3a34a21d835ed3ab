package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skein.server.HighAvailability.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.TransientException;

/** A coordinator and its data instances, by the driver that people use. */
class CoordinatedInstancesDriverTest {
    @TempDir
    private Path directory;

    @Test
    void anInstanceThatWasPromotedWithoutCoordinatorsIsMainUnderThemWithItsData() {
        try (HighAvailability cluster = new HighAvailability(directory)) {
            cluster.coordinator(1, Map.of());
            cluster.data("data1", Map.of());
            cluster.data("data2", Map.of());
            promoteAlone(cluster, "data1", 3);
            promoteAlone(cluster, "data2", 5);
            cluster.start("coordinator_1");
            cluster.start("data1");
            cluster.run("coordinator_1", cluster.addition(1));
            cluster.run("coordinator_1", cluster.registration("data1", ""));

            cluster.run("coordinator_1", "SET INSTANCE data1 TO MAIN");

            assertThat(count(cluster, "data1")).isEqualTo(1);
            eventually(() -> cluster.run("data1", "CREATE (:N)"));
            assertThat(reign(cluster)).isGreaterThan(3);
            // one with a higher term than that: the MAIN goes on in a reign above it
            cluster.start("data2");
            cluster.run("coordinator_1", cluster.registration("data2", "") + " RESYNC");
            eventually(() -> assertThat(reign(cluster)).isGreaterThan(5));
            eventually(() -> cluster.run("data1", "CREATE (:N)"));
            eventually(() -> assertThat(count(cluster, "data2")).isEqualTo(3));
        }
    }

    @Test
    void aClusterThatIsReadOnlyServesReadsAndWhoIsNeverPromotedStaysReplica() {
        try (HighAvailability cluster = new HighAvailability(directory)) {
            cluster.coordinator(1, Map.of());
            cluster.data("data1", Map.of());
            cluster.data("data2", Map.of());
            List.of("coordinator_1", "data1", "data2").forEach(cluster::start);
            cluster.run("coordinator_1", cluster.addition(1));
            cluster.run("coordinator_1", "SET COORDINATOR SETTING 'instance_health_check_frequency_sec' TO '0.2'");
            cluster.run("coordinator_1", "SET COORDINATOR SETTING 'instance_down_timeout_sec' TO '1'");
            cluster.run("coordinator_1", cluster.registration("data1", ""));
            cluster.run("coordinator_1", cluster.registration("data2", ", 'never_promote': true"));
            cluster.run("coordinator_1", "SET INSTANCE data1 TO MAIN");
            eventually(() -> cluster.run("data1", "CREATE (:N)"));

            cluster.run("coordinator_1", "SET COORDINATOR SETTING 'global_read_only' TO 'true'");
            eventually(() -> assertThatThrownBy(() -> create(cluster, "data1"))
                    .isInstanceOf(TransientException.class)
                    .hasMessageContaining("global_read_only"));
            assertThat(count(cluster, "data1")).isEqualTo(1);
            cluster.run("coordinator_1", "SET COORDINATOR SETTING 'global_read_only' TO 'false'");
            eventually(() -> create(cluster, "data1"));

            eventually(() -> assertThat(candidate(cluster, "data2")).contains("never promoted by itself", "TRUE"));
            cluster.stop("data1");
            eventually(() -> assertThat(instance(cluster, "data1")).contains("down"));
            assertThat(instance(cluster, "data2")).contains("replica");
            cluster.run("coordinator_1", "UPDATE CONFIG FOR INSTANCE data2 {'never_promote': false}");
            eventually(() -> assertThat(instance(cluster, "data2")).contains("main"));
            eventually(() -> create(cluster, "data2"));
            assertThat(count(cluster, "data2")).isEqualTo(3);
        }
    }

    /** Without coordinators, so often that it reigns in this term. */
    private static void promoteAlone(HighAvailability cluster, String name, int term) {
        cluster.startAlone(name);
        String port = cluster.address(name, "TEST_REPLICATION_PORT").replace("localhost:", "");
        for (int i = 0; i < term; i++) {
            cluster.run(name, "SET REPLICATION ROLE TO REPLICA WITH PORT " + port);
            cluster.run(name, "SET REPLICATION ROLE TO MAIN");
        }
        create(cluster, name);
        cluster.stop(name);
    }

    /** Once: the driver's own retries are left out. */
    private static void create(HighAvailability cluster, String name) {
        try (Driver driver = cluster.driver(name, AuthTokens.none());
                Session session = driver.session()) {
            session.run("CREATE (:N)").consume();
        }
    }

    private static long count(HighAvailability cluster, String name) {
        return cluster.run(name, "MATCH (n:N) RETURN count(n)")
                .getFirst()
                .get(0)
                .asLong();
    }

    private static long reign(HighAvailability cluster) {
        return cluster.run("coordinator_1", "SHOW FAILOVERS")
                .getFirst()
                .get("reign")
                .asLong();
    }

    private static String instance(HighAvailability cluster, String name) {
        return row(cluster.run("coordinator_1", "SHOW INSTANCES"), "name", name);
    }

    private static String candidate(HighAvailability cluster, String name) {
        return row(cluster.run("coordinator_1", "SHOW FAILOVER CANDIDATES"), "instance_name", name);
    }

    private static String row(List<Record> rows, String column, String name) {
        return rows.stream()
                .filter(row -> row.get(column).asString().equals(name))
                .findFirst()
                .orElseThrow()
                .values()
                .toString();
    }
}
