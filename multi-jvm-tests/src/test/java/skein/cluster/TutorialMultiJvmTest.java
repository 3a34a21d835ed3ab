package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.ClientException;

/** The two replication tutorials of the documentation, word for word but for addresses and ports. */
final class TutorialMultiJvmTest {
    private static final String CREATE = "CREATE (n:N {p: \"This is going to be replicated!\"});";
    private static final String READ = "MATCH (n:N) RETURN n;";

    @TempDir
    Path directory;

    @Test
    void threeNodesWithSyncAndAsync() {
        try (Stage stage = new Stage(directory)) {
            stage.start("main", "replica_1", "replica_2");
            stage.makeReplica("replica_1", 10_001);
            stage.makeReplica("replica_2", 10_101);
            stage.run(
                    "main",
                    "REGISTER REPLICA REP1 SYNC TO \"127.0.0.1:%d\";".formatted(stage.replicationPort("replica_1")));
            stage.run(
                    "main",
                    "REGISTER REPLICA REP2 ASYNC TO \"127.0.0.1:%d\";".formatted(stage.replicationPort("replica_2")));
            stage.awaitState("main", "REP1", "ready");
            stage.awaitState("main", "REP2", "ready");
            assertShownAsDocumented(stage);

            stage.run("main", "CREATE (n:Node {name: 'one'})-[:IS]->(m:Node {name: 'two'});");
            assertThat(count(stage, "main")).isEqualTo(2);
            stage.awaitCount("replica_1", "MATCH (n:Node) RETURN count(n)", 2);
            stage.awaitCount("replica_2", "MATCH (n:Node) RETURN count(n)", 2);
            assertWritesAreRefused(stage, "replica_1");

            stage.run("main", "DROP REPLICA REP2;");
            assertThat(stage.run("main", "SHOW REPLICAS;"))
                    .extracting(row -> row.get("name").asString())
                    .containsExactly("REP1");
        }
    }

    private static void assertShownAsDocumented(Stage stage) {
        assertThat(stage.run("main", "SHOW REPLICATION ROLE;")
                        .getFirst()
                        .get("replication role")
                        .asString())
                .isEqualTo("main");
        assertThat(stage.run("replica_1", "SHOW REPLICATION ROLE;")
                        .getFirst()
                        .get("replication role")
                        .asString())
                .isEqualTo("replica");
        List<Record> rows = stage.run("main", "SHOW REPLICAS;");
        assertThat(rows.getFirst().keys())
                .containsExactly("name", "socket_address", "sync_mode", "system_info", "data_info");
        assertThat(rows).extracting(row -> row.get("name").asString()).containsExactly("REP1", "REP2");
        assertThat(rows).extracting(row -> row.get("sync_mode").asString()).containsExactly("sync", "async");
        assertThat(rows.getFirst().get("socket_address").asString())
                .isEqualTo("127.0.0.1:" + stage.replicationPort("replica_1"));
        assertThat(Stage.dataInfo(rows.getFirst()).get("behind").asLong()).isZero();
        assertThat(rows.getFirst().get("system_info").get("status").asString()).isEqualTo("ready");
    }

    private static void assertWritesAreRefused(Stage stage, String replica) {
        assertThatThrownBy(() -> stage.run(replica, "CREATE (:Lost)"))
                .isInstanceOfSatisfying(
                        ClientException.class,
                        e -> assertThat(e.code()).isEqualTo("Neo.ClientError.Cluster.NotALeader"))
                .hasMessageContaining(stage.node("main").awaitReady().toString());
        assertThat(stage.run(replica, "SHOW REPLICAS")).isEmpty();
    }

    @Test
    void fourNodesWithSemiSync() {
        try (Stage stage = new Stage(directory)) {
            stage.start("main", "r1", "r2", "r3");
            stage.makeReplica("r1", 10_201);
            stage.makeReplica("r2", 10_301);
            stage.makeReplica("r3", 10_401);
            stage.run("main", "REGISTER REPLICA r1 SYNC TO \"127.0.0.1:%d\";".formatted(stage.replicationPort("r1")));
            stage.run("main", "REGISTER REPLICA r2 ASYNC TO \"127.0.0.1:%d\";".formatted(stage.replicationPort("r2")));
            stage.run(
                    "main",
                    "REGISTER REPLICA r3 SYNC WITH TIMEOUT 1 TO \"127.0.0.1:%d\";"
                            .formatted(stage.replicationPort("r3")));
            stage.run("main", CREATE);
            for (String name : List.of("main", "r1", "r2", "r3")) {
                stage.awaitCount(name, "MATCH (n:N) RETURN count(n)", 1);
                assertThat(stage.run(name, READ).getFirst().get("n").get("p").asString())
                        .isEqualTo("This is going to be replicated!");
            }
        }
    }

    private static long count(Stage stage, String name) {
        return stage.run(name, "MATCH (n:Node) RETURN count(n)")
                .getFirst()
                .get(0)
                .asLong();
    }
}
