package skein.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Query;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import skein.history.SetHistory.Insert;
import skein.history.Transaction.Outcome;

/**
 * Clients that open a session on {@code neo4j://} for every try and insert unique ids, each once. A warning that a
 * write may be lost makes it unknown. Thread-safe.
 */
final class FreshInserters implements AutoCloseable {
    private static final int PAUSE_MILLIS = 5;

    /** A committed insert. */
    private record Answer(long sentNanos, long answeredNanos) {}

    private final Supplier<Driver> drivers;
    private final int clients;
    private final AtomicLong ids;
    private final Map<Long, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final AtomicLong committed = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private CountDownLatch relieved = new CountDownLatch(1);

    /** @param drivers gives a new one */
    FreshInserters(Supplier<Driver> drivers, int clients) {
        this(drivers, clients, new AtomicLong());
    }

    /** @param ids where the next one comes from, perhaps for others too */
    FreshInserters(Supplier<Driver> drivers, int clients, AtomicLong ids) {
        this.drivers = drivers;
        this.clients = clients;
        this.ids = ids;
        start();
    }

    /** The last one that ends closes their driver. */
    private void start() {
        Driver driver = drivers.get();
        CountDownLatch end = relieved;
        AtomicInteger left = new AtomicInteger(clients);
        for (int i = 0; i < clients; i++) {
            threads.add(Thread.ofPlatform().name("inserter-" + threads.size()).start(() -> {
                insertUntil(end, driver);
                if (left.decrementAndGet() == 0) {
                    driver.close();
                }
            }));
        }
    }

    /**
     * Others take the place of those who may wait for an instance that stands still; these note what they hear, when
     * they hear it.
     */
    synchronized void relieve() {
        relieved.countDown();
        relieved = new CountDownLatch(1);
        start();
    }

    private void insertUntil(CountDownLatch end, Driver driver) {
        try {
            while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                insert(driver);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("deprecation") // the newer form does not tell a warning from a plain success by itself
    private void insert(Driver driver) {
        long id = ids.incrementAndGet();
        outcomes.put(id, Outcome.UNKNOWN);
        long sent = System.nanoTime();
        try (Session session = driver.session()) {
            var summary = session.run(new Query("CREATE (:W {id: $id})", Map.of("id", id)))
                    .consume();
            outcomes.put(id, summary.notifications().isEmpty() ? Outcome.COMMITTED : Outcome.UNKNOWN);
            answers.add(new Answer(sent, System.nanoTime()));
            committed.incrementAndGet();
        } catch (ServiceUnavailableException | IllegalStateException e) {
            // a connection that ended tells nothing of what was sent over it
        } catch (Neo4jException e) {
            if (e.code().startsWith("Neo.ClientError.") || e.code().startsWith("Neo.TransientError.")) {
                outcomes.put(id, Outcome.FAILED);
            }
        }
    }

    /** How many were committed so far, with or without a warning. */
    long committed() {
        return committed.get();
    }

    /** When the first one was committed that was sent after this moment. */
    OptionalLong firstCommittedAfter(long nanos) {
        return answers.stream()
                .filter(answer -> answer.sentNanos() - nanos > 0)
                .mapToLong(Answer::answeredNanos)
                .min();
    }

    /** Returns when so many more have been committed. */
    void awaitCommits(int more) {
        long before = committed();
        CoordinatedStage.await(more + " more commits", () -> committed() >= before + more);
    }

    /** Every insert and what its client heard; to be asked after {@link #end}. */
    List<Insert> inserts() {
        return outcomes.entrySet().stream()
                .map(entry -> new Insert(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** No more inserts; returns when the last one has been answered. */
    void end() {
        List<Thread> all;
        synchronized (this) {
            relieved.countDown();
            all = List.copyOf(threads);
        }
        try {
            for (Thread thread : all) {
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
