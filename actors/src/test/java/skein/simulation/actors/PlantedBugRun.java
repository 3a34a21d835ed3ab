package skein.simulation.actors;

import org.junit.jupiter.api.Test;
import skein.simulation.Probes;

/**
 * Seeds in the process that a planted bug was made for, until one fails. Not one of a build's own tests, where
 * {@link ActorSimulationTest} runs the same seeds without the bug.
 */
final class PlantedBugRun {
    private static final int SEEDS = Integer.getInteger("skein.simulation.plantedSeeds", 400);

    /** The first one that saw the bug when it was last looked for; the others are tried when it no longer does. */
    private static final long KNOWN = Long.getLong("skein.simulation.plantedSeed", 1);

    @Test
    void promisesHold() {
        ActorSimulation.install();
        Probes probes = new Probes();
        ActorRun.of(KNOWN, probes);
        for (long seed = 1; seed <= SEEDS; seed++) {
            ActorRun.of(seed, probes);
        }
    }
}
