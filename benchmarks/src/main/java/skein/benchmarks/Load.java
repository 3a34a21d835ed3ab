package skein.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.HdrHistogram.ConcurrentHistogram;
import skein.vocabulary.HostPort;

/** A closed loop of some connections that each run one query after another. */
final class Load {
    private static final AtomicLong NEXT = new AtomicLong();

    private Load() {}

    /**
     * What a load measured.
     *
     * @param perSecond queries completed per second
     */
    record Result(double perSecond, long p50Micros, long p99Micros) {}

    /**
     * Runs a load; only the time after the warm-up counts.
     *
     * @param parameter from a running number to the query's parameter {@code $i}
     */
    static Result run(
            HostPort server, String query, LongUnaryOperator parameter, int connections, Duration warmUp, Duration time)
            throws InterruptedException {
        ConcurrentHistogram latencyMicros = new ConcurrentHistogram(60_000_000L, 3);
        long begin = System.nanoTime() + warmUp.toNanos();
        long end = begin + time.toNanos();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            threads.add(Thread.ofPlatform()
                    .start(() -> loop(server, query, parameter, new Window(begin, end), latencyMicros)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return new Result(
                latencyMicros.getTotalCount() * 1e9 / time.toNanos(),
                latencyMicros.getValueAtPercentile(50),
                latencyMicros.getValueAtPercentile(99));
    }

    private record Window(long begin, long end) {}

    private static void loop(
            HostPort server,
            String query,
            LongUnaryOperator parameter,
            Window window,
            ConcurrentHistogram latencyMicros) {
        try (BoltClient client = BoltClient.connect(server)) {
            for (long now = System.nanoTime(); now < window.end; ) {
                client.run(query, parameter.applyAsLong(NEXT.incrementAndGet()));
                long done = System.nanoTime();
                if (now >= window.begin && done <= window.end) {
                    latencyMicros.recordValue(Math.max(1, (done - now) / 1000));
                }
                now = done;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
