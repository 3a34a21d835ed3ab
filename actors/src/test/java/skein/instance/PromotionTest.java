package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/**
 * A replica that is promoted asks the others first: it keeps what any of them holds, and nobody obeys the MAIN before.
 */
class PromotionTest {
    private static final String COUNT = "MATCH (n:N) RETURN count(n)";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private Node main;
    private Node near;
    private Node far;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** A MAIN, a SYNC replica that holds everything, and an ASYNC one that is cut off after the first record. */
    @BeforeEach
    void open() {
        main = cluster.start("main");
        near = cluster.start("near").becomeReplica();
        far = cluster.start("far").becomeReplica();
        main.register("near", ReplicationMode.SYNC, near);
        main.register("far", ReplicationMode.ASYNC, far);
        main.write("CREATE (:N {i: 0})");
        await().ignoreExceptions().until(() -> far.read(COUNT).equals(List.of("1")));
        cluster.network().cut(far.replicationPort());
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void replicaThatIsBehindTakesOverWhatAnotherHoldsBeyondIt() {
        for (int i = 1; i < 50; i++) {
            main.write("CREATE (:N {i: " + i + ", text: '" + "x".repeat(50_000) + "'})");
        }
        main.createDatabase("movies");
        main.writeIn("movies", "CREATE (:N)");
        main.stop();

        List<String> notes = far.promote(false);

        assertThat(notes).contains("PromotionTail").doesNotContain("PromotionIncomplete");
        assertThat(far.read(COUNT)).containsExactly("50");
        assertThat(far.readIn("movies", COUNT)).containsExactly("1");
        far.register("near", ReplicationMode.SYNC, near);
        far.write("CREATE (:N {i: 50})");
        await().until(() -> near.read(COUNT).equals(List.of("51")));
        assertThat(near.readIn("movies", COUNT)).containsExactly("1");
    }

    /** The other replica acknowledges nothing to the MAIN before, however that one goes on. */
    @Test
    void mainBeforeIsNotObeyedAnyMoreByAnybody() {
        far.promote(false);
        long end = near.logEnd();

        for (int i = 0; i < 3; i++) {
            assertThat(main.write("CREATE (:N)").notifications()).isNotEmpty();
        }
        main.stop();
        main = cluster.start("main");
        main.stop();
        main = cluster.start("main");
        assertThat(main.write("CREATE (:N)").notifications()).isNotEmpty();

        assertThat(near.logEnd()).isEqualTo(end);
        assertThat(main.states("near")).containsOnly(StreamState.INVALID);
    }

    @Test
    void whoIsNotHeardIsNamed() {
        main.write("CREATE (:N {i: 1})");
        main.stop();
        near.stop();

        assertThat(far.promote(false)).contains("PromotionIncomplete");
        assertThat(far.read(COUNT)).containsExactly("1");
    }

    /** What another MAIN wrote beside the one that this replica followed is not mixed in. */
    @Test
    void memberOfAnotherHistoryIsLeftAlone() {
        cluster.network().cut(near.replicationPort());
        far.promote(false);
        far.write("CREATE (:Other)");
        cluster.network().heal(near.replicationPort());
        await().until(() -> main.states("near").stream().allMatch(StreamState.READY::equals));
        main.write("CREATE (:N {i: 1})");
        far.becomeReplica();
        main.stop();

        cluster.network().heal(far.replicationPort());
        assertThat(near.promote(false)).contains("PromotionOtherHistory");

        assertThat(near.read(COUNT)).containsExactly("2");
        assertThat(near.read("MATCH (n:Other) RETURN count(n)")).containsExactly("0");
    }

    /** A restart in the middle undoes it, and those who pledged follow their MAIN again. */
    @Test
    void promotionThatIsInterruptedIsUndone() {
        Node slow = cluster.start("slow").becomeReplica();
        main.register("slow", ReplicationMode.ASYNC, slow);
        cluster.network().heal(far.replicationPort());
        await().until(() -> main.states("far").stream().allMatch(StreamState.READY::equals));
        cluster.network().freeze(slow.replicationPort());
        CompletableFuture<Void> promotion = CompletableFuture.runAsync(() -> far.promote(false), threads);
        await().until(() -> main.states("near").contains(StreamState.INVALID));
        assertThat(promotion).isNotDone();
        far.stop();

        far = cluster.start("far");
        assertThat(far.isMain()).isFalse();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> main.states("near").stream().allMatch(StreamState.READY::equals));
        main.write("CREATE (:N {i: 1})");
        await().until(() -> far.read(COUNT).equals(List.of("2")));
        assertThat(near.read(COUNT)).containsExactly("2");
    }

    /** QUORUM 1 of 2: one of the two others has to be heard, or the operator takes it upon himself. */
    @Test
    void promotionBelowTheQuorumIsRefusedAndTakenBack() {
        cluster.network().heal(far.replicationPort());
        main.drop("near");
        main.drop("far");
        main.register("near", ReplicationMode.QUORUM, near);
        main.register("far", ReplicationMode.QUORUM, far);
        await().until(() -> main.states("far").stream().allMatch(StreamState.READY::equals));
        cluster.network().cut(far.replicationPort());
        main.write("CREATE (:N {i: 1})");
        cluster.network().cut(near.replicationPort());

        assertThatThrownBy(() -> far.promote(false))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("SKEIN-ROLE-010")
                .hasMessageContaining("near");

        // nothing has changed: the MAIN goes on with it
        cluster.network().heal(far.replicationPort());
        await().until(() -> far.read(COUNT).equals(List.of("2")));
        main.write("CREATE (:N {i: 2})");
        cluster.network().cut(far.replicationPort());
        cluster.network().heal(near.replicationPort());
        await().until(() -> near.read(COUNT).equals(List.of("3")));
        main.write("CREATE (:N {i: 3})");
        main.stop();
        far.promote(false);
        assertThat(far.read(COUNT)).containsExactly("4");
    }

    @Test
    void operatorMayGoOnBelowTheQuorum() {
        cluster.network().heal(far.replicationPort());
        main.drop("near");
        main.drop("far");
        main.register("near", ReplicationMode.QUORUM, near);
        main.register("far", ReplicationMode.QUORUM, far);
        main.stop();
        near.stop();

        assertThat(far.promote(true)).contains("PromotionIncomplete");
        assertThat(far.isMain()).isTrue();
    }
}
