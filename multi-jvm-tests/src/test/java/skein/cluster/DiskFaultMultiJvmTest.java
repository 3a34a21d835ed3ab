package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cluster.InsertHistory.Outcome;

/** Disks that are full or fail to flush, under a MAIN and under its replica. */
final class DiskFaultMultiJvmTest {
    private static final Map<String, String> QUICK =
            Map.of("replication-replica-check-frequency-sec", "0.2", "replication-sync-ack-timeout-sec", "0.5");
    private static final int CLIENTS = 4;

    @TempDir
    Path directory;

    private final InsertHistory history = new InsertHistory();

    private static void start(Stage stage, String mode) {
        stage.start("main", "replica");
        stage.makeReplica("replica", 11_101);
        stage.register("main", "replica", mode);
        stage.awaitState("main", "replica", "ready");
    }

    private void awaitMore(Outcome outcome, int count) {
        long before = history.count(outcome);
        await().atMost(Stage.PATIENCE).until(() -> history.count(outcome) >= before + count);
    }

    private void expectSame(Stage stage) {
        stage.awaitState("main", "replica", "ready");
        List<Long> onMain = stage.insertedOn("main");
        history.checkWarnedToo(onMain, "the MAIN");
        stage.awaitCount("replica", "MATCH (n:W) RETURN count(n)", onMain.size());
        assertThat(stage.insertedOn("replica")).containsExactlyInAnyOrderElementsOf(onMain);
    }

    /** Two looks in a row that find no write acknowledged in between. */
    private void awaitStandstill() {
        AtomicLong last = new AtomicLong(-1);
        await().atMost(Stage.PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
            long now = history.count(Outcome.ACKNOWLEDGED);
            return last.getAndSet(now) == now;
        });
    }

    @Test
    void aFullDiskOfTheMainRefusesWritesServesReadsAndHeals() {
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, "SYNC");
            try (Inserters inserters = new Inserters(history, stage.driver("main"), CLIENTS)) {
                awaitMore(Outcome.ACKNOWLEDGED, 50);
                stage.node("main").setFailPoints("wal.beforeAppend:full@10+");
                awaitStandstill();
                // those before may all be in the one batch that waits for space; whoever comes now is refused
                try (Inserters late = new Inserters(history, stage.driver("main"), CLIENTS)) {
                    try {
                        awaitMore(Outcome.FAILED, 5);
                        assertThat(stage.insertedOn("main")).isNotEmpty();
                    } finally {
                        stage.node("main").setFailPoints("");
                    }
                    awaitMore(Outcome.ACKNOWLEDGED, 50);
                    late.pointTo(null);
                }
                inserters.pointTo(null);
            }
            expectSame(stage);
        }
    }

    @Test
    void aFullDiskOfAReplicaCostsWarningsAndNothingElse() {
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, "SYNC");
            try (Inserters inserters = new Inserters(history, stage.driver("main"), CLIENTS)) {
                awaitMore(Outcome.ACKNOWLEDGED, 50);
                stage.node("replica").setFailPoints("wal.beforeAppend:full@10x15");
                awaitMore(Outcome.WARNED, 5);
                awaitMore(Outcome.ACKNOWLEDGED, 50);
                inserters.pointTo(null);
            }
            assertThat(history.count(Outcome.FAILED)).isZero();
            expectSame(stage);
        }
    }

    /** What it cannot log it does not confirm: writes wait or are refused, and it heals by itself. */
    @ParameterizedTest
    @ValueSource(strings = {"STRICT_SYNC", "QUORUM"})
    void aFullDiskOfAReplicaWithASayHoldsWritesUpUntilItHasRoom(String mode) {
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, mode);
            try (Inserters inserters = new Inserters(history, stage.driver("main"), CLIENTS)) {
                awaitMore(Outcome.ACKNOWLEDGED, 50);
                stage.node("replica").setFailPoints("wal.beforeAppend:full@10+");
                // told "unknown" after the timeout, and "refused" from then on
                awaitMore(Outcome.FAILED, 3);
                assertThat(stage.insertedOn("main")).isNotEmpty();
                stage.node("replica").setFailPoints("");
                awaitMore(Outcome.ACKNOWLEDGED, 50);
                inserters.pointTo(null);
            }
            assertThat(history.count(Outcome.WARNED)).isZero();
            expectSame(stage);
        }
    }

    @ParameterizedTest
    @CsvSource({"main, SYNC", "replica, SYNC", "main, QUORUM", "replica, STRICT_SYNC"})
    void aFlushThatFailsEndsTheInstanceAndLosesNothing(String failing, String mode) {
        try (Stage stage = new Stage(directory, QUICK)) {
            start(stage, mode);
            try (Inserters inserters = new Inserters(history, stage.driver("main"), CLIENTS)) {
                awaitMore(Outcome.ACKNOWLEDGED, 50);
                stage.node(failing).setFailPoints("wal.beforeFsync:fail@10");
                assertThat(stage.node(failing).awaitEnd()).as("exit status").isNotZero();
                inserters.pointTo(null);
                stage.restart(failing);
                inserters.pointTo(stage.driver("main"));
                stage.awaitState("main", "replica", "ready");
                awaitMore(Outcome.ACKNOWLEDGED, 50);
                inserters.pointTo(null);
            }
            expectSame(stage);
        }
    }
}
