package skein.failover;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import skein.history.BankHistory;
import skein.history.BankHistory.Read;
import skein.history.Transaction.Outcome;

/**
 * Money that moves between a few accounts, one transfer a transaction, and sessions that read them all, on whichever
 * instance the driver chooses. Every transfer raises a number on both accounts: their sum is the position of a read.
 */
final class BoltBank {
    private static final int ACCOUNTS = 6;
    private static final int BALANCE = 100;
    private static final int PAUSE_MILLIS = 5;

    /** As a driver waits before it tries again: who is refused at once must not make most of the history. */
    private static final int PATIENCE_MILLIS = 100;

    private static final SessionConfig READING =
            SessionConfig.builder().withDefaultAccessMode(AccessMode.READ).build();

    private final Driver driver;
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger sessions = new AtomicInteger();
    private final AtomicLong committed = new AtomicLong();
    private final List<Future<List<Outcome>>> transfers = new ArrayList<>();
    private final List<Future<List<Read>>> reads = new ArrayList<>();

    BoltBank(Driver driver) {
        this.driver = driver;
    }

    void open() {
        try (Session session = driver.session()) {
            session.run(
                            "UNWIND range(1, $accounts) AS k CREATE (:Account {k: k, balance: $balance, moved: 0})",
                            Map.of("accounts", ACCOUNTS, "balance", BALANCE))
                    .consume();
        }
    }

    void start(ExecutorService threads, int writers, int readers) {
        for (int i = 0; i < writers; i++) {
            long seed = i;
            transfers.add(threads.submit(() -> transfer(new SplittableRandom(seed))));
        }
        for (int i = 0; i < readers; i++) {
            reads.add(threads.submit(this::readOnAndOn));
        }
    }

    /** Ends all of it, and answers what was seen. */
    BankHistory end() throws InterruptedException, ExecutionException {
        over.countDown();
        List<Outcome> done = new ArrayList<>();
        for (Future<List<Outcome>> each : transfers) {
            done.addAll(each.get());
        }
        List<Read> seen = new ArrayList<>();
        for (Future<List<Read>> each : reads) {
            seen.addAll(each.get());
        }
        return new BankHistory(ACCOUNTS, (long) ACCOUNTS * BALANCE, done, seen);
    }

    /** How many transfers were committed so far. */
    long committed() {
        return committed.get();
    }

    private boolean isOver() throws InterruptedException {
        return over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Outcome afterAWhile(Outcome outcome) throws InterruptedException {
        boolean _ = over.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        return outcome;
    }

    private List<Outcome> transfer(SplittableRandom random) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        while (!isOver()) {
            int from = random.nextInt(ACCOUNTS) + 1;
            int to = from % ACCOUNTS + 1;
            try (Session session = driver.session()) {
                session.run(
                                "MATCH (a:Account {k: $from}), (b:Account {k: $to}) WHERE a.balance >= $sum SET"
                                        + " a.balance = a.balance - $sum, b.balance = b.balance + $sum,"
                                        + " a.moved = a.moved + 1, b.moved = b.moved + 1",
                                Map.of("from", from, "to", to, "sum", random.nextInt(20)))
                        .consume();
                outcomes.add(Outcome.COMMITTED);
                committed.incrementAndGet();
            } catch (ServiceUnavailableException e) {
                outcomes.add(afterAWhile(Outcome.UNKNOWN));
            } catch (Neo4jException e) {
                outcomes.add(
                        afterAWhile(e.code().startsWith("Neo.TransientError.") ? Outcome.FAILED : Outcome.UNKNOWN));
            }
        }
        return outcomes;
    }

    /** One session as long as it lasts: its reads carry bookmarks. */
    private List<Read> readOnAndOn() throws InterruptedException {
        List<Read> seen = new ArrayList<>();
        while (!isOver()) {
            int number = sessions.incrementAndGet();
            try (Session session = driver.session(READING)) {
                while (!isOver()) {
                    seen.add(read(session, number));
                }
            } catch (Neo4jException e) {
                // the next one reads on
            }
        }
        return seen;
    }

    private static Read read(Session session, int number) {
        var result = session.run("MATCH (a:Account) RETURN a.balance AS balance, a.moved AS moved ORDER BY a.k");
        List<Record> rows = result.list();
        return new Read(
                number,
                result.consume().server().address(),
                rows.stream().mapToLong(row -> row.get("moved").asLong()).sum(),
                rows.stream().map(row -> row.get("balance").asLong()).toList());
    }
}
