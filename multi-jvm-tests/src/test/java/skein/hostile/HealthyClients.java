package skein.hostile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;

/** Ordinary users: some sessions, each of which runs a small query at a steady pace. */
final class HealthyClients implements AutoCloseable {
    private static final int SESSIONS = 4;
    private static final long PACE_MILLIS = 10;
    private static final int MEASURED_MAX = 1 << 20;

    private final long[] nanos = new long[MEASURED_MAX];
    private final AtomicLong measured = new AtomicLong();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final ScheduledExecutorService pace = Executors.newScheduledThreadPool(SESSIONS);
    private final List<Session> sessions = new ArrayList<>();

    HealthyClients(Driver driver) {
        for (int i = 0; i < SESSIONS; i++) {
            Session session = driver.session();
            sessions.add(session);
            var _ = pace.scheduleWithFixedDelay(() -> query(session), 0, PACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void query(Session session) {
        long start = System.nanoTime();
        try {
            session.run("RETURN 1").consume();
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
        int index = (int) measured.getAndIncrement();
        if (index < nanos.length) {
            nanos[index] = System.nanoTime() - start;
        }
    }

    /** How long queries took in the next so many seconds. */
    Latencies measure(int seconds) throws InterruptedException {
        int from = (int) measured.get();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            var _ = pace.awaitTermination(50, TimeUnit.MILLISECONDS);
        }
        int to = (int) Math.min(measured.get(), nanos.length);
        long[] taken = Arrays.copyOfRange(nanos, from, to);
        Arrays.sort(taken);
        return new Latencies(taken);
    }

    /** The first failure, if any. */
    @Nullable
    RuntimeException failure() {
        return failure.get();
    }

    @Override
    public void close() {
        pace.close();
        sessions.forEach(Session::close);
    }

    /** @param sortedNanos one for each query */
    record Latencies(long[] sortedNanos) {
        double millisAt(double share) {
            return sortedNanos.length == 0
                    ? Double.POSITIVE_INFINITY
                    : sortedNanos[(int) (share * (sortedNanos.length - 1))] / 1e6;
        }

        String words() {
            return "%d queries, p50 %.2f ms, p99 %.2f ms, max %.1f ms"
                    .formatted(sortedNanos.length, millisAt(0.5), millisAt(0.99), millisAt(1));
        }
    }
}
