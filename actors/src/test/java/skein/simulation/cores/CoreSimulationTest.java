package skein.simulation.cores;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skein.simulation.Campaign;
import skein.simulation.Probe;
import skein.simulation.Probes;
import skein.simulation.SecondProcess;

/**
 * The cores in the simulated world. {@code -Dskein.simulation.seed=n} runs that seed alone;
 * {@code -Dskein.simulation.hours=n} runs more than a build does, {@code -Dskein.simulation.from=n} others.
 */
final class CoreSimulationTest {
    private static final Path REGRESSIONS = Path.of("src", "test", "resources", "simulation", "cores.txt");
    private static final double HOURS = 100;

    /** Less would prove little: so many transactions on lists, and so much of them must have come about. */
    private static final long LISTS_MIN = 100_000;

    private static final double SHARE_MIN = 0.3;

    /** All but what only the shells can reach. */
    private static final Set<Probe> EXPECTED = expected();

    private static Set<Probe> expected() {
        Set<Probe> expected = EnumSet.allOf(Probe.class);
        expected.remove(Probe.DATABASE_BROKEN);
        expected.removeAll(Probe.ofCoordinators());
        return expected;
    }

    @Test
    @SuppressWarnings("SystemOut") // a figure of the build
    void promisesHoldWhateverBreaks() {
        Long seed = Long.getLong("skein.simulation.seed");
        if (seed != null) {
            System.out.println(CoreRun.of(seed, new Probes()));
            return;
        }
        double hours = Double.parseDouble(System.getProperty("skein.simulation.hours", String.valueOf(HOURS)));
        long from = Long.getLong("skein.simulation.from", 1);
        Campaign.Report report = Campaign.run(CoreRun::of, Campaign.regressions(REGRESSIONS), from, hours);
        System.out.println("cores: " + report);
        report.failures()
                .values()
                .forEach(failure ->
                        System.out.println(failure.lines().findFirst().orElse("")));
        assertThat(report.failures().values()).isEmpty();
        assertThat(report.probes().missing(EXPECTED)).isEmpty();
        long lists = report.probes().count(Probe.LISTS_TRIED_IN_FAULTS);
        assertThat(lists)
                .as("transactions on lists, judged, tried while faults were on")
                .isGreaterThan((long) (LISTS_MIN * Math.min(1, hours / HOURS)));
        assertThat(report.probes().count(Probe.LISTS_DONE_IN_FAULTS))
                .as("of these " + lists + " committed")
                .isGreaterThan((long) (SHARE_MIN * lists));
    }

    @Test
    void theSameSeedIsTheSameRunInEveryProcess() throws IOException, InterruptedException {
        List<String> here = CoreSimulation.hashes(1, 12);
        List<String> there = SecondProcess.lines(List.of(), CoreSimulation.class, "1", "12");
        assertThat(there).isEqualTo(here).doesNotHaveDuplicates();
    }
}
