package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The replica that is behind is promoted, and killed in the middle of it: in the end it has what was acknowledged. */
final class PromotionMultiJvmTest {
    private static final String COUNT = "MATCH (n:W) RETURN count(n)";
    private static final int ACKNOWLEDGED = 200;

    @TempDir
    Path directory;

    /**
     * {@code role.persisted} is reached with the candidate's promise to itself and with its becoming MAIN,
     * {@code epoch.written} with the EPOCH record of the system database.
     */
    @ParameterizedTest
    @CsvSource({
        "role.persisted:kill@1, replica",
        "promotion.tailTaken:kill@1, replica",
        "promotion.tailTaken:kill@2, replica",
        "role.persisted:kill@2, main",
        "epoch.written:kill@1, main"
    })
    void replicaThatIsBehindAndKilledWhileItIsPromotedHasWhatAnotherHolds(String failPoint, String roleAfterwards) {
        try (Stage stage = new Stage(directory)) {
            leaveBehind(stage);
            stage.restart("far", failPoint);
            assertThatThrownBy(() -> stage.run("far", "SET REPLICATION ROLE TO MAIN"))
                    .isInstanceOf(org.neo4j.driver.exceptions.Neo4jException.class);
            stage.node("far").awaitEnd();

            stage.restart("far");

            assertThat(role(stage)).isEqualTo(roleAfterwards);
            if (roleAfterwards.equals("replica")) {
                stage.run("far", "SET REPLICATION ROLE TO MAIN");
            }
            stage.awaitCount("far", COUNT, ACKNOWLEDGED + 1);
            stage.run("far", "REGISTER REPLICA near SYNC TO \"127.0.0.1:%d\"".formatted(stage.replicationPort("near")));
            stage.run("far", "CREATE (:W)");
            stage.awaitCount("near", COUNT, ACKNOWLEDGED + 2);
        }
    }

    /** Everything is on the SYNC replica, one record alone on the other; the MAIN is gone. */
    private static void leaveBehind(Stage stage) {
        stage.start("main", "near", "far");
        stage.makeReplica("near", 22_100);
        stage.makeReplica("far", 22_500);
        stage.run("main", "REGISTER REPLICA near SYNC TO \"127.0.0.1:%d\"".formatted(stage.replicationPort("near")));
        stage.run("main", "REGISTER REPLICA far ASYNC TO \"127.0.0.1:%d\"".formatted(stage.replicationPort("far")));
        stage.run("main", "CREATE (:W)");
        stage.awaitCount("far", COUNT, 1);
        stage.kill("far");
        for (int i = 0; i < ACKNOWLEDGED; i++) {
            stage.run("main", "CREATE (:W)");
        }
        stage.kill("main");
    }

    private static String role(Stage stage) {
        return stage.run("far", "SHOW REPLICATION ROLE").getFirst().get(0).asString();
    }
}
