package skein.simulation.mutant;

import org.junit.jupiter.api.Test;
import skein.simulation.Probes;
import skein.simulation.cores.CoreRun;

/**
 * Some seeds of the simulation of the cores, until one fails: what runs with a planted bug.
 * {@code -Dskein.simulation.from} is the first, {@code -Dskein.simulation.seeds} says how many.
 */
final class CoreSeedsTest {
    private static final long FROM = Long.getLong("skein.simulation.from", 1);
    private static final long SEEDS = Long.getLong("skein.simulation.seeds", 20);

    @Test
    void promisesHold() {
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            CoreRun.of(seed, new Probes());
        }
    }
}
