package skein.benchmarks.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/** Clients that write as fast as they can, and nothing goes wrong: is anybody taken for dead? */
final class LoadFigure {
    private static final int CLIENTS = 16;
    private static final SessionConfig SESSION =
            SessionConfig.builder().withDatabase("skein").build();

    private final MeasuredCluster cluster;
    private final Progress progress;
    private final AtomicLong lastWriteNanos = new AtomicLong();
    private final AtomicLong longestNanos = new AtomicLong();

    /** One client's own counter, and what it was told of it. */
    private static final class Counter {
        private final int client;
        private long committed;
        private long unknown;

        Counter(int client) {
            this.client = client;
        }
    }

    LoadFigure(MeasuredCluster cluster, Progress progress) {
        this.cluster = cluster;
        this.progress = progress;
    }

    Outcome measure(Duration time) throws InterruptedException {
        Outcome outcome = new Outcome();
        progress.says("full load for " + time.toSeconds() + " s");
        String main = cluster.awaitInStep();
        cluster.processes().run(main, "CREATE INDEX ON :Counter(client)");
        cluster.processes().run(main, "UNWIND range(1, " + CLIENTS + ") AS i CREATE (:Counter {client: i, count: 0})");
        int before = cluster.onCoordinators("SHOW FAILOVERS").size();
        List<Counter> counters = write(time);
        cluster.awaitInStep();
        int failovers = cluster.onCoordinators("SHOW FAILOVERS").size() - before;
        long committed = counters.stream().mapToLong(one -> one.committed).sum();
        outcome.count("seconds", time.toSeconds());
        outcome.count("false failovers", failovers);
        outcome.count("committed", committed);
        outcome.count("committed per second", committed / Math.max(1, time.toSeconds()));
        outcome.count(
                "managed transactions that failed",
                counters.stream().mapToLong(one -> one.unknown).sum());
        outcome.count("acknowledged and lost", lost(counters));
        outcome.time("longest time without a write", TimeUnit.NANOSECONDS.toMillis(longestNanos.get()));
        return outcome;
    }

    private List<Counter> write(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        lastWriteNanos.set(System.nanoTime());
        List<Counter> counters = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= CLIENTS; i++) {
            Counter counter = new Counter(i);
            counters.add(counter);
            threads.add(Thread.ofPlatform().name("load-" + i).start(() -> writeUntil(end, counter)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return counters;
    }

    private void writeUntil(long end, Counter counter) {
        while (System.nanoTime() - end < 0) {
            try (Session session = cluster.driver().session(SESSION)) {
                session.executeWriteWithoutResult(tx -> tx.run(
                                "MATCH (c:Counter {client: $client}) SET c.count = c.count + 1",
                                Map.of("client", counter.client))
                        .consume());
                counter.committed++;
                long now = System.nanoTime();
                long before = lastWriteNanos.getAndSet(now);
                longestNanos.accumulateAndGet(now - before, Math::max);
            } catch (Neo4jException e) {
                counter.unknown++;
            }
        }
    }

    /** What was acknowledged is counted, on every instance. */
    private long lost(List<Counter> counters) {
        return cluster.processes().plan().dataInstances().stream()
                .mapToLong(instance -> counters.stream()
                        .mapToLong(counter -> Math.max(0, counter.committed - count(instance.name(), counter.client)))
                        .sum())
                .sum();
    }

    private long count(String instance, int client) {
        return cluster.processes()
                .run(instance, "MATCH (c:Counter {client: " + client + "}) RETURN c.count")
                .getFirst()
                .get(0)
                .asLong();
    }
}
