package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;

/** Real threads: writers that overlap, readers that never wait, and the applier between them. */
final class ConcurrencyTest {
    private static final int WRITERS = 6;
    private static final int[] ALL = new int[0];

    @TempDir
    private Path directory;

    private BusyNode node;

    @BeforeEach
    void open() {
        node = new BusyNode(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static int label(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.LABEL, "L");
    }

    private static int key(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.PROPERTY_KEY, "p");
    }

    private static long number(Value value) {
        return value instanceof Value.IntegerValue integer ? integer.value() : Long.MIN_VALUE;
    }

    private void createNodes(int count, long value) {
        node.write(transaction -> {
            for (int i = 0; i < count; i++) {
                long id = transaction.createNode(new int[] {label(transaction)});
                transaction.setNodeProperty(id, key(transaction), Value.of(value));
            }
        });
    }

    private StoreTransaction reader() {
        return node.database().begin(AccessMode.READ);
    }

    @Test
    void aSupernodeTakesRelationshipsFromManySessionsWithoutAborts() {
        int writers = 8;
        int each = 1000;
        createNodes(writers + 1, 0);
        List<Callable<Integer>> sessions = new ArrayList<>();
        for (int session = 1; session <= writers; session++) {
            int other = session;
            sessions.add(() -> IntStream.range(0, each)
                    .map(i -> node.write(transaction -> transaction.createRelationship(
                            transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R" + i % 3), other, 0)))
                    .sum());
        }
        assertThat(BusyNode.together(sessions)).as("repeated transactions").containsOnly(0);
        try (StoreTransaction transaction = reader()) {
            assertThat(transaction.degree(0, Direction.INCOMING, ALL)).isEqualTo((long) writers * each);
            assertThat(transaction.relationshipCount()).isEqualTo((long) writers * each);
        }
    }

    @Test
    void noIncrementIsLost() {
        int each = 200;
        createNodes(1, 0);
        BusyNode.together(IntStream.range(0, WRITERS)
                .<Callable<Integer>>mapToObj(session -> () -> IntStream.range(0, each)
                        .map(i -> node.write(transaction -> {
                            long before = number(transaction.nodeProperty(0, key(transaction)));
                            transaction.setNodeProperty(0, key(transaction), Value.of(before + 1));
                        }))
                        .sum())
                .toList());
        try (StoreTransaction transaction = reader()) {
            assertThat(number(transaction.nodeProperty(0, key(transaction)))).isEqualTo((long) WRITERS * each);
        }
    }

    @Test
    void everySnapshotIsOneMoment() {
        int accounts = 40;
        createNodes(accounts, 100);
        node.write(transaction -> transaction.createIndex("L", "p"));
        AtomicInteger writing = new AtomicInteger(WRITERS);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int session = 0; session < WRITERS; session++) {
            SplittableRandom random = new SplittableRandom(session);
            work.add(() -> {
                try {
                    return IntStream.range(0, 250)
                            .map(i -> transfer(random, accounts))
                            .sum();
                } finally {
                    writing.decrementAndGet();
                }
            });
        }
        for (int session = 0; session < 2; session++) {
            work.add(() -> {
                int looks = 0;
                while (writing.get() > 0) {
                    look(accounts);
                    looks++;
                }
                return looks;
            });
        }
        List<Integer> results = BusyNode.together(work);
        assertThat(results.getLast()).as("snapshots looked at").isPositive();
        look(accounts);
    }

    /** Moves money, notes the transfer as a relationship, and replaces the account node now and then. */
    private int transfer(SplittableRandom random, int accounts) {
        int amount = random.nextInt(10);
        return node.write(transaction -> {
            List<Long> ids = ModelCheck.ids(transaction.nodesWithLabel(label(transaction)));
            assertThat(ids).hasSize(accounts);
            long from = ids.get(random.nextInt(accounts));
            long to = ids.get(random.nextInt(accounts));
            add(transaction, from, -amount);
            add(transaction, to, amount);
            transaction.createRelationship(transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "PAID"), from, to);
            if (random.nextInt(4) == 0) {
                replace(transaction, to);
            }
        });
    }

    private static void add(StoreTransaction transaction, long account, long amount) {
        long before = number(transaction.nodeProperty(account, key(transaction)));
        transaction.setNodeProperty(account, key(transaction), Value.of(before + amount));
    }

    private static void replace(StoreTransaction transaction, long account) {
        Value balance = transaction.nodeProperty(account, key(transaction));
        RelationshipCursor cursor = transaction.expand(account, Direction.BOTH, ALL);
        while (cursor.next()) {
            transaction.deleteRelationship(cursor.relationship());
        }
        transaction.deleteNode(account);
        long fresh = transaction.createNode(new int[] {label(transaction)});
        transaction.setNodeProperty(fresh, key(transaction), balance);
    }

    private void look(int accounts) {
        try (StoreTransaction transaction = reader()) {
            long sum = 0;
            long met = 0;
            long outgoing = 0;
            long incoming = 0;
            EntityCursor cursor = transaction.nodesWithLabel(label(transaction));
            while (cursor.next()) {
                Value balance = transaction.nodeProperty(cursor.id(), key(transaction));
                sum += number(balance);
                met++;
                outgoing += transaction.degree(cursor.id(), Direction.OUTGOING, ALL);
                incoming += transaction.degree(cursor.id(), Direction.INCOMING, ALL);
                assertThat(ModelCheck.ids(transaction.nodesWithProperty(label(transaction), key(transaction), balance)))
                        .contains(cursor.id());
            }
            assertThat(met).isEqualTo(accounts);
            assertThat(sum).isEqualTo(100L * accounts);
            assertThat(outgoing).isEqualTo(transaction.relationshipCount()).isEqualTo(incoming);
            assertThat(ModelCheck.ids(transaction.relationships())).hasSize((int) outgoing);
        }
    }
}
