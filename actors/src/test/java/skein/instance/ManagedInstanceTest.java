package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.ManagementProtocol.Kind;
import skein.protocol.ManagementProtocol.Report;
import skein.session.QuerySession;
import skein.session.TransactionOptions.AccessMode;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** Instances that coordinators tell what to be, told by a test. */
final class ManagedInstanceTest {
    private static final String COUNT = "MATCH (n:N) RETURN count(n)";

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private Leader leader;

    @BeforeEach
    void begin() {
        cluster.managed = true;
        leader = new Leader(cluster.network());
    }

    @AfterEach
    void end() {
        leader.close();
    }

    /** d1 is MAIN of reign 1 with two replicas that have joined. */
    private Node form() {
        Node main = cluster.start("d1");
        cluster.start("d2");
        cluster.start("d3");
        leader.replica("d2");
        leader.replica("d3");
        leader.main("d1", 1, false, "d2", "d3");
        leader.await("d1", report -> report.stands() && Leader.hasJoined(report, "d2", "d3"));
        return main;
    }

    private Node formOpen() {
        Node main = form();
        open("d1", 1, "d2", "d3");
        return main;
    }

    /** Twice: the second one brings a lease, which the first one's report began. */
    private void open(String instance, long reign, String... others) {
        leader.main(instance, reign, true, others);
        leader.await(instance, Report::stands);
        leader.main(instance, reign, true, others);
        leader.await(instance, Report::writable);
    }

    private static SkeinException refusal(Node node) {
        return catchThrowableOfType(SkeinException.class, () -> node.write("CREATE (:N)"));
    }

    @Test
    void beforeItIsAssignedAnInstanceIsNothing() {
        Node node = cluster.start("d1");

        assertThat(node.isMain()).isFalse();
        assertThat(catchThrowableOfType(SkeinException.class, () -> node.read(COUNT)))
                .hasMessageContaining("not here yet");
        assertThat(catchThrowableOfType(SkeinException.class, () -> node.createDatabase("movies"))
                        .code())
                .isEqualTo(ErrorCode.NOT_MAIN);
    }

    @Test
    void writesAreOpenOnlyWhenTheLeaderSaysSo() {
        Node main = form();

        assertThat(refusal(main).code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE);
        assertThat(refusal(main)).hasMessageContaining("is being set up");

        open("d1", 1, "d2", "d3");
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
        assertThat(main.read(COUNT)).containsExactly("1");
    }

    @Test
    void roleCommandsOfClientsAreRefused() {
        Node main = form();

        for (String typed : new String[] {
            "SET REPLICATION ROLE TO REPLICA WITH PORT 10000",
            "DROP REPLICA d2",
            "REGISTER REPLICA r SYNC TO 'x:1'",
            "SET REPLICATION ROLE TO MAIN"
        }) {
            SkeinException refused = catchThrowableOfType(SkeinException.class, () -> main.type(typed));
            assertThat(refused.code()).isEqualTo(ErrorCode.REPLICATION_REFUSED);
            assertThat(refused).hasMessageContaining("SET INSTANCE").hasMessageContaining("UNREGISTER INSTANCE");
        }
        assertThat(main.replicaNames()).containsExactly("d2", "d3");
    }

    @Test
    void restartedMainWaitsUntilItIsAssigned() {
        Node main = formOpen();
        main.write("CREATE (:N)");
        leader.hangUp("d1");
        main.stop();

        Node again = cluster.start("d1");
        assertThat(again.read(COUNT)).containsExactly("1");
        assertThat(refusal(again).code().isTransient()).isTrue();

        leader.main("d1", 1, true, "d2", "d3");
        leader.await("d1", report -> report.stands() && Leader.hasJoined(report, "d2", "d3"));
        open("d1", 1, "d2", "d3");
        again.write("CREATE (:N)");
        assertThat(again.read(COUNT)).containsExactly("2");
    }

    @Test
    void promotedReplicaTakesOverAndTheOldMainComesBackWithATailOfItsOwn() {
        Node main = formOpen();
        main.write("CREATE (:N)");
        cluster.network().cut(new HostPort("d2", 10_000));
        cluster.network().cut(new HostPort("d3", 10_000));
        leader.hangUp("d1");
        assertThat(main.write("CREATE (:Lost)").notifications()).isNotEmpty();
        main.stop();
        cluster.network().heal(new HostPort("d2", 10_000));
        cluster.network().heal(new HostPort("d3", 10_000));

        leader.index = 2;
        leader.main("d2", 2, false, "d1", "d3");
        leader.await("d2", report -> report.stands() && report.reign() == 2 && Leader.hasJoined(report, "d3"));
        open("d2", 2, "d1", "d3");
        Node old = cluster.start("d1");
        leader.replica("d1");
        leader.main("d2", 2, true, "d1", "d3");
        leader.await("d2", report -> Leader.hasJoined(report, "d1", "d3"));

        assertThat(old.isMain()).isFalse();
        await().until(() -> old.read("MATCH (n) RETURN count(n)").equals(List.of("1")));
        assertThat(refusal(old).code()).isEqualTo(ErrorCode.NOT_MAIN);
    }

    @Test
    void mainWithoutALeaseTakesNoWrites() {
        leader.lease = Duration.ofSeconds(4);
        Node main = formOpen();
        main.write("CREATE (:N)");

        await().until(() -> refusal(main) != null);

        assertThat(refusal(main)).hasMessageContaining("lost the coordinators");
        assertThat(leader.await("d1", report -> !report.writable()).stands()).isTrue();
        leader.lease = Duration.ofMinutes(1);
        leader.main("d1", 1, true, "d2", "d3");
        leader.await("d1", Report::writable);
        main.write("CREATE (:N)");
    }

    @Test
    void restrictedMainAcknowledgesWhatEveryReplicaConfirms() {
        leader.lease = Duration.ofMillis(300);
        Node main = form();
        leader.assign("d1", leader.restricted(1, "d2", "d3"));
        leader.await("d1", Report::writable);
        leader.hangUp("d1");

        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
        cluster.network().cut(new HostPort("d2", 10_000));
        await().until(() -> refusal(main) != null);
        await().untilAsserted(() -> assertThat(refusal(main).code()).isEqualTo(ErrorCode.REPLICATION_FAILURE));
    }

    @Test
    void whatIsUnderWayWithoutALeaseIsUnknownUnlessEveryReplicaConfirmsIt() {
        cluster.ackTimeout = Duration.ofMillis(500);
        leader.lease = Duration.ZERO;
        Node main = form();
        leader.assign("d1", leader.restricted(1, "d2", "d3"));
        leader.await("d1", Report::writable);
        cluster.network().freeze(new HostPort("d2", 10_000));

        assertThat(refusal(main).code()).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        assertThat(refusal(main).code()).isEqualTo(ErrorCode.REPLICATION_FAILURE);
    }

    @Test
    void transactionThatBeganBeforeWritesWereClosedIsRefusedAtItsCommit() {
        Node main = formOpen();
        try (QuerySession session = main.session()) {
            var options = Node.options(null, AccessMode.WRITE, List.of());
            session.begin(options);
            session.run("CREATE (:N)", Map.of(), options).finish();
            leader.assign("d1", leader.handingOver(1, "d2", "d3"));
            leader.await("d1", report -> !report.writable());

            assertThat(catchThrowableOfType(SkeinException.class, session::commit)
                            .code()
                            .isTransient())
                    .isTrue();
        }
        assertThat(main.read(COUNT)).containsExactly("0");
    }

    @Test
    void restrictedMainWithAsyncReplicasAloneTakesNone() {
        leader.mode = ReplicationMode.ASYNC;
        leader.lease = Duration.ZERO;
        Node main = form();
        leader.assign("d1", leader.restricted(1, "d2", "d3"));
        leader.await("d1", Report::writable);

        assertThat(refusal(main).code()).isEqualTo(ErrorCode.REPLICATION_FAILURE);
        assertThat(refusal(main)).hasMessageContaining("SKEIN-ROLE-029");
    }

    @Test
    void handingOverDrainsAndTellsTheLeader() {
        Node main = formOpen();
        main.write("CREATE (:N)");

        leader.assign("d1", leader.handingOver(1, "d2", "d3"));
        Report report = leader.await("d1", Report::handedOver);

        assertThat(report.writable()).isFalse();
        assertThat(refusal(main)).hasMessageContaining("handing over");
        leader.index = 2;
        leader.replica("d1");
        leader.main("d2", 2, false, "d1", "d3");
        leader.await("d2", next -> next.stands() && Leader.hasJoined(next, "d1", "d3"));
        open("d2", 2, "d1", "d3");
        assertThat(leader.last("d1").orElseThrow().kind()).isEqualTo(Kind.REPLICA);
    }

    @Test
    void calledOffHandingOverTakesWritesAgainInTheSameReign() {
        Node main = formOpen();
        leader.assign("d1", leader.handingOver(1, "d2", "d3"));
        leader.await("d1", Report::handedOver);

        leader.main("d1", 1, true, "d2", "d3");
        assertThat(leader.await("d1", Report::writable).handedOver()).isFalse();
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void staleLeadersAndOtherClustersAreRefused() {
        Node main = formOpen();
        leader.term = 3;
        open("d1", 1, "d2", "d3");

        leader.term = 2;
        leader.index = 99;
        leader.replica("d1");
        await().until(() -> leader.refusals("d1").size() == 1);
        leader.term = 9;
        leader.cluster = new UUID(13, 14);
        leader.replica("d1");
        await().until(() -> leader.refusals("d1").size() == 2);

        assertThat(leader.refusals("d1").get(0).message()).contains("later leader");
        assertThat(leader.refusals("d1").get(1).message()).contains("belongs to the cluster");
        main.write("CREATE (:N)");
    }

    @Test
    void clusterIsRememberedAcrossRestarts() {
        Node node = cluster.start("d1");
        leader.replica("d1");
        leader.await("d1", report -> report.kind() == Kind.REPLICA);
        leader.hangUp("d1");
        node.stop();

        cluster.start("d1");
        leader.cluster = new UUID(13, 14);
        leader.replica("d1");

        await().until(() -> leader.refusals("d1").size() == 1);
    }

    @Test
    void unreachablePeerIsTriedAgainAndKeepsNobodyWaiting() {
        Node main = cluster.start("d1");
        cluster.start("d3");
        leader.replica("d3");
        leader.main("d1", 1, false, "d2", "d3");
        leader.await("d1", report -> report.stands() && Leader.hasJoined(report, "d3"));

        cluster.start("d2");
        leader.replica("d2");
        leader.await("d1", report -> Leader.hasJoined(report, "d2", "d3"));
        assertThat(main.replicaNames()).containsExactly("d3", "d2");
    }

    @Test
    void unlistedReplicaIsDroppedAndNotClaimedAnyMore() {
        Node main = formOpen();

        leader.main("d1", 1, true, "d3");
        leader.await("d1", report -> report.replicas().size() == 1 && Leader.hasJoined(report, "d3"));

        await().until(() -> main.replicaNames().equals(List.of("d3")));
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void earlierMainIsPromotedAnewByTheWordOfTheOthers() {
        Node main = formOpen();
        main.write("CREATE (:N)");

        leader.index = 2;
        leader.main("d1", 5, false, "d2", "d3");
        leader.await("d1", report -> report.stands() && report.reign() == 5 && Leader.hasJoined(report, "d2", "d3"));
        open("d1", 5, "d2", "d3");

        main.write("CREATE (:N)");
        assertThat(main.read(COUNT)).containsExactly("2");
    }
}
