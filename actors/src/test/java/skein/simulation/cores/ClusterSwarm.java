package skein.simulation.cores;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import skein.raft.core.RaftSettings;
import skein.simulation.coordinators.CoordinatorDisk;
import skein.vocabulary.ReplicationMode;

/**
 * What one run with coordinators is like; every seed draws its own. A mean of 0 seconds means never.
 *
 * @param data what its data instances, their clients and their disks are like
 * @param checkMillis setting {@code instance_health_check_frequency_sec}
 * @param downMillis setting {@code instance_down_timeout_sec}
 * @param keep setting {@code on_coordinator_loss}
 * @param syncOnly setting {@code sync_failover_only}
 * @param clockDrift by how much each clock may be too fast or too slow, which leases allow for
 * @param coordinatorJumpSeconds mean time between jumps of a coordinator's clock, which leases do not allow for
 */
record ClusterSwarm(
        Swarm data,
        int coordinators,
        RaftSettings raft,
        CoordinatorDisk disk,
        int entriesPerState,
        long checkMillis,
        long downMillis,
        boolean keep,
        boolean syncOnly,
        double clockDrift,
        double coordinatorKillSeconds,
        double coordinatorPauseSeconds,
        double coordinatorJumpSeconds,
        double cutSeconds,
        double slowSeconds,
        double commandSeconds,
        double coordinatorsSeconds,
        double coordinatorWipeSeconds) {
    private static final long[][] CHECKS_AND_DOWNS = {{1000, 5000}, {1000, 5000}, {300, 2000}, {100, 500}};
    private static final double[] NO_FAULTS = new double[7];
    private static final int[][] MEANS = {{5, 60}, {5, 60}, {20, 100}, {4, 40}, {10, 60}, {4, 40}, {20, 120}};

    static ClusterSwarm of(long seed, RandomGenerator random) {
        // what came to be drawn later leaves alone what the other seeds do
        RandomGenerator aside = new SplittableRandom(~seed);
        boolean quorum = aside.nextInt(5) == 0;
        Swarm data = Swarm.of(random);
        while (data.nodes() < (quorum ? 3 : 2) || quorum != (data.mix().strongest() == ReplicationMode.QUORUM)) {
            data = Swarm.of(random);
        }
        long[] checkAndDown = CHECKS_AND_DOWNS[random.nextInt(CHECKS_AND_DOWNS.length)];
        double share = random.nextInt(3) == 0 ? 0.3 : 0.7;
        double[] means = data.faults() ? means(share, random) : NO_FAULTS;
        boolean harshDisk = data.faults() && random.nextDouble() < share;
        int kind = random.nextInt(8);
        double wipes = data.faults() && aside.nextInt(4) == 0 ? aside.nextInt(20, 100) : 0;
        return new ClusterSwarm(
                data,
                kind == 0 ? 1 : kind < 6 ? 3 : 5,
                RaftSettings.of(Duration.ofMillis(100), Duration.ofMillis(500)),
                new CoordinatorDisk(harshDisk ? 50_000_000 : 2_000_000, harshDisk ? 0.01 : 0),
                random.nextBoolean() ? 7 : 1000,
                checkAndDown[0],
                checkAndDown[1],
                random.nextInt(3) > 0,
                random.nextInt(4) > 0,
                data.faults() && random.nextDouble() < share ? 0.05 : 0,
                means[0],
                means[1],
                random.nextInt(3) == 0 ? means[2] : 0,
                means[3],
                means[4],
                means[5],
                means[6],
                wipes);
    }

    private static double[] means(double share, RandomGenerator random) {
        double[] means = new double[MEANS.length];
        for (int i = 0; i < means.length; i++) {
            double drawn = random.nextInt(MEANS[i][0], MEANS[i][1]);
            means[i] = random.nextDouble() < share ? drawn : 0;
        }
        return means;
    }

    /** False when clocks do what leases do not allow for. */
    boolean leasesHold() {
        return coordinatorJumpSeconds == 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d coordinators, check %d ms, down %d ms, keep %s, sync only %s, drift %.2f, coordinators: kill %.0f"
                        + " pause %.0f jump %.0f wipe %.0f, cut %.0f slow %.0f commands %.0f members %.0f%n%s",
                coordinators,
                checkMillis,
                downMillis,
                keep,
                syncOnly,
                clockDrift,
                coordinatorKillSeconds,
                coordinatorPauseSeconds,
                coordinatorJumpSeconds,
                coordinatorWipeSeconds,
                cutSeconds,
                slowSeconds,
                commandSeconds,
                coordinatorsSeconds,
                data);
    }
}
