package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.history.Anomaly;
import skein.history.AppendWorkload;
import skein.history.Appends;
import skein.history.Finding;
import skein.history.HistoryChecker;
import skein.history.Isolation;
import skein.history.ListStore;
import skein.history.Operation.Append;
import skein.history.Transaction.Outcome;
import skein.history.Verdict;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.SyncPolicy;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A hundred thousand transactions from concurrent sessions, and what their histories say about isolation. Lists are
 * properties of nodes in one half, relationships of nodes, seen from both ends, in the other. As many again under READ
 * COMMITTED. A property of the system, {@code skein.history.transactions}, makes the histories longer.
 */
final class HistoryTest {
    private static final int SESSIONS = 8;
    private static final int TRANSACTIONS = Integer.getInteger("skein.history.transactions", 50_000);

    @TempDir
    private Path directory;

    private BusyNode node;

    @BeforeEach
    void open() {
        DatabaseOptions options = DatabaseOptions.standard(SingleNode.ID);
        node = new BusyNode(directory, options.withSync(new SyncPolicy.Off()));
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void listsInPropertiesShowSnapshotIsolation() {
        expect(Isolation.STRONG_SNAPSHOT, propertyLists(1, Sight.OF_ITS_BEGIN));
    }

    @Test
    void relationshipsSeenFromBothEndsShowSnapshotIsolation() {
        expect(Isolation.STRONG_SNAPSHOT, adjacencyLists(2, Sight.OF_ITS_BEGIN));
    }

    /** The control: the same lists and the same checker, which sees what the weaker level allows. */
    @Test
    void listsInPropertiesShowReadCommittedAndNoMore() {
        Verdict verdict = propertyLists(3, Sight.OF_NOW);
        expect(Isolation.READ_COMMITTED, verdict);
        assertThat(verdict.violations(Isolation.SNAPSHOT))
                .extracting(Finding::anomaly)
                .containsAnyOf(Anomaly.LOST_UPDATE, Anomaly.NON_REPEATABLE_READ, Anomaly.G_SINGLE);
    }

    @Test
    void relationshipsSeenFromBothEndsShowReadCommittedAndNoMore() {
        Verdict verdict = adjacencyLists(4, Sight.OF_NOW);
        expect(Isolation.READ_COMMITTED, verdict);
        assertThat(verdict.violations(Isolation.SNAPSHOT))
                .extracting(Finding::anomaly)
                .containsAnyOf(Anomaly.NON_REPEATABLE_READ, Anomaly.G_SINGLE);
    }

    private Verdict propertyLists(long seed, Sight sight) {
        return run(seed, Appends.EXCLUSIVE, first -> new PropertySession(begin(), node, sight, first));
    }

    private Verdict adjacencyLists(long seed, Sight sight) {
        return run(seed, Appends.COMMUTING, first -> new AdjacencySession(begin(), node, sight, first));
    }

    private Verdict run(long seed, Appends appends, LongFunction<ListStore.Session> session) {
        AppendWorkload workload = AppendWorkload.standard(SESSIONS, TRANSACTIONS, seed);
        long first = createNodes(listsOf(workload));
        return HistoryChecker.check(workload.run(() -> session.apply(first)), appends);
    }

    /** What an operation of a transaction shows. */
    private enum Sight {
        /** One snapshot for the transaction. */
        OF_ITS_BEGIN,
        /** One a statement: READ COMMITTED. */
        OF_NOW
    }

    private static void expect(Isolation promised, Verdict verdict) {
        System.out.println("histories: " + promised + ", " + verdict.counts() + ", " + verdict.dependencies()
                + " dependencies, " + verdict.count(Anomaly.WRITE_SKEW)
                + " knots of write skew, which is allowed, found " + verdict.anomalies());
        assertThat(verdict.violations(promised)).isEmpty();
        assertThat(verdict.count(Outcome.COMMITTED))
                .as("a history without commits proves nothing")
                .isGreaterThan(TRANSACTIONS / 2);
        assertThat(verdict.dependencies()).isGreaterThan(TRANSACTIONS);
    }

    /** More than a workload can come to use: every operation may append. */
    private static int listsOf(AppendWorkload workload) {
        return workload.transactions() * 4 / workload.listLength() + 2 * workload.hotLists();
    }

    private long createNodes(int count) {
        List<Long> created = new ArrayList<>();
        node.write(transaction ->
                LongStream.range(0, count).forEach(i -> created.add(transaction.createNode(new int[0]))));
        return created.getFirst();
    }

    private StoreTransaction begin() {
        return node.database().begin(AccessMode.WRITE);
    }

    /** What both kinds of lists have in common. */
    private abstract static class GraphSession implements ListStore.Session {
        final StoreTransaction transaction;
        private final BusyNode node;
        private final Sight sight;

        GraphSession(StoreTransaction transaction, BusyNode node, Sight sight) {
            this.transaction = transaction;
            this.node = node;
            this.sight = sight;
        }

        /** A statement. */
        final <T> T attempt(Supplier<T> work) throws ListStore.Refused {
            try {
                if (sight == Sight.OF_NOW) {
                    transaction.refresh();
                }
                return work.get();
            } catch (SkeinException refused) {
                if (refused.code() == ErrorCode.WRITE_CONFLICT) {
                    throw new ListStore.Refused(refused);
                }
                throw refused;
            }
        }

        @Override
        public final Outcome commit() {
            try {
                node.commit(transaction);
                return Outcome.COMMITTED;
            } catch (SkeinException refused) {
                if (refused.code() == ErrorCode.WRITE_CONFLICT) {
                    return Outcome.FAILED;
                }
                throw refused;
            }
        }

        @Override
        public final void close() {
            transaction.close();
        }

        static int number(Value value) {
            return value instanceof Value.IntegerValue integer ? (int) integer.value() : -1;
        }
    }

    /** A list is a property of a node. */
    private static final class PropertySession extends GraphSession {
        private final long first;

        PropertySession(StoreTransaction transaction, BusyNode node, Sight sight, long first) {
            super(transaction, node, sight);
            this.first = first;
        }

        /** Anew for each statement: the token of a new name changes once somebody else has committed the name. */
        private int name() {
            return transaction.tokenFor(NameKind.PROPERTY_KEY, "list");
        }

        private List<Value> list(long key) {
            return transaction.nodeProperty(first + key, name()) instanceof Value.ListValue list
                    ? list.values()
                    : List.of();
        }

        @Override
        public int[] read(long key) throws ListStore.Refused {
            return attempt(
                    () -> list(key).stream().mapToInt(GraphSession::number).toArray());
        }

        @Override
        public List<Append> append(long key, int value) throws ListStore.Refused {
            return attempt(() -> {
                List<Value> longer = new ArrayList<>(list(key));
                longer.add(Value.of(value));
                transaction.setNodeProperty(first + key, name(), Value.of(longer));
                return List.of(new Append(key, value));
            });
        }
    }

    /**
     * An even list is what leaves a node, the odd one after it what reaches it; a relationship appends to two lists.
     */
    private static final class AdjacencySession extends GraphSession {
        private static final int[] ALL = new int[0];

        private static final int SELF_LOOP_EVERY = 8;

        private final long first;

        AdjacencySession(StoreTransaction transaction, BusyNode node, Sight sight, long first) {
            super(transaction, node, sight);
            this.first = first;
        }

        private int name() {
            return transaction.tokenFor(NameKind.PROPERTY_KEY, "seq");
        }

        @Override
        public int[] read(long key) throws ListStore.Refused {
            return attempt(() -> met(key));
        }

        private int[] met(long key) {
            Direction direction = key % 2 == 0 ? Direction.OUTGOING : Direction.INCOMING;
            RelationshipCursor cursor = transaction.expand(first + key / 2, direction, ALL);
            List<Integer> met = new ArrayList<>();
            while (cursor.next()) {
                met.add(number(transaction.relationshipProperty(cursor.relationship(), name())));
            }
            return met.stream().mapToInt(value -> value).toArray();
        }

        @Override
        public List<Append> append(long key, int value) throws ListStore.Refused {
            long asked = key / 2;
            long other = value % SELF_LOOP_EVERY == 0 ? asked : asked ^ 1;
            long start = key % 2 == 0 ? asked : other;
            long end = key % 2 == 0 ? other : asked;
            return attempt(() -> {
                int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "APPENDED");
                long relationship = transaction.createRelationship(type, first + start, first + end);
                transaction.setRelationshipProperty(relationship, name(), Value.of(value));
                return List.of(new Append(2 * start, value), new Append(2 * end + 1, value));
            });
        }
    }
}
