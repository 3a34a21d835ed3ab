package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.session.QuerySession.CommitSummary;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Chained replicas: {@code main -[ASYNC]-> replica1 -[SYNC WITH TIMEOUT]-> replica2}, as an operator types it. */
class ChainTest {
    private static final String COUNT = "MATCH (n:N) RETURN count(n)";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private Node main;
    private Node first;
    private Node second;

    @BeforeEach
    void start() {
        main = cluster.start("main");
        first = replica("replica1");
        second = replica("replica2");
        main.type("REGISTER REPLICA replica1 ASYNC TO \"replica1:10000\"");
        assertThat(first.type("REGISTER REPLICA replica2 SYNC WITH TIMEOUT 1 TO \"replica2:10000\""))
                .containsExactly("RegisterReplica", "ChainedReplica");
    }

    private Node replica(String name) {
        Node node = cluster.start(name);
        node.type("SET REPLICATION ROLE TO REPLICA WITH PORT 10000");
        return node;
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private static void awaitReady(Node upstream, String replica) {
        soon().until(() -> Set.copyOf(upstream.states(replica)).equals(Set.of(StreamState.READY)));
    }

    private static void awaitCount(Node node, int count) {
        soon().until(() -> node.read(COUNT).equals(List.of(String.valueOf(count))));
    }

    private static void create(Node node, int from, int to) {
        for (int i = from; i < to; i++) {
            node.write("CREATE (:N {i: " + i + "})");
        }
    }

    @Test
    void whatIsWrittenReachesTheEndOfTheChain() {
        CommitSummary commit = main.write("CREATE (:N)");

        assertThat(second.readAt(commit.bookmark(), COUNT)).containsExactly("1");
        assertThat(commit.notifications()).isEmpty();
        assertThat(main.replicaNames()).containsExactly("replica1");
        assertThat(first.replicaNames()).containsExactly("replica2");
        assertThat(second.replicaNames()).isEmpty();
        awaitReady(first, "replica2");
        soon().until(() -> first.lag("replica2").lagTransactions() == 0);
        assertThat(second.stateHash()).isEqualTo(main.stateHash());
        assertThat(second.route("skein").main()).isEqualTo(main.bolt());
    }

    @Test
    void databasesAndUsersReachTheEndOfTheChain() {
        main.createDatabase("movies");
        main.writeIn("movies", "CREATE (:N)");

        soon().until(() -> second.databases().equals(main.databases()));
        soon().until(() -> second.readIn("movies", COUNT).equals(List.of("1")));
        main.dropDatabase("movies", true);
        soon().until(() -> second.databases().equals(main.databases()));
    }

    @Test
    void chainGoesOnOverMoreThanTwoLinks() {
        Node third = replica("replica3");
        Node fourth = replica("replica4");
        second.type("REGISTER REPLICA replica3 ASYNC TO \"replica3:10000\"");
        third.type("REGISTER REPLICA replica4 SYNC TO \"replica4:10000\"");

        CommitSummary commit = main.write("CREATE (:N)");

        assertThat(fourth.readAt(commit.bookmark(), COUNT)).containsExactly("1");
        // whoever is on the way up cannot follow; an instance has one way
        for (Node above : List.of(first, second, third, fourth)) {
            assertThatThrownBy(() -> fourth.register("circle", ReplicationMode.ASYNC, above))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("nobody can follow in a circle");
        }
        assertThatThrownBy(() -> fourth.register("m", ReplicationMode.ASYNC, main))
                .isInstanceOf(SkeinException.class);
    }

    @Test
    void whatReplicaOneShowsReplicaTwoHolds() {
        awaitReady(first, "replica2");
        cluster.network().freeze(second.replicationPort());
        main.write("CREATE (:N)");

        // the timeout ends the wait, and the lag is seen
        awaitCount(first, 1);
        assertThat(second.read(COUNT)).containsExactly("0");
        soon().until(() -> first.lag("replica2").lagTransactions() > 0);
        cluster.network().heal(second.replicationPort());
        awaitCount(second, 1);
        awaitReady(first, "replica2");
    }

    @Test
    void everyLinkMayRestart() {
        create(main, 0, 5);
        first.stop();
        create(main, 5, 10);
        second.stop();
        first = cluster.start("replica1");
        awaitCount(first, 10);
        create(main, 10, 15);
        second = cluster.start("replica2");
        awaitCount(second, 15);
        assertThat(first.replicaNames()).containsExactly("replica2");

        main.stop();
        main = cluster.start("main");
        create(main, 15, 20);
        awaitCount(second, 20);
        assertThat(second.stateHash()).isEqualTo(main.stateHash());
    }

    @Test
    void promotedReplicaKeepsThoseWhoFollowIt() {
        create(main, 0, 5);
        awaitCount(second, 5);
        main.stop();

        first.type("SET REPLICATION ROLE TO MAIN");
        create(first, 5, 10);

        awaitCount(second, 10);
        assertThat(first.replicaNames()).containsExactly("replica2");
        awaitReady(first, "replica2");
        assertThat(second.route("skein").main()).isEqualTo(first.bolt());
        // now its commits wait for the SYNC replica
        assertThat(first.acksOf("CREATE (:N)").getFirst().acknowledged()).isTrue();
        main = cluster.start("main");
        main.type("SET REPLICATION ROLE TO REPLICA WITH PORT 10000");
        second.type("REGISTER REPLICA main ASYNC TO \"main:10000\"");
        awaitCount(main, 12);
        assertThat(main.stateHash()).isEqualTo(first.stateHash());
    }

    @Test
    void promotedEndOfTheChainTakesOverTheTailAndTurnsItRound() {
        create(main, 0, 5);
        awaitCount(second, 5);
        cluster.network().cut(second.replicationPort());
        create(main, 5, 10);
        awaitCount(first, 10);
        main.stop();
        cluster.network().heal(second.replicationPort());

        second.type("SET REPLICATION ROLE TO MAIN");

        assertThat(second.read(COUNT)).containsExactly("10");
        second.type("REGISTER REPLICA replica1 SYNC TO \"replica1:10000\"");
        assertThat(first.replicaNames()).isEmpty();
        create(second, 10, 15);
        awaitCount(first, 15);
        assertThat(first.stateHash()).isEqualTo(second.stateHash());
    }

    @Test
    void replicaThatFollowsAnotherMainTakesThoseBelowWithIt() {
        Node other = replica("other");
        main.register("other", ReplicationMode.SYNC, other);
        create(main, 0, 5);
        awaitCount(second, 5);
        awaitCount(other, 5);
        // replica1 and replica2 get what the next MAIN will not have
        cluster.network().cut(other.replicationPort());
        create(main, 5, 8);
        awaitCount(second, 8);
        main.stop();
        cluster.network().cut(first.replicationPort());
        cluster.network().heal(other.replicationPort());
        other.promote(false);
        create(other, 5, 6);
        cluster.network().heal(first.replicationPort());

        other.register("replica1", ReplicationMode.ASYNC, first);
        create(other, 6, 7);

        awaitCount(first, 7);
        awaitCount(second, 7);
        assertThat(second.stateHash()).isEqualTo(other.stateHash());
        assertThat(second.route("skein").main()).isEqualTo(other.bolt());
    }

    @Test
    void replicaOfTheMainMovesBelowAnother() {
        Node other = replica("other");
        main.register("other", ReplicationMode.SYNC, other);
        create(main, 0, 5);
        assertThatThrownBy(() -> first.register("other", ReplicationMode.ASYNC, other))
                .hasMessageContaining("that instance is registered on the MAIN, as other; drop it there first");
        // ahead of replica1 when it is registered there
        cluster.network().freeze(first.replicationPort(), new DatabaseName("skein"));
        create(main, 5, 10);
        main.drop("other");
        soon().ignoreExceptions().until(() -> {
            first.register("other", ReplicationMode.ASYNC, other);
            return true;
        });
        cluster.network().heal(first.replicationPort());

        create(main, 10, 12);
        awaitCount(other, 12);
        assertThat(first.givenUp("other")).isZero();
        assertThat(other.stateHash()).isEqualTo(main.stateHash());
    }
}
