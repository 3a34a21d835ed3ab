package skein.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import skein.history.Appends;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;
import skein.vocabulary.Bookmark;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.ReplicationMode;
import skein.vocabulary.SkeinException;

/**
 * What readers see on replicas while the MAIN writes: a state that the MAIN had, and with bookmarks never an older one.
 */
final class ReplicaReadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SESSIONS = 6;
    private static final int TRANSACTIONS = 150;
    private static final int LISTS = 8;

    @RegisterExtension
    final Cluster cluster = new Cluster();

    @Test
    void readsOfEveryNodeAreSnapshotsOfOneHistory() throws Exception {
        Verdict verdict = judged(false);
        assertThat(verdict.violations(Isolation.SNAPSHOT)).isEmpty();
    }

    @Test
    void withBookmarksASessionNeverGoesBackFromNodeToNode() throws Exception {
        Verdict verdict = judged(true);
        assertThat(verdict.violations(Isolation.SESSION_SNAPSHOT)).isEmpty();
    }

    private Verdict judged(boolean bookmarks) throws Exception {
        Node main = cluster.start("main");
        Node near = cluster.start("near").becomeReplica();
        Node far = cluster.start("far").becomeReplica();
        main.register("near", ReplicationMode.SYNC, near);
        main.register("far", ReplicationMode.ASYNC, far);
        NodesAsLists.create(main, LISTS);
        Bookmark ready = main.write("CREATE (:Ready)").bookmark();
        List.of(near, far).forEach(node -> node.awaitRead(ready));
        List<Transaction> history = run(List.of(main, near, far), bookmarks);
        NodesAsLists end = new NodesAsLists(SESSIONS, false);
        history.add(end.read(main, LongStream.range(0, LISTS).toArray()));
        Verdict verdict = HistoryChecker.check(history, Appends.EXCLUSIVE);
        assertThat(verdict.count(Outcome.COMMITTED)).isGreaterThan(SESSIONS * TRANSACTIONS / 2);
        assertThat(verdict.dependencies()).isPositive();
        return verdict;
    }

    private List<Transaction> run(List<Node> nodes, boolean bookmarks) throws Exception {
        AtomicInteger values = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        List<Callable<List<Transaction>>> work = new ArrayList<>();
        for (int session = 0; session < SESSIONS; session++) {
            int number = session;
            work.add(() -> session(nodes, number, bookmarks, values));
        }
        Thread weather = Thread.ofVirtual().start(() -> cutNowAndThen(nodes.getLast(), over));
        List<Transaction> history = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(SESSIONS)) {
            for (Future<List<Transaction>> done : threads.invokeAll(work)) {
                history.addAll(done.get());
            }
        }
        over.set(true);
        weather.join();
        return history;
    }

    /** One replica loses its connection again and again, and catches up. */
    private void cutNowAndThen(Node replica, AtomicBoolean over) {
        while (!over.get()) {
            cluster.network().cut(replica.replicationPort());
            cluster.network().heal(replica.replicationPort());
            await().during(Duration.ofMillis(150)).until(() -> true);
        }
    }

    private static List<Transaction> session(List<Node> nodes, int number, boolean bookmarks, AtomicInteger values) {
        SplittableRandom random = new SplittableRandom(number);
        NodesAsLists client = new NodesAsLists(number, bookmarks);
        List<Transaction> done = new ArrayList<>();
        for (int i = 0; i < TRANSACTIONS; i++) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            long first = random.nextInt(LISTS);
            long second = random.nextInt(LISTS);
            done.add(
                    random.nextInt(3) == 0
                            ? client.write(nodes.getFirst(), first, second, values.incrementAndGet())
                            : client.read(node, first, second));
        }
        return done;
    }

    @Test
    void aBookmarkOfAFormerMainIsHonouredByWhoeverHasItsHistory() {
        Node former = cluster.start("former");
        Node heir = cluster.start("heir").becomeReplica();
        former.register("heir", ReplicationMode.SYNC, heir);
        Bookmark old = former.write("CREATE (:N {i: 1})").bookmark();
        former.stop();
        heir.becomeMain();
        Node fresh = cluster.start("fresh").becomeReplica();
        heir.register("fresh", ReplicationMode.SYNC, fresh);
        Bookmark young = heir.write("CREATE (:N {i: 2})").bookmark();

        for (Node node : List.of(heir, fresh)) {
            assertThat(node.readAt(old, "MATCH (n:N {i: 1}) RETURN count(n)")).containsExactly("1");
            assertThat(node.readAt(young, "MATCH (n:N) RETURN count(n)")).containsExactly("2");
        }
    }

    @Test
    void aBookmarkOfAStateThatWasGivenUpIsRefusedOnEveryNodeThatGaveItUp() {
        Node former = cluster.start("former");
        Node heir = cluster.start("heir").becomeReplica();
        former.register("heir", ReplicationMode.ASYNC, heir);
        Bookmark shared = former.write("CREATE (:N)").bookmark();
        heir.readAt(shared, "RETURN 1");
        cluster.network().cut(heir.replicationPort());
        Bookmark lost = former.write("CREATE (:Lost)").bookmark();
        former.stop();
        heir.becomeMain();
        Node fresh = cluster.start("fresh").becomeReplica();
        heir.register("fresh", ReplicationMode.SYNC, fresh);
        Bookmark beyond = heir.write("CREATE (:M)").bookmark();
        Bookmark last = heir.write("CREATE (:M)").bookmark();
        assertThat(beyond.lsn()).isGreaterThan(lost.lsn() - 1);

        for (Node node : List.of(heir, fresh)) {
            assertThat(node.readAt(shared, "MATCH (n:N) RETURN count(n)")).containsExactly("1");
            node.readAt(last, "RETURN 1");
            assertThatThrownBy(() -> node.readAt(lost, "MATCH (n:Lost) RETURN count(n)"))
                    .isInstanceOfSatisfying(
                            SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_BOOKMARK))
                    .hasMessageContaining("has given it up");
        }
        await().atMost(PATIENCE).until(() -> heir.lag("fresh").lagTransactions() == 0);
    }
}
