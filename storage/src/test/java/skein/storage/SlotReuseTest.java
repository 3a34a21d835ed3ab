package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;

/** Slots of deleted nodes and relationships are used again, and never while some snapshot shows what was there. */
final class SlotReuseTest {
    private static final int[] ALL = new int[0];
    private static final int DENSE = 300;

    @TempDir
    private Path directory;

    private SingleNode node;

    @BeforeEach
    void open() {
        node = SingleNode.main(directory.resolve("main"));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static int type(StoreTransaction transaction, String name) {
        return transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, name);
    }

    private long createNode(String label) {
        List<Long> made = new ArrayList<>();
        node.write(transaction ->
                made.add(transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, label)})));
        return made.getFirst();
    }

    private List<Long> relate(String type, long start, long end, int count) {
        List<Long> made = new ArrayList<>();
        node.write(transaction -> {
            for (int i = 0; i < count; i++) {
                long relationship = transaction.createRelationship(type(transaction, type), start, end);
                int key = transaction.tokenFor(NameKind.PROPERTY_KEY, "p");
                transaction.setRelationshipProperty(relationship, key, Value.of(type + i));
                made.add(relationship);
            }
        });
        return made;
    }

    private void unrelate(List<Long> relationships) {
        node.write(transaction -> relationships.forEach(transaction::deleteRelationship));
    }

    @Test
    void creatingAndDeletingForeverNeedsNoMoreSlots() {
        long highestNode = 0;
        long highestRelationship = 0;
        for (int round = 0; round < 200; round++) {
            long a = createNode("A");
            long b = createNode("B");
            List<Long> between = relate("R", a, b, 10);
            highestNode = Math.max(highestNode, Math.max(a, b));
            highestRelationship = Math.max(
                    highestRelationship,
                    between.stream().mapToLong(Long::longValue).max().orElse(0));
            unrelate(between);
            node.write(transaction -> {
                transaction.deleteNode(a);
                transaction.deleteNode(b);
            });
        }
        assertThat(highestNode).as("highest node of 400").isLessThan(10);
        assertThat(highestRelationship).as("highest relationship of 2000").isLessThan(30);
    }

    @Test
    void aSlotIsNotUsedWhileASnapshotShowsWhatWasThere() {
        long first = createNode("A");
        try (StoreTransaction reader = node.begin()) {
            node.write(transaction -> transaction.deleteNode(first));
            for (int i = 0; i < 20; i++) {
                assertThat(createNode("B")).isNotEqualTo(first);
            }
            assertThat(reader.hasLabel(first, reader.tokenOf(NameKind.LABEL, "A")))
                    .isTrue();
        }
        createNode("B");
        assertThat(createNode("B")).as("after the reader has ended").isEqualTo(first);
    }

    @Test
    void aMainThatStartsAgainUsesFreeSlots() {
        long first = createNode("A");
        long last = createNode("A");
        node.write(transaction -> transaction.deleteNode(first));
        node.close();
        node = SingleNode.main(directory.resolve("main"));
        assertThat(createNode("B")).isEqualTo(first);
        assertThat(createNode("B")).isEqualTo(last + 1);
    }

    @Test
    void slotsOfARolledBackTransactionAreNotGivenOutTwice() {
        long first = createNode("A");
        node.write(transaction -> transaction.deleteNode(first));
        createNode("A");
        List<Long> given = new ArrayList<>();
        try (StoreTransaction abandoned = node.begin()) {
            given.add(abandoned.createNode(ALL));
        }
        try (StoreTransaction one = node.begin();
                StoreTransaction other = node.begin()) {
            assertThat(one.createNode(ALL)).isEqualTo(given.getFirst());
            assertThat(other.createNode(ALL)).isNotEqualTo(given.getFirst());
        }
    }

    @Test
    void anOldReaderOfAReplicaGoesOnSeeingWhatItsMainHasReplaced() {
        long a = createNode("A");
        long b = createNode("A");
        List<Long> few = relate("FEW", a, b, 3);
        List<Long> many = relate("MANY", b, a, DENSE);
        try (SingleNode replica = SingleNode.replica(directory.resolve("replica"))) {
            catchUp(replica);
            try (StoreTransaction old = replica.database().begin(AccessMode.READ)) {
                unrelate(few);
                unrelate(many);
                createNode("B");
                assertThat(relate("OTHER", a, a, 5)).as("slots in use again").allMatch(slot -> slot < 3 + DENSE);
                relate("NEW", a, b, DENSE);
                catchUp(replica);
                assertShows(old, "FEW", a, b, 3);
                assertShows(old, "MANY", b, a, DENSE);
                assertShows(old, "NEW", a, b, 0);
                assertThat(old.startOf(few.getFirst())).isEqualTo(a);
                assertThat(old.endOf(few.getFirst())).isEqualTo(b);
                try (StoreTransaction young = replica.database().begin(AccessMode.READ)) {
                    assertShows(young, "FEW", a, b, 0);
                    assertShows(young, "MANY", b, a, 0);
                    assertShows(young, "OTHER", a, a, 5);
                    assertShows(young, "NEW", a, b, DENSE);
                }
            }
            createNode("B");
            catchUp(replica);
            assertThat(replica.database().stateHash()).isEqualTo(node.database().stateHash());
        }
    }

    private void catchUp(SingleNode replica) {
        for (ByteBuffer chunk : node.log(replica.database().appliedLsn(), 1 << 20)) {
            replica.decide(replica.database().appendReplicated(chunk).lsn());
        }
    }

    private static void assertShows(StoreTransaction reader, String type, long start, long end, int count) {
        int token = reader.tokenOf(NameKind.RELATIONSHIP_TYPE, type);
        int[] types = {token};
        assertThat(reader.degree(start, Direction.OUTGOING, types)).isEqualTo(count);
        assertThat(reader.degree(end, Direction.INCOMING, types)).isEqualTo(count);
        assertThat(ModelCheck.ids(reader.relationshipsWithType(token))).hasSize(count);
        RelationshipCursor cursor = reader.expand(start, Direction.OUTGOING, types);
        for (int i = 0; i < count; i++) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.type()).isEqualTo(token);
            assertThat(cursor.end()).isEqualTo(end);
            assertThat(reader.relationshipProperty(cursor.relationship(), reader.tokenOf(NameKind.PROPERTY_KEY, "p")))
                    .isEqualTo(Value.of(type + i));
        }
        assertThat(cursor.next()).isFalse();
    }
}
