package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.Direction;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** A transaction whose statements each look anew: a fresh state beside its own changes. */
final class ReadCommittedTest {
    private static final int[] ALL = new int[0];

    @TempDir
    private Path directory;

    private SingleNode node;
    private long a;
    private long b;

    @BeforeEach
    void open() {
        node = SingleNode.main(directory);
        node.write(transaction -> {
            a = transaction.createNode(new int[] {label(transaction)});
            b = transaction.createNode(new int[] {label(transaction)});
        });
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static int label(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.LABEL, "L");
    }

    private static int type(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
    }

    private static void set(StoreTransaction transaction, long node, long value) {
        transaction.setNodeProperty(node, transaction.tokenFor(NameKind.PROPERTY_KEY, "p"), Value.of(value));
    }

    private static Value get(StoreTransaction transaction, long node) {
        return transaction.nodeProperty(node, transaction.tokenFor(NameKind.PROPERTY_KEY, "p"));
    }

    @Test
    void eachStatementSeesWhatOthersHaveCommittedAndNotBefore() {
        try (StoreTransaction reader = node.database().begin(AccessMode.READ)) {
            node.write(transaction -> set(transaction, a, 1));
            assertThat(get(reader, a)).isEqualTo(Value.NULL);
            reader.refresh();
            assertThat(get(reader, a)).isEqualTo(Value.of(1L));
        }
    }

    @Test
    void ownChangesStandBesideTheNewState() {
        try (StoreTransaction mine = node.begin()) {
            set(mine, a, 10);
            long created = mine.createNode(new int[] {label(mine)});
            mine.createRelationship(type(mine), a, created);
            node.write(transaction -> {
                set(transaction, b, 20);
                transaction.createNode(new int[] {label(transaction)});
                transaction.createRelationship(type(transaction), a, b);
            });
            mine.refresh();
            assertThat(get(mine, a)).isEqualTo(Value.of(10L));
            assertThat(get(mine, b)).isEqualTo(Value.of(20L));
            assertThat(mine.nodeCount(label(mine))).isEqualTo(4);
            assertThat(ModelCheck.ids(mine.nodesWithLabel(label(mine)))).hasSize(4);
            assertThat(mine.degree(a, Direction.OUTGOING, ALL)).isEqualTo(2);
            node.commit(mine);
        }
        assertThat(node.<Long>read(transaction -> transaction.degree(a, Direction.OUTGOING, ALL)))
                .isEqualTo(2);
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(10L));
    }

    @Test
    void aNameThatTwoTransactionsBringIsOneName() {
        try (StoreTransaction mine = node.begin()) {
            int label = mine.tokenFor(NameKind.LABEL, "New");
            long first = mine.createNode(new int[] {label});
            long other = mine.createNode(ALL);
            long between = mine.createRelationship(mine.tokenFor(NameKind.RELATIONSHIP_TYPE, "NEW"), first, other);
            set(mine, first, 1);
            assertThat(ModelCheck.ids(mine.nodesWithLabel(label))).containsExactly(first);
            node.write(transaction -> {
                long theirs = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "New")});
                transaction.createRelationship(transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "NEW"), theirs, theirs);
                set(transaction, theirs, 1);
            });
            mine.refresh();
            int settled = mine.tokenOf(NameKind.LABEL, "New");
            assertThat(ModelCheck.ids(mine.nodesWithLabel(settled))).hasSize(2).contains(first);
            assertThat(mine.nodeCount(settled)).isEqualTo(2);
            assertThat(mine.typeOf(between)).isEqualTo(mine.tokenOf(NameKind.RELATIONSHIP_TYPE, "NEW"));
            assertThat(get(mine, first)).isEqualTo(Value.of(1L));
            for (NameKind kind : NameKind.values()) {
                assertThat(mine.namesInUse(kind)).doesNotHaveDuplicates();
            }
            node.commit(mine);
        }
        assertThat(node.<Long>read(transaction -> transaction.nodeCount(transaction.tokenOf(NameKind.LABEL, "New"))))
                .isEqualTo(2);
    }

    @Test
    void aNodeThatOnlyGotARelationshipHereShowsItsNewContent() {
        try (StoreTransaction mine = node.begin()) {
            mine.createRelationship(type(mine), a, b);
            node.write(transaction -> set(transaction, a, 5));
            mine.refresh();
            assertThat(get(mine, a)).isEqualTo(Value.of(5L));
            set(mine, a, 6);
            node.commit(mine);
        }
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(6L));
    }

    @Test
    void anUpdateWithinOneStatementIsNotLost() {
        try (StoreTransaction mine = node.begin()) {
            mine.refresh();
            set(mine, a, 1);
            node.write(transaction -> set(transaction, a, 2));
            assertThatThrownBy(() -> node.database().sequence(mine))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT));
        }
        assertThat(node.<Value>read(transaction -> get(transaction, a))).isEqualTo(Value.of(2L));
    }

    @Test
    void aNewLookDoesNotCarryATransactionIntoALaterReign() {
        try (StoreTransaction mine = node.begin()) {
            mine.createNode(ALL);
            node.decide(node.database().openReign(new Epoch(9, new UUID(1, 9))).lsn());
            mine.refresh();
            assertThatThrownBy(() -> node.database().sequence(mine))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.DATABASE_UNAVAILABLE));
        }
    }

    @Test
    void aNewLookLetsGarbageGo() {
        try (StoreTransaction mine = node.database().begin(AccessMode.READ)) {
            node.write(transaction -> transaction.deleteNode(b));
            node.write(transaction -> set(transaction, a, 1));
            try (StoreTransaction writer = node.begin()) {
                assertThat(writer.createNode(ALL)).isNotEqualTo(b);
            }
            mine.refresh();
            node.write(transaction -> set(transaction, a, 2));
        }
        try (StoreTransaction writer = node.begin()) {
            assertThat(writer.createNode(ALL)).isEqualTo(b);
        }
    }
}
