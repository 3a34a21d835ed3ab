package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.cluster.BoltLists;
import skein.history.AppendWorkload;
import skein.history.Appends;
import skein.history.BankHistory;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.Transaction;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;
import skein.server.cluster.ClusterPlan;

/**
 * Lists that only grow and money that moves, over {@code neo4j://}, while one MAIN after the other fails: what clients
 * saw, before, in between and afterwards, are snapshots of one history. In modes whose commits are seen only when they
 * cannot be lost. Only with {@code -Dskein.failover.transactions=100000}, so many in both modes together.
 */
@EnabledIfSystemProperty(named = "skein.failover.transactions", matches = "[0-9]+")
final class FailoverHistoryMultiJvmTest {
    private static final int CAMPAIGN = Integer.getInteger("skein.failover.transactions", 0);
    private static final int TRANSACTIONS = CAMPAIGN / 2;
    private static final int SESSIONS = 6;
    private static final long SEED = Long.getLong("skein.seed", 12);
    private static final int FAILOVERS_MIN = 3;
    private static final double COMMITTED_SHARE_MIN = 0.2;
    private static final int FIRST_PORT = 25_400;

    @TempDir
    Path directory;

    static List<String> modes() {
        return List.of("STRICT_SYNC", "QUORUM");
    }

    @ParameterizedTest
    @MethodSource("modes")
    void clientsSeeSnapshotsOfOneHistoryWhoeverIsMain(String mode) throws InterruptedException, ExecutionException {
        AppendWorkload workload = AppendWorkload.standard(SESSIONS, TRANSACTIONS, SEED);
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, FIRST_PORT, 3, 3, mode));
                RoutingWatch watch = new RoutingWatch(stage.cluster());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var driver = stage.routing();
            BoltLists lists = new BoltLists(() -> driver);
            lists.create(TRANSACTIONS * 4 / workload.listLength() + 2 * workload.hotLists());
            BoltBank bank = new BoltBank(stage.routing());
            bank.open();
            bank.start(threads, 2, 2);
            Future<List<Transaction>> history = threads.submit(() -> workload.run(lists));
            int strikes = strike(stage, history);
            Verdict seen = HistoryChecker.check(history.get(), Appends.EXCLUSIVE);
            BankHistory.Verdict money = bank.end().check();
            System.out.printf(
                    "%s: %d failovers; lists: %s, found %s; bank: %s%n",
                    mode, strikes, seen.outcomes(), seen.anomalies(), money.outcomes());
            assertThat(seen.violations(Isolation.SNAPSHOT)).isEmpty();
            assertThat(seen.outcomes().vacuous(COMMITTED_SHARE_MIN, TRANSACTIONS / 5))
                    .isEmpty();
            assertThat(money.problems()).isEmpty();
            assertThat(money.outcomes().vacuous(COMMITTED_SHARE_MIN, 100)).isEmpty();
            assertThat(seen.count(Outcome.UNKNOWN)).isLessThan(TRANSACTIONS / 2);
            assertThat(watch.secondWriters()).isEmpty();
            assertThat(strikes).isGreaterThanOrEqualTo(FAILOVERS_MIN);
        }
    }

    /** Until the history is at its end. */
    private static int strike(CoordinatedStage stage, Future<?> history) {
        Random random = new Random(SEED);
        int strikes = 0;
        while (!history.isDone()) {
            Strike strike = strikes % 2 == 0 ? Strike.FREEZE : Strike.KILL;
            strike.hit(stage, stage.awaitReplaceable(), random);
            strikes++;
        }
        return strikes;
    }
}
