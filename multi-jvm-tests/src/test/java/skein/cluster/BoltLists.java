package skein.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AccessMode;
import org.neo4j.driver.Driver;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.Transaction;
import org.neo4j.driver.Value;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.history.ListStore;
import skein.history.Operation.Append;
import skein.history.Transaction.Outcome;

/** Lists as properties of nodes, over Bolt, on whichever instance is the one at the time. */
public final class BoltLists implements ListStore {
    private final Supplier<Driver> instance;
    private final SessionConfig access;
    private static final String CONFLICT = "Neo.TransientError.Transaction.DeadlockDetected";
    private static final int PATIENCE_MILLIS = 30;

    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong committed = new AtomicLong();
    private final CountDownLatch never = new CountDownLatch(1);

    public BoltLists(Supplier<Driver> instance) {
        this(instance, AccessMode.WRITE);
    }

    /** @param access what transactions are declared to do: one that may write goes to the MAIN where that is done */
    public BoltLists(Supplier<Driver> instance, AccessMode access) {
        this.instance = instance;
        this.access = SessionConfig.builder().withDefaultAccessMode(access).build();
    }

    /** Makes so many empty lists, which can be found quickly. */
    public void create(int count) {
        try (var session = instance.get().session()) {
            session.run("CREATE INDEX ON :K(k)").consume();
            session.run("UNWIND range(0, $last) AS i CREATE (:K {k: i, l: []})", Map.of("last", count - 1))
                    .consume();
        }
    }

    /** As a driver would before it tries again: who is refused at once must not make most of the history. */
    private Refused refused(RuntimeException reason) {
        boolean waits =
                !(reason instanceof Neo4jException failure) || !failure.code().equals(CONFLICT);
        try {
            boolean _ = waits && never.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Refused(reason);
    }

    /** The highest list that anybody appended to so far. */
    public long newest() {
        return newest.get();
    }

    /** How many transactions were committed so far. */
    public long committed() {
        return committed.get();
    }

    @Override
    public ListStore.Session begin() {
        return new OverBolt();
    }

    /** Nothing is asked of the driver before the first step: what fails then is a step that failed. */
    private final class OverBolt implements ListStore.Session {
        private org.neo4j.driver.@Nullable Session session;
        private @Nullable Transaction transaction;

        private Transaction open() {
            Transaction open = transaction;
            if (open == null) {
                var fresh = instance.get().session(access);
                session = fresh;
                open = fresh.beginTransaction();
                transaction = open;
            }
            return open;
        }

        @Override
        public int[] read(long key) throws Refused {
            try {
                Value list = open().run("MATCH (n:K {k: $k}) RETURN n.l AS l", Map.of("k", key))
                        .single()
                        .get("l");
                return list.asList(Value::asInt).stream()
                        .mapToInt(value -> value)
                        .toArray();
            } catch (Neo4jException | IllegalStateException e) {
                throw refused(e);
            }
        }

        @Override
        public List<Append> append(long key, int value) throws Refused {
            newest.accumulateAndGet(key, Math::max);
            try {
                open().run("MATCH (n:K {k: $k}) SET n.l = n.l + $v", Map.of("k", key, "v", value))
                        .consume();
                return List.of(new Append(key, value));
            } catch (Neo4jException | IllegalStateException e) {
                throw refused(e);
            }
        }

        @Override
        public Outcome commit() {
            try {
                open().commit();
                committed.incrementAndGet();
                return Outcome.COMMITTED;
            } catch (Neo4jException e) {
                return switch (InsertHistory.outcomeOf(e)) {
                    case FAILED -> Outcome.FAILED;
                    case ACKNOWLEDGED, WARNED, UNKNOWN -> Outcome.UNKNOWN;
                };
            } catch (IllegalStateException e) {
                return Outcome.UNKNOWN;
            }
        }

        @Override
        public void close() {
            var used = session;
            try {
                if (used != null) {
                    used.close();
                }
            } catch (Neo4jException | IllegalStateException e) {
                // rolled back with its connection
            }
        }
    }
}
