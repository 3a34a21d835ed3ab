package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.fault.Fault;
import skein.fault.FaultPlayer;
import skein.fault.FaultSchedule;
import skein.history.AppendWorkload;
import skein.history.Appends;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.ListStore;
import skein.history.Operation;
import skein.history.Operation.Read;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;

/**
 * Transactions on lists that only grow, over Bolt: written and read on the MAIN, read on its replicas, while the
 * network between them is bad. The checker of isolation judges what they saw.
 * {@code -Dskein.history.transactions=100000} is the campaign.
 */
final class ListHistoryMultiJvmTest {
    private static final int TRANSACTIONS = Integer.getInteger("skein.history.transactions", 8_000);
    private static final long SEED = Long.getLong("skein.seed", 9);
    private static final int SESSIONS = 6;
    private static final int READ_LISTS = 4;
    private static final double COMMITTED_SHARE_MIN = 0.3;

    private static final Map<String, String> QUICK =
            Map.of("replication-replica-check-frequency-sec", "0.2", "replication-sync-ack-timeout-sec", "0.3");

    @TempDir
    Path directory;

    private final CountDownLatch written = new CountDownLatch(1);

    @Test
    void everyNodeShowsSnapshotsOfOneHistory() throws InterruptedException, ExecutionException {
        AppendWorkload workload = AppendWorkload.standard(SESSIONS, TRANSACTIONS, SEED);
        try (Stage stage = new Stage(directory, QUICK);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            start(stage);
            BoltLists main = new BoltLists(() -> stage.driver("main"));
            main.create(TRANSACTIONS * 4 / workload.listLength() + 2 * workload.hotLists());
            for (String replica : List.of("sync", "async")) {
                stage.awaitCount(
                        replica,
                        "MATCH (n:K) RETURN count(n)",
                        stage.run("main", "MATCH (n:K) RETURN count(n)")
                                .getFirst()
                                .get(0)
                                .asLong());
            }
            List<Transaction> onReplicas = new ArrayList<>();
            List<Transaction> onMain = inBadWeather(stage, threads, workload, main, onReplicas);
            judge(onMain, onReplicas);
        }
    }

    private static void start(Stage stage) {
        stage.start("main", "sync", "async");
        stage.makeReplica("sync", 11_301);
        stage.makeReplica("async", 11_401);
        stage.register("main", "sync", "SYNC");
        stage.register("main", "async", "ASYNC");
        stage.awaitState("main", "sync", "ready");
        stage.awaitState("main", "async", "ready");
    }

    private List<Transaction> inBadWeather(
            Stage stage, ExecutorService threads, AppendWorkload workload, BoltLists main, List<Transaction> onReplicas)
            throws InterruptedException, ExecutionException {
        FaultSchedule schedule = FaultSchedule.seeded(SEED, 50, 2, List.of(Fault.values()), 600);
        List<Future<List<Transaction>>> readers = new ArrayList<>();
        try (FaultPlayer _ =
                new FaultPlayer(schedule, List.of(stage.link("main", "sync"), stage.link("main", "async")))) {
            Future<List<Transaction>> writers = threads.submit(() -> workload.run(main));
            readers.add(threads.submit(reader(stage, "sync", main, workload, SESSIONS + 1)));
            readers.add(threads.submit(reader(stage, "async", main, workload, SESSIONS + 2)));
            List<Transaction> onMain = writers.get();
            written.countDown();
            for (Future<List<Transaction>> reader : readers) {
                onReplicas.addAll(reader.get());
            }
            return onMain;
        }
    }

    /** Reads a few lists in one transaction, again and again, and a short while after the last write. */
    private Callable<List<Transaction>> reader(
            Stage stage, String replica, BoltLists main, AppendWorkload workload, int session) {
        return () -> {
            BoltLists lists = new BoltLists(() -> stage.driver(replica));
            Random random = new Random(SEED + session);
            List<Transaction> seen = new ArrayList<>();
            while (written.getCount() > 0) {
                seen.add(readSome(lists, main.newest(), workload.hotLists(), random, session));
            }
            return seen;
        };
    }

    private static Transaction readSome(BoltLists lists, long newest, int hot, Random random, int session) {
        long started = System.nanoTime();
        List<Operation> done = new ArrayList<>();
        Outcome outcome;
        try (ListStore.Session transaction = lists.begin()) {
            for (int i = 0; i < READ_LISTS; i++) {
                long key = Math.max(0, newest - random.nextInt(hot));
                done.add(new Read(key, transaction.read(key)));
            }
            outcome = transaction.commit();
        } catch (ListStore.Refused e) {
            outcome = Outcome.FAILED;
        }
        return new Transaction(session, started, System.nanoTime(), outcome, done);
    }

    private static void judge(List<Transaction> onMain, List<Transaction> onReplicas) {
        Verdict strong = HistoryChecker.check(onMain, Appends.EXCLUSIVE);
        List<Transaction> all = new ArrayList<>(onMain);
        all.addAll(onReplicas);
        Verdict together = HistoryChecker.check(all, Appends.EXCLUSIVE);
        System.out.println("lists over Bolt: MAIN " + strong.counts() + ", with replicas " + together.counts() + ", "
                + together.dependencies() + " dependencies, found " + together.anomalies());
        assertThat(strong.violations(Isolation.STRONG_SNAPSHOT)).isEmpty();
        assertThat(together.violations(Isolation.SNAPSHOT)).isEmpty();
        assertThat(strong.count(Outcome.COMMITTED))
                .as("a history in which little succeeds proves little")
                .isGreaterThan((int) (onMain.size() * COMMITTED_SHARE_MIN));
        assertThat(together.count(Outcome.COMMITTED) - strong.count(Outcome.COMMITTED))
                .as("reads on replicas")
                .isGreaterThan(TRANSACTIONS / 20);
    }
}
