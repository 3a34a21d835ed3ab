package skein.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.AccessMode;
import skein.fault.Fault;
import skein.fault.FaultPlayer;
import skein.fault.FaultSchedule;
import skein.history.AppendWorkload;
import skein.history.Appends;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;

/**
 * Transactions on lists that only grow, over Bolt: written and read on the MAIN, or through a replica that forwards
 * them, and read on both replicas, while the network between them is bad. The checker of isolation judges what they
 * saw. {@code -Dskein.history.transactions=100000} is the campaign: so many in all modes together, and a report.
 */
final class ListHistoryMultiJvmTest {
    private static final int CAMPAIGN = Integer.getInteger("skein.history.transactions", 0);
    private static final int TRANSACTIONS = CAMPAIGN == 0 ? 2_500 : CAMPAIGN / Mode.values().length;
    private static final int SESSIONS = Integer.getInteger("skein.history.sessions", 12);
    private static final long SEED = Long.getLong("skein.seed", 9);
    private static final double COMMITTED_SHARE_MIN = 0.3;
    private static final int FIRST_PORT = 11_301;

    private static final Map<String, String> QUICK = Map.of(
            "replication-replica-check-frequency-sec",
            "0.2",
            "replication-sync-ack-timeout-sec",
            "0.3",
            "replication-forward-writes",
            "true");

    private static final ListHistoryReport REPORT = new ListHistoryReport();

    /** How the two replicas are registered, and where the clients that write are connected. */
    enum Mode {
        SYNC("SYNC", "ASYNC", "main", Isolation.STRONG_SNAPSHOT),
        ASYNC("ASYNC", "ASYNC", "main", Isolation.STRONG_SNAPSHOT),
        STRICT_SYNC("STRICT_SYNC", "ASYNC", "main", Isolation.STRONG_SNAPSHOT),
        QUORUM("QUORUM", "QUORUM", "main", Isolation.STRONG_SNAPSHOT),
        /** While the way to the MAIN is cut, transactions that only read see what the replica has. */
        FORWARDED("SYNC", "ASYNC", "near", Isolation.SNAPSHOT);

        private final String near;
        private final String far;
        private final String writtenAt;
        private final Isolation promised;

        Mode(String near, String far, String writtenAt, Isolation promised) {
            this.near = near;
            this.far = far;
            this.writtenAt = writtenAt;
            this.promised = promised;
        }
    }

    @TempDir
    Path directory;

    private final CountDownLatch written = new CountDownLatch(1);

    /** A build has no time for all of them. */
    static List<Mode> modes() {
        return CAMPAIGN == 0 ? List.of(Mode.SYNC, Mode.STRICT_SYNC, Mode.FORWARDED) : List.of(Mode.values());
    }

    @AfterAll
    static void report() {
        System.out.println(REPORT);
    }

    @ParameterizedTest
    @MethodSource("modes")
    void everyNodeShowsSnapshotsOfOneHistory(Mode mode) throws InterruptedException, ExecutionException {
        AppendWorkload workload = AppendWorkload.standard(
                SESSIONS, TRANSACTIONS, SEED + mode.name().length());
        try (Stage stage = new Stage(directory, QUICK);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            start(stage, mode, TRANSACTIONS * 4 / workload.listLength() + 2 * workload.hotLists());
            for (String replica : List.of("near", "far")) {
                stage.awaitCount(
                        replica,
                        "MATCH (n:K) RETURN count(n)",
                        stage.run("main", "MATCH (n:K) RETURN count(n)")
                                .getFirst()
                                .get(0)
                                .asLong());
            }
            inBadWeather(stage, threads, workload, mode);
        }
    }

    private static void start(Stage stage, Mode mode, int lists) {
        stage.start("main", "near", "far");
        // nobody waits for replicas yet
        new BoltLists(() -> stage.driver("main")).create(lists);
        stage.makeReplica("near", FIRST_PORT);
        stage.makeReplica("far", FIRST_PORT + 100);
        stage.register("main", "near", mode.near);
        stage.register("main", "far", mode.far);
        stage.awaitState("main", "near", "ready");
        stage.awaitState("main", "far", "ready");
    }

    private void inBadWeather(Stage stage, ExecutorService threads, AppendWorkload workload, Mode mode)
            throws InterruptedException, ExecutionException {
        long begunNanos = System.nanoTime();
        FaultSchedule schedule = FaultSchedule.seeded(SEED + mode.name().length(), 50, 2, List.of(Fault.values()), 600);
        BoltLists lists = new BoltLists(() -> stage.driver(mode.writtenAt));
        try (FaultPlayer faults =
                new FaultPlayer(schedule, List.of(stage.link("main", "near"), stage.link("main", "far")))) {
            Future<List<Transaction>> writers = threads.submit(() -> workload.run(lists));
            List<Future<List<Transaction>>> readers = List.of(
                    threads.submit(reader(stage, "near", lists, workload, SESSIONS + 1)),
                    threads.submit(reader(stage, "far", lists, workload, SESSIONS + 2)));
            List<Transaction> writing;
            try {
                writing = writers.get();
            } finally {
                written.countDown();
            }
            List<Transaction> reading = new ArrayList<>();
            for (Future<List<Transaction>> reader : readers) {
                reading.addAll(reader.get());
            }
            long tookNanos = System.nanoTime() - begunNanos;
            List<Transaction> meanwhile = writing.stream()
                    .filter(one -> faults.wasOn(one.startedNanos(), one.endedNanos()))
                    .toList();
            judge(mode, writing, reading, meanwhile, faults.struck(), tookNanos);
        }
    }

    /** Until the last write. */
    private ListReader reader(Stage stage, String replica, BoltLists main, AppendWorkload workload, int session) {
        return new ListReader(
                new BoltLists(() -> stage.driver(replica), AccessMode.READ),
                main::newest,
                workload.hotLists(),
                session,
                new Random(SEED + session),
                () -> written.getCount() == 0);
    }

    /** @param meanwhile those of the writers' during which a fault was on */
    private static void judge(
            Mode mode,
            List<Transaction> writing,
            List<Transaction> reading,
            List<Transaction> meanwhile,
            int faults,
            long tookNanos) {
        Verdict strong = HistoryChecker.check(writing, Appends.EXCLUSIVE);
        List<Transaction> all = new ArrayList<>(writing);
        all.addAll(reading);
        Verdict together = HistoryChecker.check(all, Appends.EXCLUSIVE);
        var row = new ListHistoryReport.Row(
                mode.name(), mode.promised, strong, together, ListHistoryReport.outcomes(meanwhile), faults, tookNanos);
        REPORT.add(row);
        System.out.println(row);
        assertThat(strong.violations(mode.promised)).isEmpty();
        assertThat(together.violations(Isolation.SNAPSHOT)).isEmpty();
        assertThat(row.meanwhile().vacuous(COMMITTED_SHARE_MIN, TRANSACTIONS / 5))
                .as("of what was tried while faults were on")
                .isEmpty();
        assertThat(together.count(Outcome.COMMITTED) - strong.count(Outcome.COMMITTED))
                .as("reads on replicas")
                .isGreaterThan(TRANSACTIONS / 20);
    }
}
