package skein.cluster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.summary.ResultSummary;

/** Writes nodes with unique ids until told to stop, and remembers which of them were acknowledged without a warning. */
final class Writer implements AutoCloseable {
    private final Driver driver;
    private final AtomicLong nextId;
    private final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final Thread thread;

    /** @param nextId source of ids, shared by all writers of a test */
    Writer(Driver driver, AtomicLong nextId) {
        this.driver = driver;
        this.nextId = nextId;
        this.thread = Thread.ofPlatform().name("writer").start(this::write);
    }

    @SuppressWarnings("deprecation") // the newer form does not tell a warning from a plain success by itself
    private void write() {
        while (!stopping.get()) {
            try (Session session = driver.session()) {
                while (!stopping.get()) {
                    long id = nextId.incrementAndGet();
                    ResultSummary summary = session.run("CREATE (:W {id: $id})", Map.of("id", id))
                            .consume();
                    if (summary.notifications().isEmpty()) {
                        acknowledged.add(id);
                    }
                }
            } catch (Neo4jException | IllegalStateException e) {
                // the instance was killed under us: whatever was in flight is unknown and not counted
                Thread.onSpinWait();
            }
        }
    }

    /** Ids whose write succeeded without a warning. */
    Set<Long> acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() {
        stopping.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
