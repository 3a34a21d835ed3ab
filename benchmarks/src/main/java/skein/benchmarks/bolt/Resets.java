package skein.benchmarks.bolt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/** Interrupts a query again and again, at moments that vary, and notes how long the answer to RESET took. */
final class Resets {
    private static final int BUFFER_BYTES = 1 << 16;
    /** RUN's and PULL's. */
    private static final int SUMMARIES = 2;

    private static final long FIRST_MILLIS = 20;
    private static final long LAST_MILLIS = 400;

    private final InetSocketAddress server;
    private final Login login;
    private final SplittableRandom random = new SplittableRandom(1);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    Resets(InetSocketAddress server, Login login) {
        this.server = server;
        this.login = login;
    }

    /**
     * One RESET of a query that ran.
     *
     * @param atMillis of the wall clock, when it was answered
     * @param millis how long that took
     */
    record Reset(double atMillis, double millis) {}

    /** Those that met the query running; the others are left out. */
    List<Reset> of(HeavyQuery query, Duration time) throws IOException {
        List<Reset> resets = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        try (Connection connection = Connection.open(server, login, 1)) {
            connection.expectFailures();
            while (System.nanoTime() < end) {
                connection.request(Requests.query(query.text(), ""), SUMMARIES);
                letRun(connection, query.reads());
                long failures = connection.failures();
                boolean runs = !connection.isAnswered();
                connection.reset();
                connection.channel().configureBlocking(true);
                connection.await(buffer);
                double millis = (System.nanoTime() - connection.requestedNanos()) / 1e6;
                if (runs && connection.failures() > failures) {
                    resets.add(new Reset(System.currentTimeMillis(), millis));
                }
            }
        }
        return resets;
    }

    private void letRun(Connection connection, boolean reads) throws IOException {
        long until = System.nanoTime()
                + Duration.ofMillis(random.nextLong(FIRST_MILLIS, LAST_MILLIS)).toNanos();
        connection.channel().configureBlocking(false);
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
            boolean idle = !reads || !connection.takeIfAny(buffer);
            if (idle) {
                LockSupport.parkNanos(Math.min(left, 1_000_000));
            }
        }
    }
}
