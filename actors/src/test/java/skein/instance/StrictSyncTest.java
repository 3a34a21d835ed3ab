package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.protocol.InstanceRoleProtocol;
import skein.protocol.InstanceRoleProtocol.Refused;
import skein.protocol.InstanceRoleProtocol.StreamState;
import skein.session.QuerySession.CommitSummary;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** STRICT_SYNC: nothing is committed that not every replica holds. */
class StrictSyncTest {
    private static final int COMMITS = 64;
    private static final Duration SOON = Duration.ofSeconds(60);

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private static void awaitReady(Node main, String replica) {
        await().atMost(SOON).until(() -> Set.copyOf(main.states(replica)).equals(Set.of(StreamState.READY)));
    }

    private static void awaitLost(Node main, String replica) {
        await().atMost(SOON).until(() -> Set.copyOf(main.states(replica)).equals(Set.of(StreamState.INVALID)));
        await().atMost(SOON).until(() -> code(() -> main.database().requireWritable()) != null);
    }

    private static @Nullable ErrorCode code(Runnable work) {
        try {
            work.run();
            return null;
        } catch (SkeinException e) {
            return e.code();
        } catch (CompletionException e) {
            return e.getCause() instanceof SkeinException expected ? expected.code() : ErrorCode.INTERNAL;
        }
    }

    private Node mainWith(Node... replicas) {
        Node main = cluster.start("main");
        for (int i = 0; i < replicas.length; i++) {
            main.register("r" + (i + 1), ReplicationMode.STRICT_SYNC, replicas[i]);
            awaitReady(main, "r" + (i + 1));
        }
        return main;
    }

    private Node replica(String name) {
        return cluster.start(name).becomeReplica();
    }

    @Test
    void commitIsOnTheDiskOfEveryReplicaBeforeItIsAnswered() {
        Node one = replica("one");
        Node two = replica("two");
        Node main = mainWith(one, two);

        CommitSummary commit = main.write("CREATE (:N)");

        assertThat(commit.notifications()).isEmpty();
        assertThat(one.durableLsn()).isGreaterThanOrEqualTo(commit.bookmark().lsn());
        assertThat(two.durableLsn()).isGreaterThanOrEqualTo(commit.bookmark().lsn());
    }

    @Test
    void writesAreRefusedWhileAReplicaIsDownAndReadsAreAnswered() {
        Node replica = replica("replica");
        Node main = mainWith(replica);
        main.write("CREATE (:N)");
        replica.stop();
        awaitLost(main, "r1");
        long end = main.logEnd();

        assertThatThrownBy(() -> main.write("CREATE (:N)"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REPLICATION_FAILURE))
                .hasMessageContaining("Not committed, on no instance: STRICT_SYNC replica r1 was not reachable")
                .hasMessageContaining("SHOW REPLICAS");

        assertThat(main.logEnd()).isEqualTo(end);
        assertThat(main.read("MATCH (n:N) RETURN count(n)")).containsExactly("1");
        Node again = cluster.start("replica");
        awaitReady(main, "r1");
        CommitSummary commit = main.write("CREATE (:N)");
        assertThat(again.readAt(commit.bookmark(), "MATCH (n:N) RETURN count(n)"))
                .containsExactly("2");
    }

    @Test
    void writeUnderWayWhenTheConnectionEndsIsUnknownAtOnceAndDecidedWhenTheReplicaIsBack() throws Exception {
        cluster.ackTimeout = Duration.ofMinutes(10);
        Node replica = replica("replica");
        Node main = mainWith(replica);
        cluster.network().freeze(replica.replicationPort());
        CompletableFuture<CommitSummary> commit = underWay(main, "CREATE (:N)");

        cluster.network().cut(replica.replicationPort());

        assertThatThrownBy(() -> commit.get(20, TimeUnit.SECONDS))
                .hasCauseInstanceOf(SkeinException.class)
                .hasMessageContaining("SKEIN-REPL-020")
                .hasMessageContaining("STRICT_SYNC replica r1 lost the connection before confirming");
        assertThat(code(commit::join)).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        assertThat(main.read("MATCH (n:N) RETURN count(n)")).containsExactly("0");
        assertThat(code(() -> main.write("CREATE (:N)"))).isEqualTo(ErrorCode.REPLICATION_FAILURE);

        cluster.network().heal(replica.replicationPort());
        awaitReady(main, "r1");
        await().atMost(SOON)
                .until(() -> main.read("MATCH (n:N) RETURN count(n)").equals(List.of("1")));
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void writeThatIsNotConfirmedInTimeIsUnknown() {
        cluster.ackTimeout = Duration.ofMillis(300);
        Node replica = replica("replica");
        Node main = mainWith(replica);
        cluster.network().freeze(replica.replicationPort());

        assertThat(code(() -> main.write("CREATE (:N)"))).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        assertThat(code(() -> main.write("CREATE (:N)"))).isEqualTo(ErrorCode.REPLICATION_FAILURE);

        cluster.network().heal(replica.replicationPort());
        await().atMost(SOON)
                .until(() -> main.read("MATCH (n:N) RETURN count(n)").equals(List.of("1")));
        awaitReady(main, "r1");
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void droppingTheLostReplicaDecidesWhatItHeld() {
        cluster.ackTimeout = Duration.ofMillis(300);
        Node replica = replica("replica");
        Node main = mainWith(replica);
        cluster.network().freeze(replica.replicationPort());
        assertThat(code(() -> main.write("CREATE (:N)"))).isEqualTo(ErrorCode.COMMIT_UNKNOWN);

        main.drop("r1");

        await().atMost(SOON)
                .until(() -> main.read("MATCH (n:N) RETURN count(n)").equals(List.of("1")));
        assertThat(main.write("CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void restartedMainWithoutItsReplicaServesReadsRefusesWritesAndCanBeAdministered() {
        Node replica = replica("replica");
        Node main = mainWith(replica);
        main.createDatabase("other");
        main.write("CREATE (:N)");
        replica.stop();
        main.stop();

        Node again = cluster.start("main");

        assertThat(again.read("MATCH (n:N) RETURN count(n)")).containsExactly("1");
        for (String database : List.of("skein", "other")) {
            assertThat(code(() -> again.writeIn(database, "CREATE (:N)"))).isEqualTo(ErrorCode.REPLICATION_FAILURE);
        }
        assertThat(code(() -> again.createDatabase("third"))).isEqualTo(ErrorCode.REPLICATION_FAILURE);
        again.drop("r1");
        assertThat(again.write("CREATE (:N)").notifications()).isEmpty();
        assertThat(again.writeIn("other", "CREATE (:N)").notifications()).isEmpty();
        again.createDatabase("third");
        assertThat(again.writeIn("third", "CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void restartedMainOpensForWritesOnceItsReplicaIsBack() {
        Node replica = replica("replica");
        Node main = mainWith(replica);
        main.write("CREATE (:N)");
        replica.stop();
        main.stop();
        Node again = cluster.start("main");

        Node replicaAgain = cluster.start("replica");
        awaitReady(again, "r1");

        CommitSummary commit = again.write("CREATE (:N)");
        assertThat(commit.notifications()).isEmpty();
        assertThat(replicaAgain.readAt(commit.bookmark(), "MATCH (n:N) RETURN count(n)"))
                .containsExactly("2");
        assertThat(replicaAgain.stateHash()).isEqualTo(again.stateHash());
    }

    /** The MAIN dies with a write that its replica does not have; it comes back and steps down undecided. */
    @Test
    void mainThatCannotDecideItsReignCanStepDownAndFollow() {
        cluster.ackTimeout = Duration.ofMillis(300);
        Node replica = replica("replica");
        Node main = mainWith(replica);
        main.write("CREATE (:N {i: 1})");
        cluster.network().cut(replica.replicationPort());
        awaitLost(main, "r1");
        main.stop();
        cluster.network().heal(replica.replicationPort());
        replica.becomeMain().write("CREATE (:N {i: 2})");

        Node old = cluster.start("main");
        assertThat(code(() -> old.write("CREATE (:N {i: 99})"))).isEqualTo(ErrorCode.REPLICATION_FAILURE);
        old.becomeReplica();
        replica.register("old", ReplicationMode.STRICT_SYNC, old);

        awaitReady(replica, "old");
        CommitSummary commit = replica.write("CREATE (:N {i: 3})");
        assertThat(commit.notifications()).isEmpty();
        assertThat(old.readAt(commit.bookmark(), "MATCH (n:N) RETURN n.i ORDER BY n.i"))
                .containsExactly("1", "2", "3");
    }

    @Test
    void systemDatabaseFollowsTheSameRule() {
        cluster.ackTimeout = Duration.ofMillis(300);
        Node replica = replica("replica");
        Node main = mainWith(replica);
        cluster.network().freeze(replica.replicationPort());

        assertThat(code(() -> main.createDatabase("a"))).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
        assertThat(code(() -> main.createDatabase("b"))).isEqualTo(ErrorCode.REPLICATION_FAILURE);
        assertThat(main.users(
                        replyTo -> new InstanceRoleProtocol.DropDatabase(new DatabaseName("b"), true, false, replyTo)))
                .isNotInstanceOf(Refused.class);

        cluster.network().heal(replica.replicationPort());
        await().atMost(SOON).until(() -> main.databases().containsKey("a"));
        await().atMost(SOON).until(() -> replica.databases().containsKey("a"));
        awaitReady(main, "r1");
        assertThat(main.writeIn("a", "CREATE (:N)").notifications()).isEmpty();
    }

    @Test
    void modesThatPromiseDifferentThingsAreNotMixed() {
        Node one = replica("one");
        Node two = replica("two");
        Node main = mainWith(one);

        for (ReplicationMode mode : List.of(ReplicationMode.SYNC, ReplicationMode.QUORUM)) {
            assertThatThrownBy(() -> main.register("r2", mode, two))
                    .hasMessageContaining("was not registered as " + mode + ": replica r1 is STRICT_SYNC");
        }
        main.register("r2", ReplicationMode.ASYNC, two);
        assertThat(main.replicaNames()).containsExactly("r1", "r2");
    }

    @Test
    void asyncReplicaIsNotSentWhatIsNotDecided() throws Exception {
        cluster.ackTimeout = Duration.ofMinutes(10);
        Node strict = replica("strict");
        Node async = replica("async");
        Node main = mainWith(strict);
        main.register("a", ReplicationMode.ASYNC, async);
        long before = main.logEnd();
        await().atMost(SOON).until(() -> async.logEnd() == before);
        cluster.network().freeze(strict.replicationPort());

        CompletableFuture<CommitSummary> commit = underWay(main, "CREATE (:N)");
        cluster.network().cut(strict.replicationPort());
        assertThat(code(commit::join)).isEqualTo(ErrorCode.COMMIT_UNKNOWN);

        assertThat(async.logEnd()).isEqualTo(before);
        cluster.network().heal(strict.replicationPort());
        await().atMost(SOON).until(() -> async.logEnd() > before);
    }

    /** A write that the log has taken and nobody has decided. */
    private CompletableFuture<CommitSummary> underWay(Node main, String query) {
        long before = main.logEnd();
        CompletableFuture<CommitSummary> commit = CompletableFuture.supplyAsync(() -> main.write(query), threads);
        await().atMost(SOON).until(() -> main.durableLsn() > before);
        return commit;
    }

    /** No slot per instance, per database or per connection: as many commits are on their way as there are clients. */
    @Test
    void commitsOfTransactionsAndDatabasesOverlapAndOneThatLagsHoldsNobodyElse() throws Exception {
        cluster.ackTimeout = Duration.ofMinutes(10);
        Node replica = replica("replica");
        Node main = mainWith(replica);
        main.createDatabase("other");
        awaitReady(main, "r1");
        cluster.network().freeze(replica.replicationPort());
        long graph = main.logEnd("skein");
        long other = main.logEnd("other");

        List<CompletableFuture<CommitSummary>> inGraph = many(main, "skein");
        List<CompletableFuture<CommitSummary>> inOther = many(main, "other");
        await().atMost(SOON).until(() -> main.logEnd("skein") == graph + COMMITS);
        await().atMost(SOON).until(() -> main.logEnd("other") == other + COMMITS);
        assertThat(inGraph).noneMatch(CompletableFuture::isDone);
        assertThat(inOther).noneMatch(CompletableFuture::isDone);

        cluster.network().freeze(replica.replicationPort(), new DatabaseName("other"));
        cluster.network().thaw(replica.replicationPort());
        CompletableFuture.allOf(inGraph.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertThat(inOther).noneMatch(CompletableFuture::isDone);
        cluster.network().heal(replica.replicationPort());
        CompletableFuture.allOf(inOther.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);
        assertThat(main.readIn("other", "MATCH (n:N) RETURN count(n)")).containsExactly("" + COMMITS);
    }

    private List<CompletableFuture<CommitSummary>> many(Node main, String database) {
        List<CompletableFuture<CommitSummary>> commits = new ArrayList<>();
        for (int i = 0; i < COMMITS; i++) {
            commits.add(CompletableFuture.supplyAsync(() -> main.writeIn(database, "CREATE (:N)"), threads));
        }
        return commits;
    }

    /** Writers, a replica that comes and goes, and in the end a promotion. */
    @Test
    void nothingAcknowledgedIsLostAndNothingRefusedComesBack() throws Exception {
        cluster.ackTimeout = Duration.ofMillis(200);
        Node replica = replica("replica");
        Node main = mainWith(replica);
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        Set<Integer> refused = ConcurrentHashMap.newKeySet();
        AtomicInteger ids = new AtomicInteger();
        AtomicBoolean writing = new AtomicBoolean(true);
        List<CompletableFuture<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            writers.add(CompletableFuture.runAsync(
                    () -> {
                        while (writing.get()) {
                            int id = ids.incrementAndGet();
                            @Nullable ErrorCode outcome = code(() -> main.write("CREATE (:N {i: " + id + "})"));
                            if (outcome == null) {
                                acknowledged.add(id);
                            } else if (outcome.effect() == ErrorCode.Effect.NONE) {
                                refused.add(id);
                            }
                        }
                    },
                    threads));
        }
        for (int round = 0; round < 3; round++) {
            awaitMore(acknowledged, 50);
            cluster.network().cut(replica.replicationPort());
            awaitMore(refused, 5);
            cluster.network().heal(replica.replicationPort());
            awaitMore(acknowledged, 50);
            cluster.network().freeze(replica.replicationPort());
            awaitMore(refused, 5);
            cluster.network().heal(replica.replicationPort());
        }
        awaitMore(acknowledged, 50);
        cluster.network().cut(replica.replicationPort());
        awaitMore(refused, 5);

        replica.becomeMain();
        writing.set(false);
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        List<Integer> found = replica.read("MATCH (n:N) RETURN n.i").stream()
                .map(Integer::parseInt)
                .toList();
        assertThat(found).doesNotHaveDuplicates().containsAll(acknowledged).doesNotContainAnyElementsOf(refused);
    }

    private static void awaitMore(Set<Integer> set, int more) {
        int before = set.size();
        await().atMost(Duration.ofSeconds(30)).until(() -> set.size() >= before + more);
    }

    @Test
    void writesGoOnWhileAReplicaIsBroughtUpToDateAndItsPromiseSurvivesARestart() {
        Node main = cluster.start("main");
        for (int i = 0; i < 200; i++) {
            main.write("CREATE (:N {text: 'something to carry over'})");
        }
        Node replica = replica("replica");
        cluster.network().freeze(replica.replicationPort(), new DatabaseName("skein"));
        main.register("r1", ReplicationMode.STRICT_SYNC, replica);

        CommitSummary during = main.write("CREATE (:N)");
        assertThat(during.notifications()).hasSize(1);
        assertThat(during.notifications().getFirst().title()).contains("STRICT_SYNC replica r1");
        assertThat(main.states("r1")).doesNotContain(StreamState.READY);

        cluster.network().heal(replica.replicationPort());
        awaitReady(main, "r1");
        replica.stop();
        main.stop();
        Node again = cluster.start("main");
        assertThat(code(() -> again.write("CREATE (:N)"))).isEqualTo(ErrorCode.REPLICATION_FAILURE);
    }
}
