package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamLag;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.session.QuerySession.CommitSummary;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** MAIN and replicas in one JVM over an in-memory link: real actors, databases, journals and queries. */
class InstanceReplicationTest {
    private static final String INDEXES = "SHOW INDEX INFO";
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private static void awaitReady(Node main, String replica) {
        await().atMost(SOON).until(() -> main.states(replica).equals(List.of(StreamState.READY, StreamState.READY)));
    }

    @Test
    void mainSyncAndAsyncReplicaHoldTheSameGraph() {
        Node main = cluster.start("main");
        Node sync = cluster.start("sync").becomeReplica();
        Node async = cluster.start("async").becomeReplica();
        main.register("s", ReplicationMode.SYNC, sync);
        main.register("a", ReplicationMode.ASYNC, async);

        CommitSummary commit = main.write("CREATE (n:N {p: 'This is going to be replicated!'})");

        assertThat(commit.notifications()).isEmpty();
        for (Node replica : List.of(sync, async)) {
            assertThat(replica.readAt(commit.bookmark(), "MATCH (n:N) RETURN n.p"))
                    .containsExactly("This is going to be replicated!");
            assertThat(replica.stateHash()).isEqualTo(main.stateHash());
        }
        awaitReady(main, "s");
        awaitReady(main, "a");
    }

    /** Declared before the registration, after it, and dropped again; the replica shows them and keeps them as MAIN. */
    @Test
    void indexesAreThoseOfTheMain() {
        Node main = cluster.start("main");
        main.write("CREATE (:Before {p: 1})");
        main.write("CREATE INDEX ON :Before(p)");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        main.write("CREATE INDEX ON :Dropped(p)");
        main.write("DROP INDEX ON :Dropped(p)");
        CommitSummary last = main.write("CREATE INDEX ON :After(p)");

        assertThat(replica.readAt(last.bookmark(), "MATCH (n:Before {p: 1}) RETURN count(n)"))
                .containsExactly("1");
        assertThat(replica.column("label", INDEXES)).containsExactlyInAnyOrder("Before", "After");
        assertThat(replica.column("label", INDEXES)).isEqualTo(main.column("label", INDEXES));
        main.stop();
        replica.becomeMain();
        assertThat(replica.column("label", INDEXES)).containsExactlyInAnyOrder("Before", "After");
    }

    @Test
    void replicaRefusesWritesAndNamesItsMain() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();

        assertThatThrownBy(() -> replica.write("CREATE (n)")).hasMessageContaining("no MAIN has registered");
        main.register("r", ReplicationMode.ASYNC, replica);

        assertThatThrownBy(() -> replica.write("CREATE (n)"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_MAIN))
                .hasMessageContaining(main.bolt().toString());
        assertThat(replica.read("MATCH (n) RETURN count(n)")).containsExactly("0");
    }

    @Test
    void syncReplicaThatIsDownYieldsACommittedWriteWithAWarning() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        replica.stop();

        CommitSummary commit = main.write("CREATE (:N)");

        assertThat(commit.notifications()).extracting(Notification::code).containsExactly("SyncReplicationFailure");
        assertThat(commit.notifications().getFirst().title()).contains("SYNC replica r", "Do not repeat the write");
        assertThat(main.read("MATCH (n:N) RETURN count(n)")).containsExactly("1");

        Node again = cluster.start("replica");
        assertThat(again.readAt(commit.bookmark(), "MATCH (n:N) RETURN count(n)"))
                .containsExactly("1");
        awaitReady(main, "r");
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void silentSyncReplicaHoldsACommitNoLongerThanItsTimeout() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, Duration.ofMillis(300), replica);
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
        cluster.network().freeze(replica.replicationPort());

        CommitSummary commit = main.write("CREATE (:N)");

        assertThat(commit.notifications()).hasSize(1);
        assertThat(commit.notifications().getFirst().title()).contains("did not confirm within 0.");
        cluster.network().heal(replica.replicationPort());
        awaitReady(main, "r");
        CommitSummary last = main.write("CREATE (:N)");
        assertThat(last.notifications()).isEmpty();
        assertThat(replica.readAt(last.bookmark(), "MATCH (n:N) RETURN count(n)"))
                .containsExactly("3");
    }

    @Test
    void aCommitNamesTheReplicasThatAcknowledgedWhenAsked() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        assertThat(main.acksOf("CREATE (:N)")).isEmpty();
        main.register("r", ReplicationMode.SYNC, replica);
        awaitReady(main, "r");

        assertThat(main.acksOf("CREATE (:N)"))
                .singleElement()
                .satisfies(ack -> assertThat(ack.acknowledged()).isTrue())
                .satisfies(ack -> assertThat(ack.replica().value()).isEqualTo("r"));
        assertThat(main.write("CREATE (:N)").acks()).isEmpty();
        replica.stop();
        assertThat(main.acksOf("CREATE (:N)"))
                .singleElement()
                .satisfies(ack -> assertThat(ack.acknowledged()).isFalse());
    }

    @Test
    void lagIsToldInTransactionsBytesAndMilliseconds() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.ASYNC, replica);
        main.write("CREATE (:N)");
        await().atMost(SOON).until(() -> main.lag("r").lagTransactions() == 0);
        StreamLag held = main.lag("r");
        assertThat(held.lagBytes()).isZero();
        assertThat(held.lagMillis()).isZero();
        cluster.network().cut(replica.replicationPort());

        main.write("CREATE (:N)");
        main.write("CREATE (:N)");
        await().atMost(SOON).until(() -> main.lag("r").lagMillis() > 0);
        StreamLag behind = main.lag("r");

        assertThat(behind.lagTransactions()).isEqualTo(2);
        assertThat(behind.committedTransactions()).isEqualTo(held.committedTransactions());
        assertThat(behind.lagBytes()).isPositive();
        assertThat(main.lag("main")).isEqualTo(new StreamLag(held.committedTransactions() + 2, 0, 0, 0));
        cluster.network().heal(replica.replicationPort());
        StreamLag none = new StreamLag(held.committedTransactions() + 2, 0, 0, 0);
        await().atMost(SOON).until(() -> main.lag("r").equals(none));
    }

    @Test
    void registrationsAndDataSurviveARestartOfEverybody() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        main.write("CREATE (:N {i: 1})");
        replica.stop();
        main.stop();

        Node mainAgain = cluster.start("main");
        assertThat(mainAgain.write("CREATE (:N {i: 2})").notifications()).hasSize(1);
        Node replicaAgain = cluster.start("replica");

        awaitReady(mainAgain, "r");
        Bookmark last = mainAgain.write("CREATE (:N {i: 3})").bookmark();
        assertThat(replicaAgain.readAt(last, "MATCH (n:N) RETURN n.i ORDER BY n.i"))
                .containsExactly("1", "2", "3");
        assertThat(replicaAgain.stateHash()).isEqualTo(mainAgain.stateHash());
    }

    @Test
    void withoutRestoringARestartedMainHasNoReplicas() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        main.stop();
        replica.stop();

        assertThat(cluster.startForgetting("main").replicaNames()).isEmpty();
        assertThat(cluster.startForgetting("replica").isMain()).isTrue();
    }

    @Test
    void oldMainCannotWriteToReplicasOfTheNewReign() {
        Node main = cluster.start("main");
        Node first = cluster.start("first").becomeReplica();
        Node second = cluster.start("second").becomeReplica();
        main.register("first", ReplicationMode.SYNC, first);
        main.register("second", ReplicationMode.SYNC, second);
        main.write("CREATE (:N {i: 1})");
        main.stop();
        first.becomeMain().register("second", ReplicationMode.SYNC, second);
        first.write("CREATE (:N {i: 2})");

        Node old = cluster.start("main");
        CommitSummary stray = old.write("CREATE (:N {i: 99})");

        assertThat(stray.notifications()).hasSize(1);
        assertThat(old.states("second")).containsOnly(StreamState.INVALID);
        Bookmark last = first.write("CREATE (:N {i: 3})").bookmark();
        assertThat(second.readAt(last, "MATCH (n:N) RETURN n.i ORDER BY n.i")).containsExactly("1", "2", "3");
        old.becomeReplica();
        first.register("old", ReplicationMode.SYNC, old);
        awaitReady(first, "old");
        assertThat(first.givenUp("old")).isEqualTo(1);
        assertThat(old.readAt(last, "MATCH (n:N) RETURN n.i ORDER BY n.i")).containsExactly("1", "2", "3");
    }

    @Test
    void oldMainThatWroteNothingMoreFollowsTheNewOneWithoutAFullCopy() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        main.write("CREATE (:N {i: 1})");
        main.stop();
        replica.becomeMain();
        replica.write("CREATE (:N {i: 2})");

        // it comes back as MAIN and opens a reign in which nothing is written
        Node old = cluster.start("main");
        assertThat(old.isMain()).isTrue();
        old.becomeReplica();
        replica.register("old", ReplicationMode.SYNC, old);

        CommitSummary commit = replica.write("CREATE (:N {i: 3})");
        assertThat(commit.notifications()).isEmpty();
        assertThat(old.readAt(commit.bookmark(), "MATCH (n:N) RETURN n.i ORDER BY n.i"))
                .containsExactly("1", "2", "3");
        assertThat(old.stateHash()).isEqualTo(replica.stateHash());
        assertThat(old.databaseId()).isEqualTo(replica.databaseId());
    }

    @Test
    void healthyNodesSwapRoles() {
        Node one = cluster.start("one");
        Node two = cluster.start("two").becomeReplica();
        one.register("two", ReplicationMode.ASYNC, two);
        for (int i = 0; i < 50; i++) {
            one.write("CREATE (:N {i: " + i + "})");
        }

        one.becomeReplica();
        two.becomeMain();
        two.register("one", ReplicationMode.SYNC, one);

        CommitSummary commit = two.write("CREATE (:N {i: 50})");
        assertThat(commit.notifications()).isEmpty();
        assertThat(one.readAt(commit.bookmark(), "MATCH (n:N) RETURN count(n)")).containsExactly("51");
        assertThat(one.stateHash()).isEqualTo(two.stateHash());
    }

    @Test
    void replicaWithDataOfItsOwnIsRefused() {
        Node main = cluster.start("main");
        Node dirty = cluster.start("dirty");
        dirty.write("CREATE (:Mine)");
        dirty.becomeReplica();

        assertThatThrownBy(() -> main.register("d", ReplicationMode.SYNC, dirty))
                .hasMessageContaining("holds data of its own");
        assertThat(main.replicaNames()).isEmpty();
        assertThat(dirty.read("MATCH (n:Mine) RETURN count(n)")).containsExactly("1");
    }

    @Test
    void unreachableReplicaIsNotRegistered() {
        Node main = cluster.start("main");
        Node gone = cluster.start("gone").becomeReplica();
        gone.stop();

        assertThatThrownBy(() -> main.register("g", ReplicationMode.SYNC, gone)).hasMessageContaining("refused");
        assertThat(main.replicaNames()).isEmpty();
    }

    @Test
    void droppedReplicaIsNoLongerWaitedForAndCanBeRegisteredAgain() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, replica);
        cluster.network().freeze(replica.replicationPort());
        main.drop("r");

        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
        cluster.network().heal(replica.replicationPort());
        main.register("r", ReplicationMode.SYNC, replica);

        Bookmark last = main.write("CREATE (:N)").bookmark();
        assertThat(replica.readAt(last, "MATCH (n:N) RETURN count(n)")).containsExactly("2");
    }

    @Test
    void replicaThatWasAwayCatchesUpFromTheLog() {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.ASYNC, replica);
        cluster.network().cut(replica.replicationPort());
        Bookmark last = main.write("CREATE (:N)").bookmark();
        for (int i = 0; i < 200; i++) {
            last = main.write("CREATE (:N {text: 'something to carry over'})").bookmark();
        }
        await().atMost(SOON).until(() -> main.states("r").equals(List.of(StreamState.INVALID, StreamState.INVALID)));

        cluster.network().heal(replica.replicationPort());

        assertThat(replica.readAt(last, "MATCH (n:N) RETURN count(n)")).containsExactly("201");
        assertThat(replica.stateHash()).isEqualTo(main.stateHash());
    }
}
