package skein.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Query;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.cluster.InsertHistory.Outcome;

/** Clients that insert unique ids on whichever instance they are pointed to, until they are closed. */
final class Inserters implements AutoCloseable {
    private static final int RETRY_MILLIS = 20;

    private final InsertHistory history;
    private final String database;
    private final AtomicReference<@Nullable Driver> target;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();

    Inserters(InsertHistory history, Driver first, int clients) {
        this(history, "skein", first, clients);
    }

    Inserters(InsertHistory history, String database, Driver first, int clients) {
        this.history = history;
        this.database = database;
        this.target = new AtomicReference<>(first);
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().name("inserter-" + i).start(this::insertOnAndOn));
        }
    }

    /** From now on they go there; null lets them rest. */
    void pointTo(@Nullable Driver next) {
        target.set(next);
    }

    private void insertOnAndOn() {
        try {
            while (ended.getCount() > 0) {
                Driver driver = target.get();
                if (driver == null || !insertUntilFailure(driver)) {
                    boolean _ = ended.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False when something went wrong, and trying again at once would not help. */
    private boolean insertUntilFailure(Driver driver) {
        try (Session session = driver.session(SessionConfig.forDatabase(database))) {
            while (ended.getCount() > 0 && driver.equals(target.get())) {
                if (!insert(session)) {
                    return false;
                }
            }
            return true;
        } catch (Neo4jException | IllegalStateException e) {
            // the driver was closed with its instance
            return false;
        }
    }

    @SuppressWarnings("deprecation") // the newer form does not tell a warning from a plain success by itself
    private boolean insert(Session session) {
        long id = history.begin();
        try {
            var summary = session.run(new Query("CREATE (:W {id: $id})", Map.of("id", id)))
                    .consume();
            history.end(id, summary.notifications().isEmpty() ? Outcome.ACKNOWLEDGED : Outcome.WARNED);
            return true;
        } catch (Neo4jException e) {
            history.end(id, InsertHistory.outcomeOf(e));
            return false;
        }
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
