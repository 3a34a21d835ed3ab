package skein.simulation.raft;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import skein.simulation.Probes;

/**
 * Some seeds of the simulation, one after the other: a planted bug must break a promise in one of them. Those of
 * {@code -Dskein.simulation.seeds=n,n}, or the first so many with {@code -Dskein.mutants.search=n}; with coordinators
 * above the members if {@code -Dskein.simulation.coordinators=true}.
 */
final class PlantedRaftBugRun {
    private static final String SEEDS = System.getProperty("skein.simulation.seeds", "1");
    private static final boolean COORDINATORS = Boolean.getBoolean("skein.simulation.coordinators");
    private static final long SEARCH = Long.getLong("skein.mutants.search", 0);

    @Test
    void promisesHold() {
        LongStream seeds = SEARCH > 0 ? LongStream.rangeClosed(1, SEARCH) : seeds(SEEDS);
        seeds.forEach(seed -> play(seed, COORDINATORS));
    }

    static void play(long seed, boolean coordinators) {
        if (coordinators) {
            RaftRun.ofCoordinators(seed, new Probes(), new RaftProbes());
        } else {
            RaftRun.of(seed, new Probes(), new RaftProbes());
        }
    }

    static LongStream seeds(String list) {
        return Arrays.stream(list.split(",")).mapToLong(Long::parseLong);
    }
}
