package skein.benchmarks.bolt;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param time of each figure, after as much or less to warm up
 * @param rows of the result that is streamed
 * @param idle connections that stay
 * @param peer whether Neo4j Community is measured too
 * @param recording file for a flight recording of Skein; empty for none
 */
record BoltSettings(Duration time, int rows, int idle, boolean peer, String recording) {
    private static final int ROWS = 1_000_000;
    private static final int IDLE = 10_000;
    private static final String NO_RECORDING = "";

    static BoltSettings whole() {
        return new BoltSettings(Duration.ofSeconds(5), ROWS, IDLE, true, NO_RECORDING);
    }

    /** Everything once and small: shows that the code works and no figure worth quoting. */
    static BoltSettings quick() {
        return new BoltSettings(Duration.ofMillis(200), 1_000, 100, false, NO_RECORDING);
    }

    BoltSettings withTime(Duration other) {
        return new BoltSettings(other, rows, idle, peer, recording);
    }

    BoltSettings withIdle(int other) {
        return new BoltSettings(time, rows, other, peer, recording);
    }

    BoltSettings alone() {
        return new BoltSettings(time, rows, idle, false, recording);
    }

    BoltSettings recordedTo(String file) {
        return new BoltSettings(time, rows, idle, peer, file);
    }
}
