package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.session.QuerySession.CommitSummary;
import skein.storage.wal.core.LogRetention;
import skein.vocabulary.ReplicationMode;

/** What travels along a chain: snapshots where logs were dropped, and nothing that is not decided. */
class ChainCatchUpTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static void awaitReady(Node upstream, String replica) {
        await().atMost(SOON)
                .until(() -> upstream.states(replica).stream().allMatch(state -> state == StreamState.READY)
                        && !upstream.states(replica).isEmpty());
    }

    /** More than a segment, and then a snapshot, so that the log before is gone. */
    private static void writeMuchAndDropTheLog(Node main) {
        for (int i = 0; i < 3; i++) {
            main.write(
                    "UNWIND range(1, 3000) AS i CREATE (:N {i: i, text: '" + "x".repeat(200) + "'})-[:T]->(:M {i: i})");
        }
        main.database().snapshots().create();
        assertThat(main.database().cell().database().logStart().lsn()).isPositive();
    }

    private static void assertSame(Node main, Node end) {
        CommitSummary last = main.write("CREATE (:Last)");
        assertThat(end.readAt(last.bookmark(), "MATCH (n:Last) RETURN count(n)"))
                .isEqualTo(main.read("MATCH (n:Last) RETURN count(n)"));
        assertThat(end.stateHash()).isEqualTo(main.stateHash());
    }

    @Test
    void linkThatGotASnapshotPassesOneOn() {
        cluster.retention = new LogRetention(0, 0);
        cluster.snapshotsKept = 1;
        Node main = cluster.start("main");
        writeMuchAndDropTheLog(main);
        Node first = cluster.start("first").becomeReplica();
        main.register("first", ReplicationMode.ASYNC, first);
        awaitReady(main, "first");
        Node second = cluster.start("second").becomeReplica();

        first.register("second", ReplicationMode.SYNC, second);

        awaitReady(first, "second");
        assertSame(main, second);
    }

    /** Those below are on their old state until the link has changed over, and then follow it. */
    @Test
    void linkChangesOverToASnapshotWhileItPassesOn() {
        cluster.retention = new LogRetention(0, 0);
        cluster.snapshotsKept = 1;
        Node main = cluster.start("main");
        Node first = cluster.start("first").becomeReplica();
        Node second = cluster.start("second").becomeReplica();
        main.register("first", ReplicationMode.ASYNC, first);
        first.register("second", ReplicationMode.SYNC, second);
        main.write("CREATE (:Early)");
        awaitReady(first, "second");
        cluster.network().cut(first.replicationPort());
        writeMuchAndDropTheLog(main);

        cluster.network().heal(first.replicationPort());

        awaitReady(main, "first");
        assertSame(main, second);
        awaitReady(first, "second");
        second.stop();
        assertSame(main, cluster.start("second"));
    }

    /** What the MAIN may still have to answer "unknown" is on its replicas, and no further. */
    @Test
    void undecidedRecordsAreNotPassedOn() {
        Node main = cluster.start("main");
        Node first = cluster.start("first").becomeReplica();
        Node beside = cluster.start("beside").becomeReplica();
        Node second = cluster.start("second").becomeReplica();
        main.register("first", ReplicationMode.STRICT_SYNC, first);
        main.register("beside", ReplicationMode.STRICT_SYNC, beside);
        first.register("second", ReplicationMode.SYNC, second);
        main.write("CREATE (:N)");
        awaitReady(first, "second");
        long end = second.logEnd();
        cluster.network().freeze(beside.replicationPort());

        var undecided = CompletableFuture.supplyAsync(() -> main.write("CREATE (:N)"), threads);

        await().atMost(SOON).until(() -> first.durableLsn() > end);
        assertThat(second.logEnd()).isEqualTo(end);
        // nor by a stream that begins now
        first.drop("second");
        first.register("second", ReplicationMode.SYNC, second);
        awaitReady(first, "second");
        assertThat(second.logEnd()).isEqualTo(end);
        assertThat(first.lag("second").lagTransactions()).isZero();
        cluster.network().heal(beside.replicationPort());
        undecided.join();
        await().atMost(SOON)
                .until(() -> second.read("MATCH (n:N) RETURN count(n)").equals(List.of("2")));
    }

    @Test
    void wipedLinkIsRegisteredAgainOnBothSides() throws IOException {
        Node main = cluster.start("main");
        Node first = cluster.start("first").becomeReplica();
        Node second = cluster.start("second").becomeReplica();
        main.register("first", ReplicationMode.ASYNC, first);
        first.register("second", ReplicationMode.ASYNC, second);
        CommitSummary before = main.write("CREATE (:N)");
        second.awaitRead(before.bookmark());
        first.stop();
        cluster.wipe("first");
        first = cluster.start("first").becomeReplica();

        main.drop("first");
        main.register("first", ReplicationMode.ASYNC, first);
        first.register("second", ReplicationMode.SYNC, second);

        assertSame(main, second);
        assertThat(first.givenUp("second")).isZero();
    }
}
