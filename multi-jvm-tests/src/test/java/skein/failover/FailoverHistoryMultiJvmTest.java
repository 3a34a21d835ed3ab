package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.neo4j.driver.AccessMode;
import skein.cluster.BoltLists;
import skein.cluster.ListReader;
import skein.history.AppendWorkload;
import skein.history.Appends;
import skein.history.BankHistory;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.Outcomes;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;
import skein.server.cluster.ClusterPlan;

/**
 * Lists that only grow, money that moves and ids that are inserted once, over {@code neo4j://}, while one MAIN after
 * the other fails: what clients saw, before, in between and afterwards, on the MAIN and on replicas, are snapshots of
 * one history, and what was acknowledged is there. In modes whose commits are seen only when they cannot be lost.
 * {@code -Dskein.failover.histories=100} is the campaign: so many failures of a MAIN in each mode.
 */
final class FailoverHistoryMultiJvmTest {
    private static final int CAMPAIGN = Integer.getInteger("skein.failover.histories", 0);
    private static final int IN_A_BUILD = 3;
    private static final int FAILURES = CAMPAIGN == 0 ? IN_A_BUILD : CAMPAIGN;
    private static final int SESSIONS = 6;
    private static final long SEED = Long.getLong("skein.seed", 12);

    /** So many transactions on lists are at most tried for each failure of a MAIN. */
    private static final int TRANSACTIONS_PER_FAILURE = 6_000;

    /** So much has to be committed between two failures, in each of the three histories. */
    private static final int LISTS_BETWEEN = 100;

    private static final int OTHERS_BETWEEN = 20;
    private static final double COMMITTED_SHARE_MIN = 0.3;
    private static final int FIRST_PORT = 25_400;

    @TempDir
    Path directory;

    private final AtomicBoolean enough = new AtomicBoolean();

    /** A build has no time for both. */
    static List<String> modes() {
        return CAMPAIGN == 0 ? List.of("QUORUM") : List.of("STRICT_SYNC", "QUORUM");
    }

    @ParameterizedTest
    @MethodSource("modes")
    void clientsSeeSnapshotsOfOneHistoryWhoeverIsMain(String mode) throws InterruptedException, ExecutionException {
        AppendWorkload workload = AppendWorkload.standard(SESSIONS, FAILURES * TRANSACTIONS_PER_FAILURE, SEED);
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, FIRST_PORT, 3, 3, mode));
                RoutingWatch watch = new RoutingWatch(stage.cluster());
                FreshInserters inserters = new FreshInserters(stage::routing, 1);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Clients clients = new Clients(stage, workload, inserters);
            Future<List<Transaction>> writing = threads.submit(() -> workload.run(clients.lists, enough::get));
            Future<List<Transaction>> reading = threads.submit(clients.reader(stage, workload));
            clients.bank.start(threads, 2, 2);
            long reigns = stage.reign();
            try {
                strike(stage, clients, writing);
            } finally {
                enough.set(true);
            }
            List<Transaction> history = new ArrayList<>(writing.get());
            history.addAll(reading.get());
            BankHistory.Verdict money = clients.bank.end().check();
            stage.awaitAllInStep();
            inserters.end();
            judge(mode, stage.reign() - reigns, HistoryChecker.check(history, Appends.EXCLUSIVE), money);
            Judgement.everywhere(stage, inserters.inserts(), true, verdict -> isSound("ids", verdict.outcomes()));
            assertThat(watch.secondWriters()).isEmpty();
        }
    }

    /** Everybody who writes and reads meanwhile. */
    private final class Clients {
        private final BoltLists lists;
        private final BoltBank bank;
        private final FreshInserters inserters;

        Clients(CoordinatedStage stage, AppendWorkload workload, FreshInserters inserters) {
            var driver = stage.routing();
            this.lists = new BoltLists(() -> driver);
            this.bank = new BoltBank(stage.routing());
            this.inserters = inserters;
            lists.create(workload.transactions() * 4 / workload.listLength() + 2 * workload.hotLists());
            bank.open();
        }

        ListReader reader(CoordinatedStage stage, AppendWorkload workload) {
            var driver = stage.routing();
            return new ListReader(
                    new BoltLists(() -> driver, AccessMode.READ),
                    lists::newest,
                    workload.hotLists(),
                    SESSIONS + 1,
                    new Random(SEED),
                    enough::get);
        }

        /** Returns when so much more was committed in each history, or the first one is at its end. */
        void awaitCommits(Future<?> writing) {
            long listsBefore = lists.committed();
            long bankBefore = bank.committed();
            long idsBefore = inserters.committed();
            CoordinatedStage.await(
                    "commits in all three histories",
                    () -> writing.isDone()
                            || lists.committed() >= listsBefore + LISTS_BETWEEN
                                    && bank.committed() >= bankBefore + OTHERS_BETWEEN
                                    && inserters.committed() >= idsBefore + OTHERS_BETWEEN);
        }
    }

    private static void strike(CoordinatedStage stage, Clients clients, Future<?> writing) {
        Random random = new Random(SEED);
        for (int i = 0; i < FAILURES; i++) {
            clients.awaitCommits(writing);
            assertThat(writing)
                    .as("lists, which are to grow until the last failure")
                    .isNotDone();
            Strike strike = i % 2 == 0 ? Strike.FREEZE : Strike.KILL;
            strike.hit(stage, stage.awaitReplaceable(), random);
        }
        clients.awaitCommits(writing);
    }

    @SuppressWarnings("SystemOut") // the report of the campaign
    private static void judge(String mode, long failovers, Verdict seen, BankHistory.Verdict money) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d failovers; lists: %s, found %s; bank: %s%n",
                mode,
                failovers,
                seen.outcomes(),
                seen.anomalies(),
                money.outcomes());
        assertThat(seen.violations(Isolation.SNAPSHOT)).isEmpty();
        assertThat(money.problems()).isEmpty();
        assertThat(failovers).isGreaterThanOrEqualTo(FAILURES);
        isSound("lists", seen.outcomes());
        isSound("bank", money.outcomes());
        assertThat(seen.count(Outcome.UNKNOWN)).isLessThan(seen.count(Outcome.COMMITTED));
    }

    private static void isSound(String what, Outcomes outcomes) {
        assertThat(outcomes.vacuous(COMMITTED_SHARE_MIN, FAILURES * OTHERS_BETWEEN))
                .as(what)
                .isEmpty();
    }
}
