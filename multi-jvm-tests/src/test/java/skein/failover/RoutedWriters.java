package skein.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;

/**
 * Clients on {@code neo4j://} that write unique ids in managed transactions, until they are closed. The driver repeats
 * what may be repeated by itself; a failure that reaches the client is kept. Ids are merged, because a repetition may
 * find that the first try has happened.
 */
final class RoutedWriters implements AutoCloseable {
    private final Driver driver;
    private final AtomicLong ids = new AtomicLong();
    private final Queue<Long> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;

    RoutedWriters(Driver driver, int clients) {
        this.driver = driver;
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().name("routed-writer-" + i).start(this::writeOnAndOn));
        }
    }

    private void writeOnAndOn() {
        while (!ended) {
            long id = ids.incrementAndGet();
            try (Session session = driver.session()) {
                session.executeWriteWithoutResult(
                        tx -> tx.run("MERGE (:W {id: $id})", Map.of("id", id)).consume());
                acknowledged.add(id);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }

    int acknowledged() {
        return acknowledged.size();
    }

    List<RuntimeException> failures() {
        return List.copyOf(failures);
    }

    /** Everything that a client was told to be committed is there. */
    void checkNothingIsLost(List<Long> found, String where) {
        Set<Long> present = new HashSet<>(found);
        assertThat(acknowledged.stream().filter(id -> !present.contains(id)))
                .as("acknowledged and lost, on " + where)
                .isEmpty();
    }

    /** No more writes; returns when the last one has been answered. */
    void end() {
        ended = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }
}
