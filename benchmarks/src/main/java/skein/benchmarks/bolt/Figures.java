package skein.benchmarks.bolt;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Everything that is measured of one server. */
final class Figures {
    /** Connections from one address; servers may allow no more than a thousand. */
    private static final int IDLE_PER_ADDRESS = 500;

    /** Times a figure's time: a JVM has compiled most of a server by then. */
    private static final int WARM_UP = 3;

    private static final int WARM_CONNECTIONS = 16;
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 64);

    private final ServerProcess server;
    private final BoltSettings settings;
    private final Consumer<String> progress;
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    /**
     * @param perSecond of the clock; 0 when there is no such thing
     * @param perProcessorSecond of the server; for memory, bytes
     */
    record Figure(double perSecond, double perProcessorSecond) {}

    private interface Work {
        /** Answers how much was done. */
        long run() throws IOException, InterruptedException;
    }

    Figures(ServerProcess server, BoltSettings settings, Consumer<String> progress) {
        this.server = server;
        this.settings = settings;
        this.progress = progress;
    }

    Map<String, Figure> measure() throws IOException, InterruptedException {
        roundTrips();
        rows();
        logins(false);
        logins(true);
        idle();
        return figures;
    }

    private void roundTrips() throws IOException, InterruptedException {
        byte[] request = Requests.query("RETURN 1", server.database());
        try (ClosedLoop warm = new ClosedLoop(server.address(), server.login(), WARM_CONNECTIONS)) {
            progress.accept("warm-up");
            warm.run(request, settings.time().multipliedBy(WARM_UP));
        }
        for (int connections : CONNECTIONS) {
            try (ClosedLoop loop = new ClosedLoop(server.address(), server.login(), connections)) {
                rate("RETURN 1, connections: " + connections, () -> loop.run(request, settings.time()));
            }
        }
    }

    private void rows() throws IOException, InterruptedException {
        byte[] request = Requests.query("UNWIND range(1, " + settings.rows() + ") AS x RETURN x", server.database());
        try (ClosedLoop loop = new ClosedLoop(server.address(), server.login(), 1)) {
            loop.run(request, settings.time().dividedBy(2));
            rate("rows streamed", () -> {
                long before = loop.rows();
                loop.run(request, settings.time());
                return loop.rows() - before;
            });
        }
    }

    private void logins(boolean encrypted) throws IOException, InterruptedException {
        Logins logins = new Logins(server.address(), server.login(), encrypted);
        logins.run(settings.time().dividedBy(2));
        rate(encrypted ? "connect and log in, TLS" : "connect and log in", () -> logins.run(settings.time()));
    }

    private void rate(String name, Work work) throws IOException, InterruptedException {
        progress.accept(name);
        Duration processorBefore = server.processorTime();
        long begin = System.nanoTime();
        long done = work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double processor = server.processorTime().minus(processorBefore).toNanos() / 1e9;
        figures.put(name, new Figure(done / seconds, done / processor));
    }

    private void idle() throws IOException, InterruptedException {
        progress.accept("idle connections");
        long heapBefore = server.liveHeap();
        long residentBefore = server.resident();
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < settings.idle(); i++) {
                connections.add(Connection.open(server.address(), server.login(), 2 + i / IDLE_PER_ADDRESS));
            }
            double count = settings.idle();
            figures.put("idle connection, live heap", new Figure(0, (server.liveHeap() - heapBefore) / count));
            figures.put("idle connection, resident", new Figure(0, (server.resident() - residentBefore) / count));
        } finally {
            for (Connection connection : connections) {
                connection.close();
            }
        }
    }
}
