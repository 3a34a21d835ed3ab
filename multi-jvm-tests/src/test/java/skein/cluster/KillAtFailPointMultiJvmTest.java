package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cluster.InsertHistory.Outcome;

/**
 * The MAIN dies in every phase of a commit, a replica is promoted, and what was acknowledged is there; again and again,
 * with the killed instance as a replica of the next MAIN. {@code -Dskein.kills=1000} is the campaign,
 * {@code -Dskein.kills.STRICT_SYNC=60} that of one mode.
 */
final class KillAtFailPointMultiJvmTest {
    private static final List<String> PHASES = List.of(
            "commit.sequenced",
            "wal.beforeAppend",
            "wal.afterAppend",
            "wal.beforeFsync",
            "wal.afterFsync",
            "stream.beforeSend",
            "stream.sent",
            "stream.ackReceived",
            "commit.beforeDecide",
            "commit.decided",
            "commit.replicasTold",
            "commit.beforeAnswer",
            "commit.answered");

    private static final Map<String, String> QUICK =
            Map.of("replication-replica-check-frequency-sec", "0.2", "replication-sync-ack-timeout-sec", "2");
    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final int FIRST_PORT = 10_901;
    private static final int CLIENTS = 4;
    private static final int ACKNOWLEDGED_PER_REIGN = 20;
    private static final int STRICT_KILLS = 15;
    private static final int QUORUM_KILLS = 5;
    private static final Duration TIME_TO_DIE = Duration.ofSeconds(15);

    @TempDir
    Path directory;

    private final InsertHistory history = new InsertHistory();
    private final Random random = new Random(Long.getLong("skein.seed", 27));

    private static int kills(String mode, int share) {
        return Integer.getInteger("skein.kills." + mode, Integer.getInteger("skein.kills", share));
    }

    @Test
    void syncMainKilledInEveryPhaseLosesNothingAcknowledged() throws IOException {
        // what only this MAIN had is decided when it comes back alone: its disk is lost with it
        killAndPromote("SYNC", kills("SYNC", PHASES.size()), true);
    }

    /** Its disk comes back with it: what only this MAIN had was never decided, and goes. */
    @Test
    void strictSyncMainKilledAgainAndAgainLosesNothingAndBringsNothingBack() throws IOException {
        killAndPromote("STRICT_SYNC", kills("STRICT_SYNC", STRICT_KILLS), false);
    }

    /** One of two replicas has what was acknowledged; which, only those know that answer the promotion. */
    @Test
    void quorumMainKilledAgainAndAgainLosesNothingAndBringsNothingBack() throws IOException {
        killAndPromote("QUORUM", kills("QUORUM", QUORUM_KILLS), false);
    }

    @Test
    void asyncMainKilledInEveryPhaseHasEverythingAcknowledgedWhenItIsBack() {
        int kills = kills("ASYNC", PHASES.size());
        try (Stage stage = new Stage(directory, QUICK)) {
            stage.start("a", "b");
            stage.makeReplica("b", FIRST_PORT);
            stage.register("a", "b", "ASYNC");
            try (Inserters inserters = new Inserters(history, stage.driver("a"), CLIENTS)) {
                for (int kill = 0; kill < kills; kill++) {
                    killUnderLoad(stage, "a", kill);
                    inserters.pointTo(null);
                    stage.restart("a");
                    history.check(stage.insertedOn("a"), "the restarted MAIN after kill " + kill);
                    inserters.pointTo(stage.driver("a"));
                }
            }
            stage.awaitState("a", "b", "ready");
            List<Long> found = stage.insertedOn("a");
            stage.awaitCount("b", "MATCH (n:W) RETURN count(n)", found.size());
            report("ASYNC", kills);
        }
    }

    private void report(String mode, int kills) {
        System.out.println(mode + ", " + kills + " kills of the MAIN: " + history);
        assertThat(history.count(Outcome.ACKNOWLEDGED)).isGreaterThan((long) kills * ACKNOWLEDGED_PER_REIGN);
    }

    private void killAndPromote(String mode, int kills, boolean diskIsLost) throws IOException {
        try (Stage stage = new Stage(directory, QUICK)) {
            stage.start(NAMES.toArray(String[]::new));
            String main = "a";
            follow(stage, "b", main, mode);
            follow(stage, "c", main, mode);
            try (Inserters inserters = new Inserters(history, stage.driver(main), CLIENTS)) {
                for (int kill = 0; kill < kills; kill++) {
                    killUnderLoad(stage, main, kill);
                    inserters.pointTo(null);
                    if (diskIsLost) {
                        remove(stage.dataOf(main));
                    }
                    stage.launch(main);
                    String next = NAMES.get((NAMES.indexOf(main) + 1) % NAMES.size());
                    String other = NAMES.get((NAMES.indexOf(main) + 2) % NAMES.size());
                    stage.run(next, "SET REPLICATION ROLE TO MAIN;");
                    history.check(stage.insertedOn(next), "the promoted " + next + " after kill " + kill);
                    registerAgain(stage, next, other, mode);
                    inserters.pointTo(stage.driver(next));
                    stage.connect(main);
                    follow(stage, main, next, mode);
                    main = next;
                }
            }
            report(mode, kills);
        }
    }

    private static void follow(Stage stage, String replica, String main, String mode) {
        stage.makeReplica(replica, FIRST_PORT + 100 * NAMES.indexOf(replica));
        registerAgain(stage, main, replica, mode);
    }

    /** Those whose confirmation decides are carried over by a promotion. */
    private static void registerAgain(Stage stage, String main, String replica, String mode) {
        boolean isCarriedOver = stage.run(main, "SHOW REPLICAS").stream()
                .anyMatch(row -> row.get("name").asString().equals(replica));
        if (!isCarriedOver) {
            stage.register(main, replica, mode + timeoutOf(replica, mode));
        }
        stage.awaitState(main, replica, "ready");
    }

    /** One of two SYNC replicas is semi-sync. */
    private static String timeoutOf(String replica, String mode) {
        return mode.equals("SYNC") && replica.equals("c") ? " WITH TIMEOUT 1" : "";
    }

    /** Every third kill is a plain SIGKILL at any moment; the others come at the phases in turn. */
    private void killUnderLoad(Stage stage, String main, int kill) {
        long before = history.count(Outcome.ACKNOWLEDGED);
        await().atMost(Stage.PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> history.count(Outcome.ACKNOWLEDGED) > before + ACKNOWLEDGED_PER_REIGN);
        if (kill >= PHASES.size() && kill % 3 == 0) {
            stage.kill(main);
            return;
        }
        stage.node(main).setFailPoints(PHASES.get(kill % PHASES.size()) + ":kill@" + random.nextInt(1, 20));
        try {
            await().atMost(TIME_TO_DIE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !stage.node(main).handle().isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("never reached: " + PHASES.get(kill % PHASES.size()), e);
        }
        stage.kill(main);
    }

    private static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
