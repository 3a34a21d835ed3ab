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
    private static final Duration SOON = Duration.ofSeconds(20);

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
}
