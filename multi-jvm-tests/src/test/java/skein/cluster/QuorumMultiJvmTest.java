package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** QUORUM 1 of 2 on real processes: a MAIN that nobody hears starts again and again, and another one is promoted. */
final class QuorumMultiJvmTest {
    private static final int WRITES_BEFORE_KILL = 200;

    @TempDir
    Path directory;

    @Test
    void lonelyOldMainDoesNotOutrankAPromotionAndNothingAcknowledgedIsLost() {
        try (Stage stage = new Stage(directory)) {
            stage.start("old", "b", "c");
            stage.makeReplica("b", 23_100);
            stage.makeReplica("c", 23_500);
            register(stage, "old", "b");
            register(stage, "old", "c");
            AtomicLong ids = new AtomicLong();
            Set<Long> acknowledged = writeUntilKilled(stage, "old", ids);

            stage.run("b", "SET REPLICATION ROLE TO MAIN");
            acknowledged.addAll(writeUntilKilled(stage, "b", ids));
            for (int i = 0; i < 2; i++) {
                stage.restart("old");
                stage.kill("old");
            }
            stage.restart("old");
            stage.makeReplica("old", 23_900);
            stage.restart("b");
            stage.makeReplica("b", 23_100);

            stage.run("c", "SET REPLICATION ROLE TO MAIN");
            stage.awaitState("c", "b", "ready");
            register(stage, "c", "old");
            assertThat(idsOn(stage, "c")).containsAll(acknowledged);
            assertThat(idsOn(stage, "old")).isEqualTo(idsOn(stage, "c"));
            assertThat(idsOn(stage, "b")).isEqualTo(idsOn(stage, "c"));
        }
    }

    private static void register(Stage stage, String main, String replica) {
        stage.run(
                main,
                "REGISTER REPLICA %s QUORUM TO \"127.0.0.1:%d\"".formatted(replica, stage.replicationPort(replica)));
        stage.awaitState(main, replica, "ready");
    }

    private static Set<Long> writeUntilKilled(Stage stage, String main, AtomicLong ids) {
        try (Writer writer = new Writer(stage.driver(main), ids)) {
            await().atMost(Stage.PATIENCE).until(() -> writer.acknowledged().size() > WRITES_BEFORE_KILL);
            stage.kill(main);
            return new TreeSet<>(writer.acknowledged());
        }
    }

    private static Set<Long> idsOn(Stage stage, String name) {
        Set<Long> ids = new TreeSet<>();
        stage.run(name, "MATCH (n:W) RETURN n.id AS id")
                .forEach(row -> ids.add(row.get("id").asLong()));
        return ids;
    }
}
