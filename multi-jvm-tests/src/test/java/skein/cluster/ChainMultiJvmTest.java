package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * {@code main -[ASYNC]-> middle -[SYNC WITH TIMEOUT]-> end} as processes, under load: links are killed, stand still and
 * come back; then each MAIN is killed in turn and the next link is promoted. In the end the chain is turned round.
 */
final class ChainMultiJvmTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String COUNT = "MATCH (n:W) RETURN count(n)";

    @TempDir
    Path directory;

    @Test
    void linksMayBeKilledAndPromotedUnderLoad() {
        InsertHistory history = new InsertHistory();
        try (Stage stage = new Stage(directory)) {
            stage.start("main", "middle", "end");
            stage.makeReplica("middle", 23_100);
            stage.makeReplica("end", 23_500);
            stage.register("main", "middle", "ASYNC");
            stage.register("middle", "end", "SYNC WITH TIMEOUT 1");
            try (Inserters inserters = new Inserters(history, stage.driver("main"), 2)) {
                awaitMore(history, 50);
                kill(stage, history, "middle");
                kill(stage, history, "end");
                standStill(stage, history);
                // now what is acknowledged without a warning is on the next link, too
                stage.run("main", "DROP REPLICA middle");
                stage.register("main", "middle", "SYNC");
                promote(stage, history, inserters, "main", "middle");
                assertThat(stage.run("middle", "SHOW REPLICAS")
                                .getFirst()
                                .get("name")
                                .asString())
                        .isEqualTo("end");
                promote(stage, history, inserters, "middle", "end");
            }
            turnRound(stage);
            history.check(stage.insertedOn("end"), "end");
            history.check(stage.insertedOn("middle"), "middle");
            history.check(stage.insertedOn("main"), "main");
        }
    }

    /** Everything that is written while a link is away comes to the end. */
    private static void kill(Stage stage, InsertHistory history, String link) {
        stage.kill(link);
        awaitMore(history, 20);
        stage.restart(link);
        awaitWritten(stage, history, "end");
    }

    /** The replica above a SYNC replica that stands still shows what is written, once that one's time is up. */
    private static void standStill(Stage stage, InsertHistory history) {
        stage.freeze("end");
        awaitMore(history, 20);
        awaitWritten(stage, history, "middle");
        stage.thaw("end");
        awaitWritten(stage, history, "end");
    }

    private static void awaitWritten(Stage stage, InsertHistory history, String name) {
        long written = history.committed();
        await().atMost(SOON)
                .ignoreExceptionsInstanceOf(Neo4jException.class)
                .until(() -> stage.insertedOn(name).size() >= written);
    }

    /** Its SYNC replica is ready, and clients write on until it is gone. */
    private static void promote(Stage stage, InsertHistory history, Inserters inserters, String before, String after) {
        stage.awaitState(before, after, "ready");
        awaitMore(history, 50);
        stage.kill(before);
        stage.run(after, "SET REPLICATION ROLE TO MAIN");
        inserters.pointTo(stage.driver(after));
        awaitMore(history, 50);
    }

    /** The old links come back as replicas below the end; what nobody was told to be committed they may give up. */
    private static void turnRound(Stage stage) {
        stage.restart("middle");
        stage.restart("main");
        stage.makeReplica("middle", 23_900);
        stage.makeReplica("main", 24_300);
        stage.register("end", "middle", "SYNC");
        stage.register("middle", "main", "ASYNC");
        long count = stage.run("end", COUNT).getFirst().get(0).asLong();
        stage.awaitCount("middle", COUNT, count);
        stage.awaitCount("main", COUNT, count);
    }

    private static void awaitMore(InsertHistory history, int more) {
        long before = history.committed();
        await().atMost(SOON).until(() -> history.committed() >= before + more);
    }
}
