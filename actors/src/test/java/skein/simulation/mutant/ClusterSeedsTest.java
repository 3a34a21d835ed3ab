package skein.simulation.mutant;

import org.junit.jupiter.api.Test;
import skein.simulation.Probes;
import skein.simulation.cores.ClusterRun;

/**
 * Some seeds of coordinators and data instances together, until one fails: what runs with a planted bug. Those of
 * {@code -Dskein.simulation.seeds=n,n}.
 */
final class ClusterSeedsTest {
    private static final String SEEDS = System.getProperty("skein.simulation.seeds", "1,2,3");

    @Test
    void promisesHold() {
        MutantsTest.seeds(SEEDS).forEach(seed -> ClusterRun.of(seed, new Probes()));
    }
}
