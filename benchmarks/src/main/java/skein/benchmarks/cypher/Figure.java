package skein.benchmarks.cypher;

import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What was measured of one workload on one server with so many connections; rounds add up. */
final class Figure {
    private static final long LONGEST_MICROS = 120_000_000;
    private static final int DIGITS = 3;
    private static final double NANOS = 1e9;
    private static final int P50 = 50;
    private static final int P99 = 99;

    private final Histogram latencyMicros = new Histogram(LONGEST_MICROS, DIGITS);
    private long nanos;
    private long processorNanos;
    private long answered;

    void answered(long sentNanos, long nowNanos) {
        latencyMicros.recordValue(Math.max(1, (nowNanos - sentNanos) / 1000));
    }

    void round(long requests, long tookNanos, Duration processor) {
        answered += requests;
        nanos += tookNanos;
        processorNanos += processor.toNanos();
    }

    /** Requests a second. */
    double perSecond() {
        return answered * NANOS / nanos;
    }

    long p50Micros() {
        return latencyMicros.getValueAtPercentile(P50);
    }

    long p99Micros() {
        return latencyMicros.getValueAtPercentile(P99);
    }

    /** Processor time of the server for each request. */
    double processorMicros() {
        return processorNanos / 1000.0 / answered;
    }
}
