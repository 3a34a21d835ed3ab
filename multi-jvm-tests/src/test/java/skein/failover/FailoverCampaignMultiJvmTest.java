package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.server.cluster.ClusterPlan;

/**
 * The MAIN of one cluster fails again and again, in every mode of replication, while clients write: nothing that was
 * acknowledged without a warning is lost, nothing that was refused is there, and there is never a second writer.
 * {@code -Dskein.failovers=500} is the campaign: so many in each mode, and a report.
 */
final class FailoverCampaignMultiJvmTest {
    private static final int CAMPAIGN = Integer.getInteger("skein.failovers", 0);
    private static final int IN_A_BUILD = 20;
    private static final int FAILOVERS = CAMPAIGN == 0 ? IN_A_BUILD : CAMPAIGN;
    private static final long SEED = Long.getLong("skein.seed", 6);
    private static final List<Strike> STRIKES = List.of(Strike.values());
    private static final int CLIENTS = 3;
    private static final int ENOUGH = 10;
    private static final int FIRST_PORT = 24_000;

    private static final FailoverReport REPORT = new FailoverReport();

    @TempDir
    Path directory;

    @AfterAll
    static void report() {
        System.out.println(REPORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "STRICT_SYNC", "ASYNC", "QUORUM"})
    void nothingIsLostAndNobodyElseWritesHoweverOftenTheMainFails(String mode) {
        Random random = new Random(SEED);
        FailoverReport.Row row = REPORT.begin(mode);
        try (CoordinatedStage stage = CoordinatedStage.formed(ClusterPlan.of(directory, FIRST_PORT, 3, 3, mode));
                RoutingWatch watch = new RoutingWatch(stage.cluster());
                FreshInserters inserters = new FreshInserters(stage::routing, CLIENTS)) {
            inserters.awaitCommits(ENOUGH);
            while (row.failovers() < FAILOVERS) {
                Strike strike = strike(row.strikes(), random);
                String main = stage.awaitReplaceable();
                long struck = System.nanoTime();
                if (strike == Strike.FREEZE) {
                    inserters.relieve();
                }
                long reign = stage.reign();
                strike.hit(stage, main, random);
                CoordinatedStage.await(
                        "a write after it",
                        () -> inserters.firstCommittedAfter(struck).isPresent());
                row.struck(strike, inserters.firstCommittedAfter(struck).orElseThrow() - struck, stage.reign() - reign);
                inserters.awaitCommits(ENOUGH);
            }
            stage.awaitAllInStep();
            inserters.end();
            stage.awaitAllInStep();
            judge(stage, inserters, watch, row, mode);
        }
    }

    /** Mostly the quick ones in a build; each of them in every ten. */
    private static Strike strike(int number, Random random) {
        if (CAMPAIGN > 0) {
            return STRIKES.get(random.nextInt(STRIKES.size()));
        }
        return switch (number % 10) {
            case 2, 8 -> Strike.KILL;
            case 4 -> Strike.KILL_AND_LEADER;
            case 6 -> Strike.KILL_TWICE;
            default -> Strike.FREEZE;
        };
    }

    private static void judge(
            CoordinatedStage stage, FreshInserters inserters, RoutingWatch watch, FailoverReport.Row row, String mode) {
        Judgement.everywhere(stage, inserters.inserts(), !mode.equals("ASYNC"), verdict -> row.judged(verdict, watch));
        assertThat(watch.secondWriters()).isEmpty();
        assertThat(watch.looks()).isGreaterThan(FAILOVERS);
        assertThat(row.committed()).isGreaterThan((long) FAILOVERS * ENOUGH);
    }
}
