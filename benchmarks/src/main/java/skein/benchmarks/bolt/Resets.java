package skein.benchmarks.bolt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Interrupts a query again and again, at moments that vary, and notes how long the answer to RESET took. A client that
 * does not read has megabytes of rows to take from its socket before it comes to the answer, so for such a query the
 * time until it is gone from the list of transactions is noted.
 */
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
     * @param atMillis of the wall clock, when it was answered, or the query gone
     * @param millis how long that took
     */
    record Reset(double atMillis, double millis) {}

    /** Those that met the query running; the others are left out. */
    List<Reset> of(HeavyQuery query, Duration time) throws IOException {
        List<Reset> resets = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        try (Connection connection = Connection.open(server, login, 1);
                Onlooker onlooker = new Onlooker(server, login)) {
            connection.expectFailures();
            while (System.nanoTime() < end) {
                connection.request(Requests.query(query.text(), ""), SUMMARIES);
                letRun(connection, query.reads());
                long failures = connection.failures();
                boolean runs = !connection.isAnswered();
                Reset reset = reset(connection, query, onlooker);
                if (runs && connection.failures() > failures) {
                    resets.add(reset);
                }
            }
        }
        return resets;
    }

    private Reset reset(Connection connection, HeavyQuery query, Onlooker onlooker) throws IOException {
        connection.reset();
        connection.channel().configureBlocking(true);
        if (query.reads()) {
            connection.await(buffer);
            return resetSince(connection.requestedNanos());
        }
        onlooker.awaitEnd(query.text());
        Reset reset = resetSince(connection.requestedNanos());
        connection.await(buffer);
        return reset;
    }

    private static Reset resetSince(long nanos) {
        return new Reset(System.currentTimeMillis(), (System.nanoTime() - nanos) / 1e6);
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
