package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.session.QuerySession.CommitSummary;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/** What a client may rely on when the MAIN goes away in the middle of things. */
class FailoverTest {
    private static final int WRITERS = 8;

    @RegisterExtension
    final Cluster cluster = new Cluster();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    /** One SYNC replica has the record, the other does not answer: nobody shows it, and a promotion keeps it. */
    @Test
    void undecidedWriteIsNotShownAnywhereAndSurvivesAPromotion() throws Exception {
        Node main = cluster.start("main");
        Node quick = cluster.start("quick").becomeReplica();
        Node stuck = cluster.start("stuck").becomeReplica();
        main.register("quick", ReplicationMode.SYNC, Duration.ofSeconds(60), quick);
        main.register("stuck", ReplicationMode.SYNC, Duration.ofSeconds(60), stuck);
        main.write("CREATE (:N {i: 1})");
        cluster.network().freeze(stuck.replicationPort());

        var commit = CompletableFuture.supplyAsync(() -> main.write("CREATE (:N {i: 2})"), threads);
        await().until(() -> quick.logEnd() == main.logEnd() && quick.durableLsn() == main.logEnd());

        assertThat(commit).isNotDone();
        assertThat(main.read("MATCH (n:N) RETURN count(n)")).containsExactly("1");
        assertThat(quick.read("MATCH (n:N) RETURN count(n)")).containsExactly("1");
        cluster.network().cut(quick.replicationPort());
        assertThat(quick.becomeMain().read("MATCH (n:N) RETURN count(n)")).containsExactly("2");
        main.stop();
        assertThat(outcome(commit)).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
    }

    /** A MAIN that steps down finishes what it can; what it cannot decide is unknown, never failed. */
    @Test
    void writeThatWaitsWhileTheMainStepsDownIsUnknown() throws Exception {
        Node main = cluster.start("main");
        Node stuck = cluster.start("stuck").becomeReplica();
        main.register("stuck", ReplicationMode.SYNC, Duration.ofSeconds(60), stuck);
        cluster.network().freeze(stuck.replicationPort());
        var commit = CompletableFuture.supplyAsync(() -> main.write("CREATE (:N)"), threads);
        long before = stuck.logEnd();
        await().until(() -> main.logEnd() > before);

        main.becomeReplica();

        assertThat(outcome(commit)).isEqualTo(ErrorCode.COMMIT_UNKNOWN);
    }

    /**
     * Writers, a replica that comes and goes, and in the end a failover: nothing acknowledged without a warning is
     * lost.
     */
    @Test
    void nothingAcknowledgedWithoutAWarningIsLostInAFailover() throws Exception {
        Node main = cluster.start("main");
        Node replica = cluster.start("replica").becomeReplica();
        main.register("r", ReplicationMode.SYNC, Duration.ofMillis(200), replica);
        Set<Integer> promised = ConcurrentHashMap.newKeySet();
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        var ids = new AtomicInteger();
        var writing = new AtomicBoolean(true);
        var writers = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < WRITERS; i++) {
            writers.add(CompletableFuture.runAsync(
                    () -> {
                        while (writing.get()) {
                            write(main, ids.incrementAndGet(), promised, acknowledged);
                        }
                    },
                    threads));
        }
        for (int round = 0; round < 3; round++) {
            awaitMore(promised, 100);
            cluster.network().cut(replica.replicationPort());
            awaitMore(acknowledged, 50);
            cluster.network().heal(replica.replicationPort());
            awaitMore(promised, 50);
            cluster.network().freeze(replica.replicationPort());
            awaitMore(acknowledged, 50);
            cluster.network().heal(replica.replicationPort());
        }
        awaitMore(promised, 100);
        cluster.network().cut(replica.replicationPort());
        awaitMore(acknowledged, 20);

        replica.becomeMain();
        writing.set(false);
        CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        List<Integer> found = replica.read("MATCH (n:N) RETURN n.i").stream()
                .map(Integer::parseInt)
                .toList();
        assertThat(found).doesNotHaveDuplicates().containsAll(promised);
        assertThat(main.read("MATCH (n:N) RETURN n.i").stream().map(Integer::parseInt))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    private static void write(Node main, int id, Set<Integer> promised, Set<Integer> acknowledged) {
        CommitSummary commit = main.write("CREATE (:N {i: " + id + "})");
        acknowledged.add(id);
        if (commit.notifications().isEmpty()) {
            promised.add(id);
        }
    }

    private static void awaitMore(Set<Integer> set, int more) {
        int before = set.size();
        await().atMost(Duration.ofSeconds(30)).until(() -> set.size() >= before + more);
    }

    private static ErrorCode outcome(CompletableFuture<CommitSummary> commit)
            throws InterruptedException, TimeoutException {
        try {
            throw new AssertionError("committed: " + commit.get(30, TimeUnit.SECONDS));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SkeinException refused) {
                return refused.code();
            }
            throw new AssertionError("no answer for a client", e);
        }
    }
}
