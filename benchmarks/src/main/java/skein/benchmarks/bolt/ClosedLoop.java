package skein.benchmarks.bolt;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Connections that each send a request as soon as the one before is answered; one thread drives them all. */
public final class ClosedLoop implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 17;
    private static final int SELECT_MILLIS = 100;
    /** RUN's and PULL's. */
    private static final int SUMMARIES = 2;

    private final Selector selector = Selector.open();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Connection> connections = new ArrayList<>();

    /** Hears how long each request took. */
    public interface Stopwatch {
        /** The request was sent and answered at these moments. */
        void answered(long sentNanos, long nowNanos);
    }

    /** Connects to a server without users. */
    public static ClosedLoop to(InetSocketAddress server, int count) throws IOException {
        return new ClosedLoop(server, Login.NOBODY, count);
    }

    /** Connects and logs in that many times. */
    public ClosedLoop(InetSocketAddress server, Login login, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Connection connection = Connection.open(server, login, 1);
            connection.channel().configureBlocking(false);
            connection.channel().register(selector, SelectionKey.OP_READ, connection);
            connections.add(connection);
        }
    }

    /** Answers how many requests were answered until the time was over, those under way then included. */
    long run(byte[] request, Duration time) throws IOException {
        return run(() -> request, time, (sent, now) -> {});
    }

    /** As above, with a request of its own each time: RUN and PULL of a query. */
    public long run(Supplier<byte[]> requests, Duration time, Stopwatch stopwatch) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        long answered = 0;
        for (Connection connection : connections) {
            connection.request(requests.get(), SUMMARIES);
        }
        int underWay = connections.size();
        while (underWay > 0) {
            selector.select(SELECT_MILLIS);
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (connection.take(buffer)) {
                    answered++;
                    long now = System.nanoTime();
                    stopwatch.answered(connection.requestedNanos(), now);
                    if (now < end) {
                        connection.request(requests.get(), SUMMARIES);
                    } else {
                        underWay--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return answered;
    }

    /** Rows that have come over all connections so far. */
    public long rows() {
        return connections.stream().mapToLong(Connection::rows).sum();
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
