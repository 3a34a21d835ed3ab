package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.storage.api.Direction;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What concurrent transactions may see of each other, and which of two has to give way. */
final class IsolationTest {
    private static final int[] ALL = new int[0];

    @TempDir
    private Path directory;

    private SingleNode node;
    private long a;
    private long b;
    private long relationship;

    @BeforeEach
    void twoNodesAndARelationship() {
        node = SingleNode.main(directory);
        node.write(transaction -> {
            a = transaction.createNode(new int[] {label(transaction, "L")});
            b = transaction.createNode(ALL);
            relationship = transaction.createRelationship(type(transaction), a, b);
            set(transaction, a, 0);
            set(transaction, b, 0);
        });
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static int label(StoreTransaction transaction, String name) {
        return transaction.tokenFor(NameKind.LABEL, name);
    }

    private static int type(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
    }

    private static int key(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.PROPERTY_KEY, "p");
    }

    private static void set(StoreTransaction transaction, long node, long value) {
        transaction.setNodeProperty(node, key(transaction), Value.of(value));
    }

    private static Value get(StoreTransaction transaction, long node) {
        return transaction.nodeProperty(node, key(transaction));
    }

    private static void assertConflict(ThrowingCallable action) {
        assertThatThrownBy(action).isInstanceOfSatisfying(SkeinException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
            assertThat(refused.code().isTransient()).isTrue();
        });
    }

    @Test
    void uncommittedChangesAreSeenByNobodyElse() {
        try (StoreTransaction writer = node.begin();
                StoreTransaction reader = node.begin()) {
            set(writer, a, 1);
            long created = writer.createNode(ALL);
            assertThat(get(reader, a)).isEqualTo(Value.of(0L));
            assertThat(reader.nodeExists(created)).isFalse();
            assertThat(get(writer, a)).isEqualTo(Value.of(1L));
        }
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(0L));
    }

    @Test
    void sequencedIsNotVisibleBeforeItIsDecided() {
        long lsn;
        try (StoreTransaction writer = node.begin()) {
            set(writer, a, 1);
            lsn = node.database().sequence(writer);
        }
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(0L));
        node.decide(lsn);
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(1L));
    }

    @Test
    void aLongReaderSeesOneStateThroughout() {
        try (StoreTransaction reader = node.begin()) {
            for (long round = 1; round <= 50; round++) {
                long value = round;
                node.write(transaction -> {
                    set(transaction, a, value);
                    transaction.createRelationship(type(transaction), a, b);
                    long extra = transaction.createNode(new int[] {label(transaction, "L")});
                    set(transaction, extra, value);
                });
            }
            node.write(transaction -> {
                transaction.removeLabel(a, label(transaction, "L"));
                transaction.deleteRelationship(relationship);
            });
            assertThat(get(reader, a)).isEqualTo(Value.of(0L));
            assertThat(reader.degree(a, Direction.OUTGOING, ALL)).isEqualTo(1);
            assertThat(reader.relationshipExists(relationship)).isTrue();
            assertThat(ModelCheck.ids(reader.nodesWithLabel(label(reader, "L"))))
                    .containsExactly(a);
            assertThat(ModelCheck.ids(reader.nodes())).containsExactlyInAnyOrder(a, b);
            assertThat(reader.nodeCount()).isEqualTo(2);
            assertThat(reader.relationshipCount()).isEqualTo(1);
        }
        assertThat(node.<Long>read(transaction -> transaction.degree(a, Direction.OUTGOING, ALL)))
                .isEqualTo(50);
    }

    @Test
    void anUpdateIsNeverLost() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin()) {
            set(first, a, 1);
            set(second, a, 2);
            node.commit(first);
            assertConflict(() -> node.database().sequence(second));
        }
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(1L));
    }

    @Test
    void aConflictIsFoundAtTheFirstWriteWhenTheOtherHasCommitted() {
        try (StoreTransaction late = node.begin()) {
            node.write(transaction -> set(transaction, a, 1));
            assertConflict(() -> set(late, a, 2));
        }
    }

    @Test
    void aRecordThatIsNotDecidedYetCountsAsCommitted() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin()) {
            set(second, a, 2);
            set(first, a, 1);
            node.database().sequence(first);
            assertConflict(() -> node.database().sequence(second));
            try (StoreTransaction third = node.begin()) {
                assertConflict(() -> set(third, a, 3));
            }
        }
        node.decide(node.database().logEnd().lsn());
        node.write(transaction -> set(transaction, a, 3));
    }

    @Test
    void aValueThatCameBackIsAConflictAllTheSame() {
        try (StoreTransaction late = node.begin()) {
            node.write(transaction -> transaction.addLabel(b, label(transaction, "X")));
            node.write(transaction -> transaction.removeLabel(b, label(transaction, "X")));
            assertConflict(() -> set(late, b, 2));
        }
    }

    @Test
    void writeSkewIsAllowed() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin()) {
            assertThat(get(first, a)).isEqualTo(get(second, b));
            set(first, b, 1);
            set(second, a, 1);
            node.commit(first);
            node.commit(second);
        }
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(1L));
        assertThat(node.<Value>read(transaction -> get(transaction, b))).isEqualTo(Value.of(1L));
    }

    @Test
    void addingRelationshipsToOneNodeConflictsWithNeitherAdditionsNorContent() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin();
                StoreTransaction third = node.begin()) {
            first.createRelationship(type(first), a, b);
            second.createRelationship(type(second), a, b);
            set(third, a, 5);
            node.commit(first);
            node.commit(second);
            node.commit(third);
        }
        assertThat(node.<Long>read(transaction -> transaction.degree(a, Direction.OUTGOING, ALL)))
                .isEqualTo(3);
    }

    @Test
    void addingARelationshipConflictsWithDeletionOfItsEnd() {
        try (StoreTransaction adder = node.begin();
                StoreTransaction deleter = node.begin()) {
            adder.createRelationship(type(adder), a, b);
            deleter.deleteRelationship(relationship);
            deleter.deleteNode(b);
            node.commit(deleter);
            assertConflict(() -> node.database().sequence(adder));
        }
    }

    @Test
    void deletingANodeConflictsWithAnAddedRelationship() {
        try (StoreTransaction adder = node.begin();
                StoreTransaction deleter = node.begin()) {
            deleter.deleteRelationship(relationship);
            deleter.deleteNode(b);
            adder.createRelationship(type(adder), a, b);
            node.database().sequence(adder);
            assertConflict(() -> node.database().sequence(deleter));
        }
        node.decide(node.database().logEnd().lsn());
        assertThat(node.<Long>read(transaction -> transaction.degree(b, Direction.BOTH, ALL)))
                .isEqualTo(2);
    }

    @Test
    void twoDeletionsOfARelationshipConflict() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin()) {
            first.deleteRelationship(relationship);
            second.deleteRelationship(relationship);
            node.commit(first);
            assertConflict(() -> node.database().sequence(second));
        }
    }

    @Test
    void aRelationshipPropertyIsOneThing() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin()) {
            first.setRelationshipProperty(relationship, key(first), Value.of(1L));
            second.setRelationshipProperty(relationship, key(second), Value.of(2L));
            node.commit(first);
            assertConflict(() -> node.database().sequence(second));
        }
    }

    @Test
    void aNodeWithRelationshipsIsNotDeleted() {
        try (StoreTransaction transaction = node.begin()) {
            transaction.deleteNode(a);
            assertThat(transaction.degree(a, Direction.BOTH, ALL)).isEqualTo(1);
            assertThatThrownBy(() -> node.database().sequence(transaction))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONSTRAINT_VERIFICATION_FAILED))
                    .hasMessageContaining("1 relationships");
        }
        assertThat(node.<Boolean>read(transaction -> transaction.nodeExists(a))).isTrue();
    }

    @Test
    void whatWasCreatedAndDeletedAgainLeavesNoRecord() {
        long before = node.database().logEnd().lsn();
        try (StoreTransaction transaction = node.begin()) {
            long created = transaction.createNode(new int[] {label(transaction, "New")});
            long between = transaction.createRelationship(type(transaction), created, created);
            assertThat(transaction.deleteRelationship(between)).isTrue();
            assertThat(transaction.deleteRelationship(between)).isFalse();
            assertThat(transaction.deleteNode(created)).isTrue();
            assertThat(transaction.deleteNode(created)).isFalse();
            assertThat(transaction.nodeDeletedHere(created)).isTrue();
            assertThat(transaction.nodeCount()).isEqualTo(2);
            assertThat(node.database().sequence(transaction)).isZero();
        }
        assertThat(node.database().logEnd().lsn()).isEqualTo(before);
    }

    @Test
    void readingWhatThisTransactionDeletedIsRefused() {
        try (StoreTransaction transaction = node.begin()) {
            transaction.deleteRelationship(relationship);
            transaction.deleteNode(a);
            assertThatThrownBy(() -> get(transaction, a))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.ENTITY_NOT_FOUND));
            assertThatThrownBy(() -> transaction.createRelationship(type(transaction), a, b))
                    .isInstanceOf(SkeinException.class);
            assertThat(transaction.startOf(relationship)).isEqualTo(a);
            assertThat(transaction.relationshipDeletedHere(relationship)).isTrue();
        }
    }
}
