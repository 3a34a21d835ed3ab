package skein.simulation.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import skein.simulation.Campaign;
import skein.simulation.Probes;
import skein.simulation.SecondProcess;

/**
 * The Raft core in the simulated world. {@code -Dskein.simulation.seed=n} runs that seed alone;
 * {@code -Dskein.simulation.hours=n} runs more than a build does, {@code -Dskein.simulation.from=n} others.
 */
final class RaftSimulationTest {
    private static final Path REGRESSIONS = Path.of("src", "test", "resources", "simulation", "raft.txt");
    private static final double HOURS = 0.8;

    @Test
    @SuppressWarnings("SystemOut") // a figure of the build
    void promisesHoldWhateverBreaks() {
        Long seed = Long.getLong("skein.simulation.seed");
        if (seed != null) {
            System.out.println(RaftRun.of(seed, new Probes(), new RaftProbes()));
            return;
        }
        RaftProbes probes = new RaftProbes();
        double hours = Double.parseDouble(System.getProperty("skein.simulation.hours", String.valueOf(HOURS)));
        long from = Long.getLong("skein.simulation.from", 1);
        Campaign.Report report = Campaign.run(
                (one, counted) -> RaftRun.of(one, counted, probes), Campaign.regressions(REGRESSIONS), from, hours);
        System.out.println("raft: " + report + probes);
        assertThat(report.failures().values()).isEmpty();
        assertThat(probes.missing()).isEmpty();
    }

    @Test
    void theSameSeedIsTheSameRunInEveryProcess() throws IOException, InterruptedException {
        List<String> here = RaftSimulation.hashes(1, 8);
        List<String> there = SecondProcess.lines(List.of(), RaftSimulation.class, "1", "8");
        assertThat(there).isEqualTo(here).doesNotHaveDuplicates();
    }
}
