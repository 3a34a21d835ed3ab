package skein.benchmarks.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** Many threads that commit one after another for a while, and how long each commit took. */
final class CommitLoad {
    private static final long LATENCY_MAX_NANOS = 60_000_000_000L;
    private static final int DIGITS = 3;

    private CommitLoad() {}

    /** One durable commit. */
    interface Commit {
        /** @param key different for every commit of a store */
        void commit(long key);
    }

    /**
     * What came out.
     *
     * @param perSecond commits a second
     * @param latencyNanos of every commit
     */
    record Result(double perSecond, Histogram latencyNanos) {
        /** In words, with the percentiles. */
        String describe() {
            return "%9.0f commits/s  p50 %6d us  p99 %6d us  p99.9 %6d us  max %7d us"
                    .formatted(perSecond, micros(50), micros(99), micros(99.9), micros(100));
        }

        private long micros(double percentile) {
            return latencyNanos.getValueAtPercentile(percentile) / 1_000;
        }
    }

    /** Commits from so many threads for so long; keys come from {@code keys}. */
    static Result run(Commit store, AtomicLong keys, int sessions, Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        return run(store, keys, sessions, () -> System.nanoTime() < end);
    }

    /** As above, for as long as the condition holds. */
    static Result run(Commit store, AtomicLong keys, int sessions, BooleanSupplier goesOn) throws InterruptedException {
        Histogram all = new SynchronizedHistogram(LATENCY_MAX_NANOS, DIGITS);
        long begin = System.nanoTime();
        Sessions.run(sessions, session -> {
            Histogram own = new Histogram(LATENCY_MAX_NANOS, DIGITS);
            for (long now = System.nanoTime(); goesOn.getAsBoolean(); ) {
                store.commit(keys.incrementAndGet());
                long after = System.nanoTime();
                own.recordValue(Math.min(LATENCY_MAX_NANOS, after - now));
                now = after;
            }
            all.add(own);
        });
        double seconds = (System.nanoTime() - begin) / 1e9;
        return new Result(all.getTotalCount() / seconds, all);
    }
}
