package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.graph.Value;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.session.QueryCursor;
import skein.session.QuerySession;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.wal.core.LogRetention;
import skein.vocabulary.ReplicationMode;

/** However far a replica fell behind, it comes to hold the same graph by itself. */
class CatchUpTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private static void awaitReady(Node main, String replica) {
        await().atMost(SOON)
                .until(() -> main.states(replica).stream().allMatch(state -> state == StreamState.READY)
                        && !main.states(replica).isEmpty());
    }

    /** More than a segment, so that the log before can go. */
    private static void writeMuch(Node main) {
        for (int i = 0; i < 3; i++) {
            main.write(
                    "UNWIND range(1, 3000) AS i CREATE (:N {i: i, text: '" + "x".repeat(200) + "'})-[:T]->(:M {i: i})");
        }
    }

    /** Its log no longer reaches back to the beginning. */
    private Node mainThatDroppedItsLog() {
        cluster.retention = new LogRetention(0, 0);
        cluster.snapshotsKept = 1;
        Node main = cluster.start("main");
        writeMuch(main);
        main.database().snapshots().create();
        assertThat(main.database().cell().database().logStart().lsn()).isPositive();
        return main;
    }

    @Test
    void aNewReplicaIsBroughtUpBySnapshotWhereTheLogWasDropped() {
        Node main = mainThatDroppedItsLog();
        main.write("CREATE (:Later)");
        Node replica = cluster.start("replica").becomeReplica();

        main.register("r", ReplicationMode.SYNC, replica);

        awaitReady(main, "r");
        assertThat(replica.stateHash()).isEqualTo(main.stateHash());
        var last = main.write("CREATE (:Last)");
        assertThat(last.notifications()).isEmpty();
        assertThat(replica.readAt(last.bookmark(), "MATCH (n:Last) RETURN count(n)"))
                .containsExactly("1");
        replica.stop();
        Node again = cluster.start("replica");
        awaitReady(main, "r");
        assertThat(again.stateHash()).isEqualTo(main.stateHash());
    }

    @Test
    void aReplicaWhoseBacklogWasDroppedComesBackBySnapshotAndServesReadsMeanwhile() {
        cluster.retention = new LogRetention(0, 0);
        cluster.snapshotsKept = 1;
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.ASYNC, replica);
        main.write("CREATE (:Early)");
        awaitReady(main, "r");
        cluster.network().cut(replica.replicationPort());
        writeMuch(main);
        main.database().snapshots().create();
        assertThat(main.database().cell().database().logStart().lsn()).isGreaterThan(replica.logEnd());
        try (QuerySession session = replica.session()) {
            QueryCursor before = session.run(
                    "MATCH (n:Early) RETURN count(n)", Map.of(), Node.options(null, AccessMode.READ, List.of()));
            var failed = new AtomicBoolean();
            var reading = new AtomicBoolean(true);
            var reader = CompletableFuture.runAsync(() -> {
                while (reading.get()) {
                    failed.compareAndSet(
                            false,
                            !replica.read("MATCH (n:Early) RETURN count(n)").equals(List.of("1")));
                }
            });

            cluster.network().heal(replica.replicationPort());

            awaitReady(main, "r");
            reading.set(false);
            reader.join();
            assertThat(failed).isFalse();
            Value[] row = before.next();
            assertThat(row).containsExactly(Value.of(1));
        }
        assertThat(replica.stateHash()).isEqualTo(main.stateHash());
        assertThat(replica.read("MATCH (n:N) RETURN count(n)")).containsExactly("9000");
    }

    @Test
    void aReplicaThatIsAwayTooLongIsNotWaitedFor() {
        cluster.retention = new LogRetention(0, 1L << 40, 1);
        cluster.snapshotsKept = 1;
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.ASYNC, replica);
        main.write("CREATE (:Early)");
        awaitReady(main, "r");
        cluster.network().cut(replica.replicationPort());
        writeMuch(main);
        main.database().snapshots().create();
        assertThat(main.database().cell().database().logStart().lsn()).isGreaterThan(replica.logEnd());

        cluster.network().heal(replica.replicationPort());

        awaitReady(main, "r");
        assertThat(replica.stateHash()).isEqualTo(main.stateHash());
    }

    @Test
    void aReplicaThatGotASnapshotCanBePromotedAndSnapshotItself() {
        Node main = mainThatDroppedItsLog();
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        awaitReady(main, "r");
        main.becomeReplica();
        replica.becomeMain();
        replica.write("CREATE (:After)");

        replica.register("m", ReplicationMode.SYNC, main);

        awaitReady(replica, "m");
        assertThat(main.stateHash()).isEqualTo(replica.stateHash());
    }

    /** An old MAIN wrote what nobody else has; told who is MAIN, it gives that up and follows. */
    @Test
    void anOldMainGivesUpWhatTheNewOneDoesNotHave() {
        Node old = cluster.start("old");
        Node next = cluster.start("next").becomeReplica();
        old.register("n", ReplicationMode.ASYNC, next);
        old.write("CREATE (:Shared)");
        awaitReady(old, "n");
        cluster.network().cut(next.replicationPort());
        old.write("CREATE (:Lost {i: 1})");
        old.write("CREATE (:Lost {i: 2})");
        next.becomeMain();
        cluster.network().heal(next.replicationPort());
        next.write("CREATE (:New)");
        old.becomeReplica();

        next.register("o", ReplicationMode.SYNC, old);

        awaitReady(next, "o");
        assertThat(old.stateHash()).isEqualTo(next.stateHash());
        assertThat(old.read("MATCH (n:Lost) RETURN count(n)")).containsExactly("0");
        assertThat(next.givenUp("o")).isEqualTo(2);
        old.stop();
        Node again = cluster.start("old");
        awaitReady(next, "o");
        assertThat(again.stateHash()).isEqualTo(next.stateHash());
    }
}
