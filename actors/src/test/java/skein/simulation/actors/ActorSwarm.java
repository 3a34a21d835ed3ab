package skein.simulation.actors;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import skein.vocabulary.ReplicationMode;

/**
 * What one run of the actors is like; every seed draws its own. A mean of 0 seconds means never. In every tenth run
 * power goes only right after something was promised, on disks so slow that much is always on its way to them: what is
 * said before it is true shows there.
 *
 * @param mode of the replicas
 * @param asyncToo whether one of them is ASYNC all the same
 * @param ackTimeout how long a commit waits for replicas
 * @param semiSync a timeout of the replicas' own, for SYNC
 * @param late share of messages that take fifty times as long
 * @param forceFailures share of forces that fail, which ends the process
 * @param clockDrift clocks go faster or slower by up to this share
 * @param killSeconds mean time between two; as all that follow
 * @param powerAfterAck share of acknowledged writes at which power goes
 */
record ActorSwarm(
        int nodes,
        ReplicationMode mode,
        boolean asyncToo,
        int quorum,
        boolean applied,
        Duration ackTimeout,
        Optional<Duration> semiSync,
        Duration check,
        int clients,
        long thinkNanos,
        int segmentBytes,
        long logBytesKept,
        long delayNanosMax,
        double late,
        long forceNanosMax,
        double forceFailures,
        double clockDrift,
        double seconds,
        double killSeconds,
        double powerSeconds,
        double powerAllSeconds,
        double pauseSeconds,
        double clogSeconds,
        double breakSeconds,
        double fullSeconds,
        double wipeSeconds,
        double dropSeconds,
        double switchoverSeconds,
        double powerAfterAck,
        boolean faults) {

    /** Seeds that are so far apart draw runs of one kind. */
    static final int KINDS = 10;

    private static final int KIND_OF_PROMISES = 9;

    private static final ReplicationMode[] MODES = {
        ReplicationMode.SYNC,
        ReplicationMode.SYNC,
        ReplicationMode.ASYNC,
        ReplicationMode.STRICT_SYNC,
        ReplicationMode.STRICT_SYNC,
        ReplicationMode.QUORUM,
        ReplicationMode.QUORUM
    };

    static ActorSwarm of(long seed, RandomGenerator random) {
        return seed % KINDS == KIND_OF_PROMISES ? promising(random) : any(random);
    }

    private static ActorSwarm promising(RandomGenerator random) {
        ReplicationMode mode = MODES[random.nextInt(MODES.length)];
        return new ActorSwarm(
                mode == ReplicationMode.QUORUM ? 3 : 2,
                mode,
                false,
                1,
                false,
                Duration.ofSeconds(5),
                Optional.empty(),
                Duration.ofMillis(300),
                4,
                Duration.ofMillis(20).toNanos(),
                4096 << random.nextInt(4),
                1 << 20,
                500_000L,
                0,
                200_000_000L,
                0,
                0,
                80,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0.05,
                true);
    }

    private static ActorSwarm any(RandomGenerator random) {
        int kind = random.nextInt(30);
        boolean faults = kind >= 3;
        double share = !faults ? 0 : kind < 13 ? 0.25 : 0.75;
        ReplicationMode mode = MODES[random.nextInt(MODES.length)];
        int nodes = mode == ReplicationMode.QUORUM ? 3 + random.nextInt(2) : 2 + random.nextInt(2) + random.nextInt(2);
        boolean asyncToo = nodes > 2 && random.nextInt(4) == 0;
        int voters = nodes - 1 - (asyncToo ? 1 : 0);
        return new ActorSwarm(
                nodes,
                mode,
                asyncToo,
                1 + random.nextInt(Math.max(1, voters - 1)),
                random.nextInt(4) == 0,
                Duration.ofSeconds(1 + random.nextInt(5)),
                random.nextInt(3) == 0 ? Optional.of(Duration.ofMillis(200 + random.nextInt(2000))) : Optional.empty(),
                Duration.ofMillis(random.nextInt(3) == 0 ? 300 : 1000),
                2 + random.nextInt(3),
                Duration.ofMillis(150L << random.nextInt(4)).toNanos(),
                4096 << random.nextInt(4),
                random.nextInt(3) == 0 ? 4096 : 1 << 20,
                random.nextInt(4) == 0 ? 20_000_000L : 500_000L,
                random.nextDouble() < share ? 0.01 : 0,
                random.nextInt(4) == 0 ? 50_000_000L : 2_000_000L,
                random.nextDouble() < share ? 0.0005 : 0,
                random.nextDouble() < share ? 0.05 : 0,
                40 + random.nextInt(80),
                mean(share, 10, 60, random),
                mean(share, 10, 60, random),
                mean(share, 30, 120, random),
                mean(share, 10, 60, random),
                mean(share, 5, 40, random),
                mean(share, 5, 40, random),
                mean(share, 15, 60, random),
                mean(share / 2, 40, 120, random),
                mean(share, 20, 80, random),
                mean(share, 20, 80, random),
                0,
                faults);
    }

    private static double mean(double share, int min, int max, RandomGenerator random) {
        double drawn = random.nextInt(min, max);
        return random.nextDouble() < share ? drawn : 0;
    }

    /** The mode in which a node follows. */
    ReplicationMode modeOf(ActorNode node) {
        return isAsync(node) ? ReplicationMode.ASYNC : mode;
    }

    /** Nobody waits for it. */
    boolean isAsync(ActorNode node) {
        return mode == ReplicationMode.ASYNC || asyncToo && node.host().index() == nodes - 1;
    }

    /** What its commits say with which mode: semi-sync is SYNC's alone. */
    Optional<Duration> timeoutOf(ActorNode node) {
        return modeOf(node) == ReplicationMode.SYNC ? semiSync : Optional.empty();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d nodes, %s%s (quorum %d, %s, timeout %s%s), check %s, %d clients each %d ms, segments of %d B, log"
                        + " kept %d B, delays up to %d us, late %.3f, forces up to %d us, failing %.4f, drift %.2f, %.0f"
                        + " s, faults %s: kill %.0f power %.0f all %.0f pause %.0f clog %.0f break %.0f full %.0f wipe"
                        + " %.0f drop %.0f switchover %.0f, power after %.2f of acknowledgements",
                nodes,
                mode,
                asyncToo ? " and ASYNC" : "",
                quorum,
                applied ? "applied" : "durable",
                ackTimeout,
                semiSync.map(own -> ", own " + own).orElse(""),
                check,
                clients,
                thinkNanos / 1_000_000,
                segmentBytes,
                logBytesKept,
                delayNanosMax / 1000,
                late,
                forceNanosMax / 1000,
                forceFailures,
                clockDrift,
                seconds,
                faults,
                killSeconds,
                powerSeconds,
                powerAllSeconds,
                pauseSeconds,
                clogSeconds,
                breakSeconds,
                fullSeconds,
                wipeSeconds,
                dropSeconds,
                switchoverSeconds,
                powerAfterAck);
    }
}
