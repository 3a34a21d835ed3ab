package skein.simulation.raft;

import org.junit.jupiter.api.Test;
import skein.simulation.Probes;

/** Some seeds of the simulation, one after the other: a planted bug must break a promise in one of them. */
final class PlantedRaftBugRun {
    /** Every bug so far was caught by one of so many. */
    private static final long SEEDS = 150;

    @Test
    void promisesHold() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            RaftRun.of(seed, new Probes(), new RaftProbes());
        }
    }
}
