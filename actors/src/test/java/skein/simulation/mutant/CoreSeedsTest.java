package skein.simulation.mutant;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import skein.simulation.Probes;
import skein.simulation.cores.CoreRun;

/**
 * Some seeds of the simulation of the cores, until one fails: what runs with a planted bug. Those of
 * {@code -Dskein.simulation.seeds=n,n}, or the first so many with {@code -Dskein.mutants.search=n}.
 */
final class CoreSeedsTest {
    private static final String SEEDS = System.getProperty("skein.simulation.seeds", "1");
    private static final long SEARCH = Long.getLong("skein.mutants.search", 0);

    @Test
    void promisesHold() {
        LongStream seeds = SEARCH > 0
                ? LongStream.rangeClosed(1, SEARCH)
                : LongStream.of(MutantsTest.seeds(SEEDS).stream()
                        .mapToLong(Long::longValue)
                        .toArray());
        seeds.forEach(seed -> CoreRun.of(seed, new Probes()));
    }
}
