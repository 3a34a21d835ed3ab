package skein.simulation.cores;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import skein.replication.core.CommitRules;
import skein.replication.core.StreamLimits;
import skein.replication.core.SyncAck;
import skein.vocabulary.ReplicationMode;

/**
 * What one run is like; every seed draws its own. A mean of 0 seconds means never.
 *
 * @param mix which modes replicas are registered with
 * @param quorum setting {@code replication.quorum}
 * @param late share of messages that take fifty times as long
 * @param forceStalls share of forces that take two hundred times as long
 * @param forceFailures share of forces that fail, which ends the process
 * @param moments share of the moments at which something has just been promised or changed that end with a crash
 * @param powerAllSeconds mean time between losses of power of everything; as all that follow
 */
record Swarm(
        int nodes,
        int databases,
        ModeMix mix,
        int quorum,
        SyncAck syncAck,
        long syncAckNanos,
        StreamLimits limits,
        int clients,
        int sessions,
        long thinkNanos,
        double wrongNode,
        long delayNanosMax,
        double late,
        long forceNanosMax,
        double forceStalls,
        double forceFailures,
        double clockDrift,
        double seconds,
        long calmNanos,
        double killSeconds,
        double powerSeconds,
        double powerAllSeconds,
        double wipeSeconds,
        double pauseSeconds,
        double clogSeconds,
        double breakSeconds,
        double fullSeconds,
        double jumpSeconds,
        double switchoverSeconds,
        double registerSeconds,
        double moments,
        double flipSeconds,
        double snapshotSeconds,
        boolean faults) {

    private static final List<ModeMix> MIXES = List.of(ModeMix.values());

    /** One run of so many is on a network that loses packets, whatever else it is like. */
    private static final int LOSSY_RUNS = 8;

    private static final double STALLS = 0.01;
    private static final Duration[] CHECKS = {
        Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(3)
    };

    static Swarm of(RandomGenerator random) {
        int kind = random.nextInt(30);
        boolean faults = kind >= 3;
        double share = !faults ? 0 : kind < 13 ? 0.25 : 0.75;
        int nodes = 1 + random.nextInt(3) + random.nextInt(3);
        ModeMix mix = MIXES.get(random.nextInt(MIXES.size()));
        boolean harshDisk = on(share, random);
        return new Swarm(
                nodes,
                random.nextInt(3) == 0 ? 2 : 1,
                mix,
                quorum(mix, nodes, random),
                random.nextInt(4) == 0 ? SyncAck.APPLIED : SyncAck.DURABLE,
                Duration.ofMillis(500L << random.nextInt(5)).toNanos(),
                limits(random),
                1 + random.nextInt(5),
                random.nextInt(4),
                Duration.ofMillis(100L << random.nextInt(4)).toNanos(),
                random.nextInt(4) == 0 ? 0.1 : 0.01,
                1_000_000L << random.nextInt(6),
                on(share, random) ? 0.01 : 0,
                harshDisk ? 50_000_000L : 2_000_000L,
                on(share, random) ? 0.01 : 0,
                on(share, random) ? 0.0005 : 0,
                on(share, random) ? 0.1 : 0,
                40 + random.nextInt(140),
                random.nextInt(4) == 0 ? 0 : Duration.ofSeconds(4 + 2L * nodes).toNanos(),
                mean(share, 5, 60, random),
                mean(share, 5, 60, random),
                mean(share, 20, 200, random),
                mean(share, 30, 200, random),
                mean(share, 5, 60, random),
                mean(share, 3, 40, random),
                mean(share, 2, 40, random),
                mean(share, 10, 100, random),
                mean(share, 10, 100, random),
                mean(share, 15, 100, random),
                mean(share, 10, 60, random),
                on(share, random) ? 0.1 : 0,
                mean(share, 40, 200, random),
                random.nextBoolean() ? 5 + random.nextInt(40) : 0,
                faults);
    }

    /** Share of messages with which a connection stands still. Not drawn, so that other seeds stay what they were. */
    static double stalls(long seed) {
        return seed % LOSSY_RUNS == LOSSY_RUNS - 1 ? STALLS : 0;
    }

    /** Seldom more than the cluster can lose. */
    private static int quorum(ModeMix mix, int nodes, RandomGenerator random) {
        int drawn = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(2);
        return mix.strongest() == ReplicationMode.QUORUM ? 1 + Math.min(drawn, Math.max(0, nodes - 2)) : 1;
    }

    CommitRules rules() {
        return new CommitRules(syncAck, quorum);
    }

    private static boolean on(double share, RandomGenerator random) {
        return random.nextDouble() < share;
    }

    private static double mean(double share, int min, int max, RandomGenerator random) {
        double drawn = random.nextInt(min, max);
        return on(share, random) ? drawn : 0;
    }

    /** Sometimes windows so small that everything waits for them. */
    private static StreamLimits limits(RandomGenerator random) {
        StreamLimits usual = StreamLimits.checkingEvery(CHECKS[random.nextInt(CHECKS.length)]);
        if (random.nextBoolean()) {
            return usual;
        }
        int chunk = 48 << random.nextInt(6);
        return new StreamLimits(
                usual.checkNanos(),
                usual.silenceNanos(),
                usual.hangUpNanos(),
                usual.greetingNanos(),
                usual.retryNanosMax(),
                chunk * 4L,
                1 + random.nextInt(8),
                chunk);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d nodes, %d databases, %s, quorum %d, %s, %.0f s, faults %s: kill %.0f power %.0f all %.0f wipe %.0f pause %.0f"
                        + " clog %.0f break %.0f full %.0f jump %.0f switchover %.0f register %.0f",
                nodes,
                databases,
                mix,
                quorum,
                syncAck,
                seconds,
                faults,
                killSeconds,
                powerSeconds,
                powerAllSeconds,
                wipeSeconds,
                pauseSeconds,
                clogSeconds,
                breakSeconds,
                fullSeconds,
                jumpSeconds,
                switchoverSeconds,
                registerSeconds);
    }
}
