package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.DatabaseException;
import org.neo4j.driver.exceptions.TransientException;

/** STRICT_SYNC on real processes, and what a real driver makes of their answers. */
final class StrictSyncMultiJvmTest {
    private static final int WRITES_BEFORE_KILL = 200;
    private static final int ROUNDS = 3;

    @TempDir
    Path directory;

    /** kill -9 of the MAIN, promotion of a replica, and the old MAIN follows: round after round. */
    @Test
    void promotedReplicaHasEverythingAcknowledged() {
        try (Stage stage = new Stage(directory)) {
            stage.start("a", "b");
            stage.makeReplica("b", 10_701);
            register(stage, "a", "b", "STRICT_SYNC");
            AtomicLong ids = new AtomicLong();
            Set<Long> acknowledged = new HashSet<>();
            String reigning = "a";
            String next = "b";
            for (int round = 0; round < ROUNDS; round++) {
                try (Writer writer = new Writer(stage.driver(reigning), ids)) {
                    await().atMost(Stage.PATIENCE)
                            .until(() -> writer.acknowledged().size() > WRITES_BEFORE_KILL);
                    stage.kill(reigning);
                    acknowledged.addAll(writer.acknowledged());
                }
                stage.run(next, "SET REPLICATION ROLE TO MAIN");
                assertThat(idsOn(stage, next)).containsAll(acknowledged);
                stage.restart(reigning);
                stage.makeReplica(reigning, 10_711 + 10 * round);
                register(stage, next, reigning, "STRICT_SYNC");
                String killed = reigning;
                reigning = next;
                next = killed;
            }
        }
    }

    /** "Unknown" is not retried by a managed transaction, "refused" is, until the replica is back. */
    @Test
    void driversRepeatWhatWasRefusedAndNothingElse() throws Exception {
        try (Stage stage = new Stage(directory, Map.of("replication-sync-ack-timeout-sec", "1"))) {
            stage.start("main", "replica");
            stage.makeReplica("replica", 10_701);
            register(stage, "main", "replica", "STRICT_SYNC");
            AtomicInteger attempts = new AtomicInteger();
            stage.freeze("replica");
            try (Session session = stage.driver("main").session()) {
                assertThatThrownBy(() -> session.executeWrite(transaction -> {
                            attempts.incrementAndGet();
                            return transaction.run("CREATE (:W {id: 1})").consume();
                        }))
                        .isInstanceOfSatisfying(
                                DatabaseException.class,
                                e -> assertThat(e.code())
                                        .isEqualTo("Neo.DatabaseError.Transaction.TransactionCommitFailed"))
                        .hasMessageContaining("outcome of the commit is not known")
                        .hasMessageContaining("did not confirm within");
                assertThat(attempts).hasValue(1);

                assertThatThrownBy(() -> session.run("CREATE (:W {id: 2})").consume())
                        .isInstanceOfSatisfying(
                                TransientException.class,
                                e -> assertThat(e.code()).isEqualTo("Neo.TransientError.Cluster.ReplicationFailure"))
                        .hasMessageContaining("STRICT_SYNC replica replica");
            }
            AtomicInteger repeated = new AtomicInteger();
            try (Driver patient = patient(stage, "main");
                    Session session = patient.session()) {
                session.executeWrite(transaction -> {
                    if (repeated.incrementAndGet() == 2) {
                        stage.thaw("replica");
                    }
                    return transaction.run("CREATE (:W {id: 3})").consume();
                });
            }
            assertThat(repeated).hasValueGreaterThan(1);
            assertThat(idsOn(stage, "main")).containsExactlyInAnyOrder(1L, 3L);
            stage.awaitCount("replica", "MATCH (n:W) RETURN count(n)", 2);
        }
    }

    private static Driver patient(Stage stage, String name) {
        Config config = Config.builder()
                .withMaxTransactionRetryTime(2, TimeUnit.MINUTES)
                .build();
        return GraphDatabase.driver("bolt://" + stage.node(name).awaitReady(), config);
    }

    private static void register(Stage stage, String main, String replica, String mode) {
        stage.run(
                main,
                "REGISTER REPLICA %s %s TO \"127.0.0.1:%d\"".formatted(replica, mode, stage.replicationPort(replica)));
        stage.awaitState(main, replica, "ready");
    }

    private static Set<Long> idsOn(Stage stage, String name) {
        Set<Long> ids = new HashSet<>();
        stage.run(name, "MATCH (n:W) RETURN n.id AS id")
                .forEach(row -> ids.add(row.get("id").asLong()));
        return ids;
    }
}
