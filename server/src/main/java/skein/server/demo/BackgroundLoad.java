package skein.server.demo;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.Driver;
import org.neo4j.driver.NotificationSeverity;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.summary.GqlNotification;
import org.neo4j.driver.summary.ResultSummary;
import skein.server.demo.Tally.Told;

/**
 * Clients that write at a steady rate, each write once and never again whatever it is told, and one that reads
 * everything back from the MAIN. Ends with the demo.
 */
final class BackgroundLoad implements AutoCloseable {
    private static final String INDEX = "CREATE INDEX ON :DemoWrite(id)";
    private static final String WRITE = "CREATE (:DemoWrite {id: $id})";
    private static final String READ = "MATCH (w:DemoWrite) RETURN w.id AS id";
    private static final String CLEAR = "MATCH (w:DemoWrite) DELETE w";
    private static final int UNDER_WAY_MAX = 4_096;

    /** Between two looks; a look that takes long is not repeated before twenty times that has passed. */
    private static final long LOOK_MILLIS = 1_000;

    private static final int LOOK_SHARE = 20;

    private final Driver driver;
    private final int perSecond;
    private final Tally tally = new Tally();
    private final Semaphore places = new Semaphore(UNDER_WAY_MAX);
    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "demo-load");
        thread.setDaemon(true);
        return thread;
    });

    private BackgroundLoad(Driver driver, int perSecond) {
        this.driver = driver;
        this.perSecond = perSecond;
    }

    /** @param driver finds the MAIN by routing tables; stays the caller's */
    static BackgroundLoad start(Driver driver, int perSecond) {
        BackgroundLoad load = new BackgroundLoad(driver, perSecond);
        load.prepare();
        var _ = load.clock.scheduleAtFixedRate(
                load::send, 0, TimeUnit.SECONDS.toNanos(1) / perSecond, TimeUnit.NANOSECONDS);
        load.lookAfter(LOOK_MILLIS);
        return load;
    }

    /** What an earlier load has left would be taken for this one's. */
    private void prepare() {
        driver.executableQuery(CLEAR).execute();
        try (Session session = driver.session()) {
            session.run(INDEX).consume();
        } catch (Neo4jException e) {
            // it is there already
        }
    }

    private void send() {
        if (places.tryAcquire()) {
            writers.execute(() -> {
                try {
                    write(tally.next());
                } finally {
                    places.release();
                }
            });
        }
    }

    private void write(int number) {
        try (Session session = driver.session()) {
            ResultSummary summary = session.run(WRITE, Map.of("id", number)).consume();
            boolean warned = summary.gqlStatusObjects().stream()
                    .filter(GqlNotification.class::isInstance)
                    .map(GqlNotification.class::cast)
                    .anyMatch(notice -> notice.severity()
                            .filter(NotificationSeverity.WARNING::equals)
                            .isPresent());
            tally.told(number, warned ? Told.WARNED : Told.ACKNOWLEDGED, "");
        } catch (Neo4jException e) {
            tally.told(number, Outcomes.of(e), Outcomes.words(e));
        } catch (IllegalStateException e) {
            tally.told(number, Told.UNKNOWN, "the demo ends");
        }
    }

    private void look() {
        long start = System.nanoTime();
        try {
            Tally.Expected before = tally.expected();
            tally.found(before, read());
        } catch (Neo4jException e) {
            // nobody is MAIN: what was found last stands until it can be read again
        } catch (IllegalStateException e) {
            return;
        }
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        lookAfter(Math.max(LOOK_MILLIS, LOOK_SHARE * took));
    }

    private void lookAfter(long millis) {
        if (!clock.isShutdown()) {
            var _ = clock.schedule(this::look, millis, TimeUnit.MILLISECONDS);
        }
    }

    /** A session that may write is led to the MAIN. */
    private BitSet read() {
        BitSet found = new BitSet();
        try (Session session = driver.session()) {
            session.run(READ).forEachRemaining(row -> found.set(row.get("id").asInt()));
        }
        return found;
    }

    Tally tally() {
        return tally;
    }

    String line() {
        return "load " + perSecond + "/s  " + tally.line();
    }

    /** No more writes; waits for those under way, and looks a last time. */
    List<String> end() {
        clock.shutdownNow();
        writers.shutdown();
        try {
            boolean all = writers.awaitTermination(15, TimeUnit.SECONDS);
            Tally.Expected before = tally.expected();
            tally.found(before, read());
            return List.of(line(), all ? "  everything acknowledged was looked for on the MAIN" : "  some wait still");
        } catch (Neo4jException e) {
            return List.of(line(), "  it could not be read back at the end: " + Outcomes.words(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(line());
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        writers.shutdownNow();
    }
}
