package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL under load: what was acknowledged is there after the restart, on the MAIN and on its replicas. */
final class KillMultiJvmTest {
    private static final int WRITES_BEFORE_KILL = 300;

    @TempDir
    Path directory;

    @Test
    void killedMainLosesNothingAcknowledgedAndFindsItsReplicasAgain() {
        try (Stage stage = new Stage(directory)) {
            startWithSyncAndAsync(stage);
            AtomicLong ids = new AtomicLong();
            Set<Long> acknowledged;
            try (Writer writer = new Writer(stage.driver("main"), ids)) {
                await().atMost(Stage.PATIENCE).until(() -> writer.acknowledged().size() > WRITES_BEFORE_KILL);
                stage.kill("main");
                acknowledged = writer.acknowledged();
            }
            stage.restart("main");
            assertThat(stage.run("main", "SHOW REPLICATION ROLE")
                            .getFirst()
                            .get(0)
                            .asString())
                    .isEqualTo("main");
            assertThat(idsOn(stage, "main")).containsAll(acknowledged);
            stage.awaitState("main", "sync", "ready");
            stage.awaitState("main", "async", "ready");
            stage.run("main", "CREATE (:After)");
            for (String replica : new String[] {"sync", "async"}) {
                stage.awaitCount(replica, "MATCH (n:After) RETURN count(n)", 1);
                assertThat(idsOn(stage, replica)).isEqualTo(idsOn(stage, "main"));
            }
        }
    }

    @Test
    void killedReplicasCatchUpByThemselves() {
        try (Stage stage = new Stage(directory)) {
            startWithSyncAndAsync(stage);
            AtomicLong ids = new AtomicLong();
            for (String replica : new String[] {"sync", "async"}) {
                try (Writer writer = new Writer(stage.driver("main"), ids)) {
                    await().atMost(Stage.PATIENCE)
                            .until(() -> writer.acknowledged().size() > WRITES_BEFORE_KILL / 3);
                    stage.kill(replica);
                    stage.awaitState("main", replica, "invalid");
                    stage.restart(replica);
                    stage.awaitState("main", replica, "ready");
                }
                long total = idsOn(stage, "main").size();
                stage.awaitCount(replica, "MATCH (n:W) RETURN count(n)", total);
                assertThat(stage.run(replica, "SHOW REPLICATION ROLE")
                                .getFirst()
                                .get(0)
                                .asString())
                        .isEqualTo("replica");
            }
        }
    }

    @Test
    void promotedSyncReplicaHasEverythingAcknowledged() {
        try (Stage stage = new Stage(directory)) {
            startWithSyncAndAsync(stage);
            AtomicLong ids = new AtomicLong();
            Set<Long> acknowledged;
            try (Writer writer = new Writer(stage.driver("main"), ids)) {
                await().atMost(Stage.PATIENCE).until(() -> writer.acknowledged().size() > WRITES_BEFORE_KILL);
                stage.kill("main");
                acknowledged = writer.acknowledged();
            }
            stage.run("sync", "SET REPLICATION ROLE TO MAIN;");
            assertThat(idsOn(stage, "sync")).containsAll(acknowledged);
            stage.run(
                    "sync",
                    "REGISTER REPLICA async ASYNC TO \"127.0.0.1:%d\";".formatted(stage.replicationPort("async")));
            stage.awaitState("sync", "async", "ready");
            stage.run("sync", "CREATE (:NewReign)");
            stage.awaitCount("async", "MATCH (n:NewReign) RETURN count(n)", 1);
            assertThat(idsOn(stage, "async")).isEqualTo(idsOn(stage, "sync"));
        }
    }

    @Test
    void deposedMainCannotWriteToReplicasOfTheNewReign() {
        try (Stage stage = new Stage(directory)) {
            startWithSyncAndAsync(stage);
            stage.run("main", "CREATE (:Old)");
            stage.awaitCount("async", "MATCH (n:Old) RETURN count(n)", 1);
            stage.kill("main");
            stage.run("sync", "SET REPLICATION ROLE TO MAIN;");
            stage.run(
                    "sync",
                    "REGISTER REPLICA async ASYNC TO \"127.0.0.1:%d\";".formatted(stage.replicationPort("async")));
            stage.awaitState("sync", "async", "ready");
            stage.restart("main");
            stage.run("main", "CREATE (:Deposed)");
            stage.awaitState("main", "async", "invalid");
            stage.run("sync", "CREATE (:New)");
            stage.awaitCount("async", "MATCH (n:New) RETURN count(n)", 1);
            assertThat(stage.run("async", "MATCH (n:Deposed) RETURN n")).isEmpty();
        }
    }

    @Test
    void droppedReplicaIsRegisteredAgainAndCatchesUp() {
        try (Stage stage = new Stage(directory)) {
            startWithSyncAndAsync(stage);
            stage.run("main", "DROP REPLICA sync;");
            stage.run("main", "UNWIND range(1, 50) AS i CREATE (:W {id: i})");
            stage.run(
                    "main", "REGISTER REPLICA sync SYNC TO \"127.0.0.1:%d\";".formatted(stage.replicationPort("sync")));
            stage.awaitState("main", "sync", "ready");
            stage.awaitCount("sync", "MATCH (n:W) RETURN count(n)", 50);
        }
    }

    @Test
    @SuppressWarnings("deprecation") // the newer form hides the code that programs look for
    void writeWithASyncReplicaDownIsCommittedWithAWarning() {
        try (Stage stage = new Stage(directory)) {
            startWithSyncAndAsync(stage);
            stage.kill("sync");
            try (var session = stage.driver("main").session()) {
                var summary = session.run("CREATE (:Warned)").consume();
                assertThat(summary.notifications()).isNotEmpty();
                assertThat(summary.notifications().getFirst().code()).contains("SyncReplicationFailure");
                assertThat(summary.notifications().getFirst().description()).contains("sync");
            }
            stage.awaitCount("main", "MATCH (n:Warned) RETURN count(n)", 1);
        }
    }

    private static void startWithSyncAndAsync(Stage stage) {
        stage.start("main", "sync", "async");
        stage.makeReplica("sync", 10_501);
        stage.makeReplica("async", 10_601);
        stage.run("main", "REGISTER REPLICA sync SYNC TO \"127.0.0.1:%d\"".formatted(stage.replicationPort("sync")));
        stage.run("main", "REGISTER REPLICA async ASYNC TO \"127.0.0.1:%d\"".formatted(stage.replicationPort("async")));
        stage.awaitState("main", "sync", "ready");
        stage.awaitState("main", "async", "ready");
    }

    private static Set<Long> idsOn(Stage stage, String name) {
        return stage.run(name, "MATCH (n:W) RETURN n.id AS id").stream()
                .map(row -> row.get("id").asLong())
                .collect(Collectors.toSet());
    }
}
