package skein.simulation.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skein.simulation.Campaign;
import skein.simulation.Probes;

/**
 * Coordinators' core above the Raft core in the simulated world: what people are told of the cluster's state is
 * linearizable, whichever coordinator they ask and whoever leads. {@code -Dskein.simulation.seed=n} runs that seed
 * alone; {@code -Dskein.simulation.hours=n} runs more than a build does, {@code -Dskein.simulation.from=n} others.
 */
final class CoordinatorsSimulationTest {
    private static final Path REGRESSIONS = Path.of("src", "test", "resources", "simulation", "coordinators.txt");
    private static final double HOURS = 0.3;

    /** With few entries, torn and replaced ones are left to {@link RaftSimulationTest}. */
    private static final Set<RaftProbe> WANTED = EnumSet.complementOf(EnumSet.of(
            RaftProbe.ENTRIES_REPLACED, RaftProbe.EVENTS_TORN, RaftProbe.SEVEN_VOTERS, RaftProbe.RUN_WITHOUT_FAULTS));

    @Test
    @SuppressWarnings("SystemOut") // a figure of the build
    void whatIsSaidOfTheClusterIsLinearizable() {
        Long seed = Long.getLong("skein.simulation.seed");
        RaftProbes probes = new RaftProbes();
        if (seed != null) {
            System.out.println(RaftRun.ofCoordinators(seed, new Probes(), probes));
            return;
        }
        double hours = Double.parseDouble(System.getProperty("skein.simulation.hours", String.valueOf(HOURS)));
        long from = Long.getLong("skein.simulation.from", 1);
        Campaign.Report report = Campaign.run(
                (one, counted) -> RaftRun.ofCoordinators(one, counted, probes),
                Campaign.regressions(REGRESSIONS),
                from,
                hours);
        System.out.println("clusters: " + report + probes);
        assertThat(report.failures().values()).isEmpty();
        assertThat(probes.missing()).doesNotContainAnyElementsOf(WANTED);
    }
}
