package skein.benchmarks.raft;

import org.HdrHistogram.AbstractHistogram;

/**
 * What one load came to.
 *
 * @param perSecond changes committed per second
 */
record Rate(double perSecond, long p50Micros, long p99Micros) {
    static final long SLOWEST_MICROS = 60_000_000;
    private static final double MEDIAN = 50;
    private static final double SLOW = 99;

    static Rate of(AbstractHistogram micros, double seconds) {
        return new Rate(
                micros.getTotalCount() / seconds,
                micros.getValueAtPercentile(MEDIAN),
                micros.getValueAtPercentile(SLOW));
    }

    static long micros(long nanos) {
        return Math.clamp(nanos / 1000, 1, SLOWEST_MICROS);
    }
}
