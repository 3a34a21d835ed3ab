package skein.simulation.cores;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skein.simulation.Campaign;
import skein.simulation.Probe;
import skein.simulation.Probes;

/**
 * Coordinators and data instances in the simulated world. {@code -Dskein.simulation.seed=n} runs that seed alone;
 * {@code -Dskein.simulation.hours=n} runs more than a build does, {@code -Dskein.simulation.from=n} others.
 */
final class ClusterSimulationTest {
    private static final Path REGRESSIONS = Path.of("src", "test", "resources", "simulation", "clusters.txt");
    private static final double HOURS = 4;

    @Test
    @SuppressWarnings("SystemOut") // a figure of the build
    void promisesHoldWhateverBreaks() {
        Long seed = Long.getLong("skein.simulation.seed");
        if (seed != null) {
            System.out.println(ClusterRun.of(seed, new Probes()));
            return;
        }
        double hours = Double.parseDouble(System.getProperty("skein.simulation.hours", String.valueOf(HOURS)));
        long from = Long.getLong("skein.simulation.from", 1);
        Campaign.Report report = Campaign.run(ClusterRun::of, Campaign.regressions(REGRESSIONS), from, hours);
        System.out.println("clusters: " + report);
        report.failures()
                .values()
                .forEach(failure ->
                        System.out.println(failure.lines().findFirst().orElse("")));
        Set<Probe> missing = report.probes().missing(Probe.ofCoordinators());
        assertThat(report.failures().values()).isEmpty();
        assertThat(missing).isEmpty();
    }
}
