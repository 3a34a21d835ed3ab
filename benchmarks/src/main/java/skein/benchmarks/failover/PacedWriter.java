package skein.benchmarks.failover;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Query;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import org.neo4j.driver.summary.ResultSummary;
import skein.benchmarks.failover.Write.Told;

/** One client that writes nodes with unique ids at an even pace until it is closed, one at a time. */
final class PacedWriter implements AutoCloseable {
    /** How a write is tried. */
    enum Style {
        /** A new session for every try, which is not repeated: what fails is noted, and the next one is tried. */
        NEW_SESSION,
        /** A managed transaction, which the driver repeats by itself. */
        MANAGED
    }

    private static final SessionConfig SESSION =
            SessionConfig.builder().withDatabase("skein").build();

    private final Driver driver;
    private final Style style;
    private final long paceNanos;
    private final AtomicLong ids;
    private final WriteLog log = new WriteLog();
    private final Thread thread;
    private volatile boolean ended;

    /** @param ids where the next one comes from */
    PacedWriter(Driver driver, Style style, Duration pace, AtomicLong ids) {
        this.driver = driver;
        this.style = style;
        this.paceNanos = pace.toNanos();
        this.ids = ids;
        this.thread = Thread.ofPlatform().name("writer-" + style).start(this::writeOnAndOn);
    }

    WriteLog log() {
        return log;
    }

    private void writeOnAndOn() {
        try {
            while (!ended) {
                Write write = write(ids.incrementAndGet(), System.nanoTime());
                log.add(write);
                long next = write.sentNanos() + paceNanos;
                TimeUnit.NANOSECONDS.sleep(Math.max(0, next - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Write write(long id, long sent) {
        try {
            return answered(id, sent, tell(id), "");
        } catch (ServiceUnavailableException e) {
            // a connection that ended tells nothing of what was sent over it
            return answered(id, sent, Told.UNKNOWN, e.getMessage());
        } catch (Neo4jException e) {
            boolean nothingHappened =
                    e.code().startsWith("Neo.ClientError.") || e.code().startsWith("Neo.TransientError.");
            return answered(id, sent, nothingHappened ? Told.REFUSED : Told.UNKNOWN, e.code() + " " + e.getMessage());
        }
    }

    private static Write answered(long id, long sent, Told told, @Nullable String why) {
        return new Write(id, sent, System.nanoTime(), told, String.valueOf(why));
    }

    private Told tell(long id) {
        try (Session session = driver.session(SESSION)) {
            return switch (style) {
                case NEW_SESSION ->
                    told(session.run(new Query("CREATE (:W {id: $id})", Map.of("id", id)))
                            .consume());
                case MANAGED ->
                    told(session.executeWrite(tx ->
                            tx.run("MERGE (:W {id: $id})", Map.of("id", id)).consume()));
            };
        }
    }

    @SuppressWarnings("deprecation") // the newer form does not tell a warning from a plain success by itself
    private static Told told(ResultSummary summary) {
        return summary.notifications().isEmpty() ? Told.ACKNOWLEDGED : Told.WARNED;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
