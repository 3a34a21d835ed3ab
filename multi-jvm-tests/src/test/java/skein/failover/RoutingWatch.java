package skein.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.server.cluster.ClusterPlan;
import skein.server.cluster.LocalCluster;

/** Looks every 50 ms at the routing table of every coordinator in turn, and keeps what must never be there. */
final class RoutingWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 50;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final LocalCluster cluster;
    private final Queue<String> secondWriters = new ConcurrentLinkedQueue<>();
    private final List<String> coordinators = new ArrayList<>();
    private final AtomicInteger looks = new AtomicInteger();

    RoutingWatch(LocalCluster cluster) {
        this.cluster = cluster;
        cluster.plan().coordinators().stream()
                .map(ClusterPlan.Coordinator::name)
                .forEach(coordinators::add);
        var _ = clock.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        String coordinator = coordinators.get(looks.getAndIncrement() % coordinators.size());
        try {
            for (Record row : cluster.run(coordinator, "SHOW ROUTING TABLE")) {
                if (row.get("role").asString().equals("WRITE")
                        && row.get("servers").size() > 1) {
                    secondWriters.add(coordinator + " names " + row.get("servers"));
                }
            }
        } catch (Neo4jException | IllegalStateException e) {
            // it is down, or nobody leads: that is no table
        }
    }

    int looks() {
        return looks.get();
    }

    List<String> secondWriters() {
        return List.copyOf(secondWriters);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
