package skein.simulation.actors;

import org.junit.jupiter.api.Test;
import skein.simulation.Probes;

/**
 * Seeds in the process that a planted bug was made for, until one fails: the one that the mutant names, and when that
 * no longer sees it, some others of its kind. Not one of a build's own tests, where {@link ActorSimulationTest} runs
 * seeds without the bug.
 */
final class PlantedBugRun {
    static final String SEEDS = "skein.simulation.plantedSeeds";
    private static final int SEEDS_DEFAULT = 30;

    /** The first one that saw the bug when it was last looked for. */
    private static final long KNOWN = Long.getLong("skein.simulation.plantedSeed", 1);

    @Test
    @SuppressWarnings("SystemOut") // who planted the bug reads it
    void promisesHold() {
        ActorSimulation.install();
        Probes probes = new Probes();
        int others = Integer.getInteger(SEEDS, SEEDS_DEFAULT);
        for (int i = 0; i <= others; i++) {
            ActorRun.of(KNOWN + (long) i * ActorSwarm.KINDS, probes);
        }
        System.out.println("Neither seed " + KNOWN + " nor " + others + " others of its kind have seen the bug. More of"
                + " them are tried by -Dtest=ActorMutantsTest -Dskein.mutants=NAME -D" + SEEDS
                + "=1000 -Dskein.mutants.patience=7200; other kinds of runs by another"
                + " skein.simulation.plantedSeed in its file (ActorSwarm says which there are).");
    }
}
