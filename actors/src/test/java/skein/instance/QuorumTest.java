package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.session.QuerySession.CommitSummary;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** QUORUM: nothing is committed that not k of the replicas hold. */
class QuorumTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private static void awaitState(Node main, String replica, StreamState state) {
        await().atMost(SOON).until(() -> Set.copyOf(main.states(replica)).equals(Set.of(state)));
    }

    private Node replica(String name) {
        return cluster.start(name).becomeReplica();
    }

    private static void assertRefused(Node main, String words) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThatThrownBy(() -> main.database().requireWritable())
                        .isInstanceOfSatisfying(
                                SkeinException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.REPLICATION_FAILURE)));
        assertThatThrownBy(() -> main.write("CREATE (:N)")).hasMessageContaining(words);
    }

    @Test
    void oneOfTwoIsEnoughAndNoneIsNot() {
        Node main = cluster.start("main");
        Node one = replica("one");
        Node two = replica("two");
        main.register("one", ReplicationMode.QUORUM, one);
        main.register("two", ReplicationMode.QUORUM, two);
        awaitState(main, "two", StreamState.READY);
        one.stop();
        awaitState(main, "one", StreamState.INVALID);

        CommitSummary commit = main.write("CREATE (:N)");

        assertThat(commit.notifications()).isEmpty();
        assertThat(two.durableLsn()).isGreaterThanOrEqualTo(commit.bookmark().lsn());
        two.stop();
        assertRefused(main, "replication.quorum demands 1 QUORUM replicas in sync, and 0 of 2 are");
        Node again = cluster.start("one");
        awaitState(main, "one", StreamState.READY);
        CommitSummary next = main.write("CREATE (:N)");
        assertThat(next.notifications()).isEmpty();
        assertThat(again.readAt(next.bookmark(), "MATCH (n:N) RETURN count(n)")).containsExactly("2");
    }

    @Test
    void writesGoOnWithAWarningUntilTheQuorumHasFormed() {
        cluster.quorum = 2;
        Node main = cluster.start("main");
        Node one = replica("one");
        Node two = replica("two");
        main.register("one", ReplicationMode.QUORUM, one);

        assertThat(main.write("CREATE (:N)").notifications()).hasSize(1);
        assertThat(main.states("one")).doesNotContain(StreamState.READY);
        main.register("two", ReplicationMode.QUORUM, two);
        awaitState(main, "one", StreamState.READY);
        awaitState(main, "two", StreamState.READY);

        CommitSummary commit = main.write("CREATE (:N)");
        assertThat(commit.notifications()).isEmpty();
        assertThat(one.durableLsn()).isGreaterThanOrEqualTo(commit.bookmark().lsn());
        assertThat(two.durableLsn()).isGreaterThanOrEqualTo(commit.bookmark().lsn());
        two.stop();
        assertRefused(main, "demands 2 QUORUM replicas in sync, and 1 of 2 is");
    }

    @Test
    void restartedMainDecidesItsReignByAQuorum() {
        cluster.quorum = 2;
        Node main = cluster.start("main");
        for (String name : List.of("one", "two", "three")) {
            main.register(name, ReplicationMode.QUORUM, replica(name));
        }
        awaitState(main, "one", StreamState.READY);
        awaitState(main, "two", StreamState.READY);
        awaitState(main, "three", StreamState.READY);
        main.write("CREATE (:N)");
        cluster.network().cut(replicationPort("two"));
        cluster.network().cut(replicationPort("three"));
        main.stop();

        Node again = cluster.start("main");
        awaitState(again, "one", StreamState.READY);
        assertRefused(again, "demands 2 QUORUM replicas in sync, and 1 of 3 is");

        cluster.network().heal(replicationPort("three"));
        awaitState(again, "three", StreamState.READY);
        assertThat(again.write("CREATE (:N)").notifications()).isEmpty();
    }

    private static HostPort replicationPort(String name) {
        return new HostPort(name, 10_000);
    }

    /** A slow one beside a quick one: nobody waits for it, and nobody is warned. */
    @Test
    void slowReplicaIsNotWaitedFor() {
        Node main = cluster.start("main");
        Node quick = replica("quick");
        Node slow = replica("slow");
        main.register("quick", ReplicationMode.QUORUM, Duration.ofMinutes(10), quick);
        main.register("slow", ReplicationMode.QUORUM, Duration.ofMinutes(10), slow);
        awaitState(main, "slow", StreamState.READY);
        cluster.network().freeze(slow.replicationPort());

        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    private static final String COUNT = "MATCH (n:N) RETURN count(n)";

    private static String refusalOf(Runnable work) {
        try {
            work.run();
            return "";
        } catch (SkeinException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** The members of before hold the new MAIN's decisions, and follow it by themselves. */
    @Test
    void promotedMainGoesOnWithTheQuorumOfTheOneBefore() {
        Node main = cluster.start("main");
        Node one = replica("one");
        Node two = replica("two");
        main.register("one", ReplicationMode.QUORUM, one);
        main.register("two", ReplicationMode.QUORUM, two);
        awaitState(main, "two", StreamState.READY);
        main.write("CREATE (:N)");
        main.stop();

        assertThat(one.promote(false)).contains("PromotionMembers").doesNotContain("ReplicaQuorumIncomplete");

        assertThat(one.replicaNames()).containsExactly("two");
        awaitState(one, "two", StreamState.READY);
        CommitSummary commit = one.write("CREATE (:N)");
        assertThat(commit.notifications()).isEmpty();
        assertThat(two.durableLsn()).isGreaterThanOrEqualTo(commit.bookmark().lsn());
        two.stop();
        assertRefused(one, "demands 1 QUORUM replicas in sync, and 0 of 1 are");
        Node old = cluster.start("main").becomeReplica();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(refusalOf(() -> one.register("main", ReplicationMode.QUORUM, old)))
                        .isEmpty());
        awaitState(one, "main", StreamState.READY);
        assertThat(one.write("CREATE (:N)").notifications()).isEmpty();
        assertThat(one.read(COUNT)).containsExactly("3");
    }

    /** Restarts ask nobody: what they write is worth less than what a promotion did by the word of a quorum. */
    @Test
    void mainThatStartedAgainAndAgainDoesNotOutrankAPromotion() {
        Node first = cluster.start("first");
        Node lonely = replica("lonely");
        Node other = replica("other");
        first.register("lonely", ReplicationMode.QUORUM, lonely);
        first.register("other", ReplicationMode.QUORUM, other);
        awaitState(first, "lonely", StreamState.READY);
        first.becomeReplica();
        lonely.promote(false);
        awaitState(lonely, "other", StreamState.READY);
        // from here on everybody knows where to find each of the three
        lonely.register("first", ReplicationMode.QUORUM, first);
        awaitState(lonely, "first", StreamState.READY);
        lonely.write("CREATE (:N)");
        for (Node node : List.of(first, other)) {
            await().atMost(SOON).until(() -> node.read(COUNT).equals(List.of("1")));
            cluster.network().cut(node.replicationPort());
        }
        for (int i = 0; i < 3; i++) {
            lonely.stop();
            lonely = cluster.start("lonely");
        }
        lonely.stop();
        cluster.network().heal(other.replicationPort());
        cluster.network().heal(first.replicationPort());

        first.promote(false);
        awaitState(first, "other", StreamState.READY);
        CommitSummary acknowledged = first.write("CREATE (:N)");
        first.stop();
        Node again = cluster.start("lonely");
        assertThat(again.states("other")).doesNotContain(StreamState.READY);
        again.becomeReplica();
        assertThat(again.logEnd()).isGreaterThan(acknowledged.bookmark().lsn());

        assertThat(other.promote(false)).doesNotContain("PromotionOtherHistory", "PromotionTail");
        assertThat(other.read(COUNT)).containsExactly("2");
        other.register("lonely", ReplicationMode.QUORUM, again);
        awaitState(other, "lonely", StreamState.READY);
        assertThat(other.write("CREATE (:N)").notifications()).isEmpty();
        await().atMost(SOON).until(() -> again.read(COUNT).equals(List.of("3")));
    }

    /** The only one that holds a commit is dropped: a promotion asks for it until another one holds it too. */
    @Test
    void droppedReplicaIsAskedForUntilOthersHoldWhatItHeld() {
        Node main = cluster.start("main");
        Node one = replica("one");
        Node two = replica("two");
        main.register("one", ReplicationMode.QUORUM, one);
        main.register("two", ReplicationMode.QUORUM, two);
        awaitState(main, "two", StreamState.READY);
        cluster.network().cut(two.replicationPort());
        awaitState(main, "two", StreamState.INVALID);
        main.write("CREATE (:N)");

        assertThat(main.drop("one")).contains("ReplicaQuorumChanged");
        main.stop();
        one.stop();
        cluster.network().heal(two.replicationPort());

        assertThat(refusalOf(() -> two.promote(false))).contains("SKEIN-ROLE-010");
        cluster.start("one");
        two.promote(false);
        assertThat(two.read(COUNT)).containsExactly("1");
    }

    @Test
    void dropIsRefusedWhereNothingCouldBeDecidedAnyMoreAndTheLastOneKnowsOfIt() {
        cluster.quorum = 2;
        Node main = cluster.start("main");
        for (String name : List.of("one", "two", "three")) {
            main.register(name, ReplicationMode.QUORUM, replica(name));
        }
        for (String name : List.of("one", "two", "three")) {
            awaitState(main, name, StreamState.READY);
        }

        assertThat(main.drop("three")).containsExactly("DropReplica");
        assertThat(refusalOf(() -> main.drop("two"))).contains("SKEIN-REPL-015").contains("replication.quorum is 2");
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void lastQuorumReplicaIsDroppedOnceItHasItOnDisk() {
        Node main = cluster.start("main");
        Node one = replica("one");
        main.register("one", ReplicationMode.QUORUM, one);
        awaitState(main, "one", StreamState.READY);
        cluster.network().cut(one.replicationPort());
        awaitState(main, "one", StreamState.INVALID);
        assertRefused(main, "demands 1 QUORUM replicas in sync");

        assertThat(refusalOf(() -> main.drop("one"))).contains("SKEIN-REPL-016");
        assertRefused(main, "demands 1 QUORUM replicas in sync");
        cluster.network().heal(one.replicationPort());
        awaitState(main, "one", StreamState.READY);

        assertThat(main.drop("one")).containsExactly("DropReplica");
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }
}
