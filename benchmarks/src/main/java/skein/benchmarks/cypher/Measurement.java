package skein.benchmarks.cypher;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import skein.benchmarks.bolt.ClosedLoop;
import skein.benchmarks.bolt.Requests;
import skein.benchmarks.bolt.ServerProcess;

/** Runs workloads on one server; its connections stay open from one to the next. */
final class Measurement implements AutoCloseable {
    /** Enough that the client hardly ever builds a request while it measures. */
    private static final int REQUESTS_KEPT = 4_096;

    private static final int WARM_SLICES_LEAST = 4;
    private static final int WARM_SLICES_MOST = 40;

    private final ServerProcess server;
    private final Map<Integer, ClosedLoop> loops = new LinkedHashMap<>();
    private final Map<String, List<byte[]>> requests = new LinkedHashMap<>();
    private final AtomicLong next = new AtomicLong();

    Measurement(ServerProcess server, List<Integer> connections) throws IOException {
        this.server = server;
        for (int count : connections) {
            loops.put(count, new ClosedLoop(server.address(), server.login(), count));
        }
    }

    ServerProcess server() {
        return server;
    }

    /**
     * Runs a workload until the server has spent that much processor time on it, in slices; gives up after so many
     * slices, for a workload that waits more than it works. Time on the clock would say nothing: on a machine with
     * other work a server that has been asked for a second may not have compiled anything yet.
     */
    void warmUp(Workload workload, int connections, Duration processorTime) throws IOException {
        Duration end = server.processorTime().plus(processorTime);
        Duration slice = processorTime.dividedBy(WARM_SLICES_LEAST);
        for (int i = 0; i < WARM_SLICES_MOST && server.processorTime().compareTo(end) < 0; i++) {
            round(workload, connections, slice, new Figure());
        }
    }

    /** Measures for about this time and adds it to the figure. */
    void round(Workload workload, int connections, Duration time, Figure figure) throws IOException {
        ClosedLoop loop = loops.computeIfAbsent(connections, count -> {
            throw new IllegalArgumentException("nobody opened " + count + " connections");
        });
        List<byte[]> kept = requests.computeIfAbsent(workload.name(), name -> new ArrayList<>());
        Supplier<byte[]> request = () -> request(workload, kept);
        Duration processorBefore = server.processorTime();
        long begin = System.nanoTime();
        long answered = loop.run(request, time, figure::answered);
        figure.round(answered, System.nanoTime() - begin, server.processorTime().minus(processorBefore));
    }

    private byte[] request(Workload workload, List<byte[]> kept) {
        long number = next.getAndIncrement();
        if (kept.size() < REQUESTS_KEPT) {
            Workload.Statement statement = workload.requests().apply(number);
            byte[] request = Requests.query(statement.text(), statement.parameters(), server.database());
            kept.add(request);
            return request;
        }
        return kept.get((int) (number % REQUESTS_KEPT));
    }

    @Override
    public void close() throws IOException {
        for (ClosedLoop loop : loops.values()) {
            loop.close();
        }
    }
}
