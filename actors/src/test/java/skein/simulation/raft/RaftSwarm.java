package skein.simulation.raft;

import java.util.Locale;
import java.util.random.RandomGenerator;
import skein.raft.core.RaftSettings;

/**
 * What one run is like; every seed draws its own. A mean of 0 seconds means never.
 *
 * @param voters how many members the group is to have, beside a spare server or two
 * @param lost share of messages; twice and late likewise
 * @param forceNanosMax how long a disk takes at most, mostly less
 * @param stateEvery how many entries an owner applies before it hands in its state
 * @param clockDrift of every clock, at most
 * @param splitSeconds until the servers are split in two, and the group is changed on one side at once
 */
record RaftSwarm(
        int voters,
        int servers,
        RaftSettings settings,
        int clients,
        long thinkNanos,
        double lost,
        double twice,
        double late,
        long delayNanosMax,
        long forceNanosMax,
        double forceStalls,
        int stateEvery,
        double clockDrift,
        double seconds,
        double killSeconds,
        double powerSeconds,
        double pauseSeconds,
        double cutSeconds,
        double jumpSeconds,
        double changeSeconds,
        double transferSeconds,
        double wipeSeconds,
        double splitSeconds,
        boolean faults) {
    private static final int[] VOTERS = {1, 3, 3, 3, 5, 5, 7};
    private static final long MILLI = 1_000_000;

    static RaftSwarm of(RandomGenerator random) {
        int kind = random.nextInt(20);
        boolean faults = kind >= 2;
        double share = !faults ? 0 : kind < 8 ? 0.3 : 0.8;
        int voters = VOTERS[random.nextInt(VOTERS.length)];
        return new RaftSwarm(
                voters,
                voters + 1 + random.nextInt(2),
                settings(random),
                1 + random.nextInt(5),
                (20L << random.nextInt(4)) * MILLI,
                on(share, random) ? random.nextDouble() * 0.2 : 0,
                on(share, random) ? random.nextDouble() * 0.2 : 0,
                on(share, random) ? random.nextDouble() * 0.1 : 0,
                MILLI << random.nextInt(5),
                MILLI << random.nextInt(5),
                on(share, random) ? 0.02 : 0,
                1 << random.nextInt(8),
                on(share, random) ? 0.1 + 0.5 * random.nextDouble() : 0,
                10 + random.nextInt(30),
                mean(share, 2, 20, random),
                mean(share, 8, 40, random),
                mean(share, 2, 20, random),
                mean(share, 1, 10, random),
                mean(share, 5, 20, random),
                mean(Math.max(share, 0.4), 1, 15, random),
                mean(Math.max(share, 0.4), 2, 20, random),
                mean(share, 4, 30, random),
                mean(share, 3, 20, random),
                faults);
    }

    private static RaftSettings settings(RandomGenerator random) {
        long heartbeat = (20L << random.nextInt(3)) * MILLI;
        return new RaftSettings(
                heartbeat,
                heartbeat * 5,
                heartbeat * 10,
                16 << random.nextInt(8),
                1 + random.nextInt(6),
                48 << random.nextInt(8),
                random.nextInt(3) == 0 ? 0 : random.nextInt(40));
    }

    private static boolean on(double share, RandomGenerator random) {
        return random.nextDouble() < share;
    }

    private static double mean(double share, int min, int max, RandomGenerator random) {
        double drawn = min + random.nextDouble() * (max - min);
        return on(share, random) ? drawn : 0;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d voters, %d servers, %s, %d clients, lost %.2f twice %.2f late %.2f, state every %d, %.0f s, faults"
                        + " %s: kill %.0f power %.0f pause %.0f cut %.0f jump %.0f change %.0f transfer %.0f wipe %.0f split"
                        + " %.0f",
                voters,
                servers,
                settings,
                clients,
                lost,
                twice,
                late,
                stateEvery,
                seconds,
                faults,
                killSeconds,
                powerSeconds,
                pauseSeconds,
                cutSeconds,
                jumpSeconds,
                changeSeconds,
                transferSeconds,
                wipeSeconds,
                splitSeconds);
    }
}
