package skein.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skein.server.HighAvailability.eventually;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Bookmark;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.exceptions.ClientException;

/** Clients with a plain {@code bolt://} address of a coordinator or a replica, where forwarding is wanted. */
class CoordinatorForwardingDriverTest {
    private static final Map<String, String> FORWARDING = Map.of("SKEIN_REPLICATION_FORWARD_WRITES", "true");
    private static final AuthToken ANN = AuthTokens.basic("ann", "one");
    private static final AuthToken BOB = AuthTokens.basic("bob", "one");

    @TempDir
    private Path directory;

    @Test
    void whatACoordinatorIsAskedTheMainCarriesOutForTheSameUser() {
        try (HighAvailability cluster = new HighAvailability(directory)) {
            form(cluster);
            try (Driver driver = cluster.driver("coordinator_2", AuthTokens.none());
                    Session session = driver.session()) {
                eventually(() -> session.run("CREATE (:N {i: 0})").consume());
                assertThat(session.run("UNWIND range(1, 5000) AS i RETURN i").list())
                        .hasSize(5000);
                try (Transaction transaction = session.beginTransaction()) {
                    transaction.run("CREATE (:N {i: 1})").consume();
                    assertThat(transaction.run("MATCH (n:N) RETURN n.i").list()).hasSize(2);
                    transaction.commit();
                }
                try (Transaction transaction = session.beginTransaction()) {
                    transaction.run("CREATE (:N {i: 2})").consume();
                    transaction.rollback();
                }
                assertThatThrownBy(() -> session.run("MATCH (n) RETURN").list())
                        .isInstanceOf(ClientException.class)
                        .hasMessageContaining("line 1");
                assertThatThrownBy(() -> session.run("USE DATABASE skein").consume())
                        .hasMessageContaining("SKEIN-REPL-035");
                assertThat(countAfter(cluster, "data2", session.lastBookmarks()))
                        .isEqualTo(2);
            }
            // a replica finds the MAIN by what the coordinators have told it
            eventually(() -> cluster.run("data2", "CREATE (:N {i: 3})"));
            cluster.run("coordinator_1", "SET INSTANCE data2 TO MAIN SWITCHOVER");
            eventually(() -> cluster.run("coordinator_1", "CREATE (:N {i: 4})"));
            assertThat(cluster.run("data2", "MATCH (n:N) RETURN n.i")).hasSize(4);
            judgesWhoMayWhat(cluster);
        }
    }

    private static void judgesWhoMayWhat(HighAvailability cluster) {
        cluster.run("coordinator_1", "CREATE USER ann IDENTIFIED BY 'one'");
        eventually(() -> cluster.run("coordinator_2", ANN, "CREATE USER bob IDENTIFIED BY 'one'"));
        cluster.run("data2", "CREATE USER ann IDENTIFIED BY 'of the data'");
        eventually(() -> assertThat(cluster.run("coordinator_2", ANN, "MATCH (n:N) RETURN n"))
                .hasSize(4));
        eventually(() -> assertThatThrownBy(() -> cluster.run("coordinator_2", BOB, "MATCH (n:N) RETURN n"))
                .hasMessageContaining("SKEIN-REPL-034"));
    }

    private static long countAfter(HighAvailability cluster, String name, Set<Bookmark> bookmarks) {
        try (Driver driver = cluster.driver(name, AuthTokens.none());
                Session session = driver.session(
                        SessionConfig.builder().withBookmarks(bookmarks).build())) {
            return session.run("MATCH (n:N) RETURN count(n)").single().get(0).asLong();
        }
    }

    private static void form(HighAvailability cluster) {
        cluster.coordinator(1, FORWARDING);
        cluster.coordinator(2, FORWARDING);
        cluster.data("data1", FORWARDING);
        cluster.data("data2", FORWARDING);
        List.of("coordinator_1", "coordinator_2", "data1", "data2").forEach(cluster::start);
        cluster.run("coordinator_1", cluster.addition(1));
        cluster.run("coordinator_1", cluster.addition(2));
        cluster.run("coordinator_1", cluster.registration("data1", ""));
        cluster.run("coordinator_1", cluster.registration("data2", ""));
        cluster.run("coordinator_1", "SET INSTANCE data1 TO MAIN");
        eventually(() ->
                assertThat(cluster.run("data1", "SHOW REPLICAS").toString()).contains("data2"));
    }
}
