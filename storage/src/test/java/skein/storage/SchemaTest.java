package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.storage.api.GraphTransaction;
import skein.storage.api.IndexStatistics;
import skein.storage.api.IndexTarget;
import skein.storage.api.NameKind;
import skein.storage.api.SchemaOperations.IndexDescription;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class SchemaTest {
    @TempDir
    private Path directory;

    private SingleNode node;

    @BeforeEach
    void open() {
        node = SingleNode.main(directory);
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static long create(GraphTransaction transaction, Value value) {
        long id = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "L")});
        transaction.setNodeProperty(id, transaction.tokenFor(NameKind.PROPERTY_KEY, "p"), value);
        return id;
    }

    private static boolean hasIndex(GraphTransaction transaction) {
        return transaction.hasIndex(
                transaction.tokenOf(NameKind.LABEL, "L"), transaction.tokenOf(NameKind.PROPERTY_KEY, "p"));
    }

    private static List<Long> seek(GraphTransaction transaction, Value value) {
        return ModelCheck.ids(transaction.nodesWithProperty(
                transaction.tokenOf(NameKind.LABEL, "L"), transaction.tokenOf(NameKind.PROPERTY_KEY, "p"), value));
    }

    @Test
    void anIndexIsBuiltFromWhatIsThereAndFollowsWhatComes() {
        node.write(transaction -> create(transaction, Value.of("old")));
        node.write(transaction -> assertThat(transaction.createIndex("L", "p")).isTrue());
        node.write(transaction -> create(transaction, Value.of("new")));
        node.read(transaction -> {
            assertThat(hasIndex(transaction)).isTrue();
            assertThat(seek(transaction, Value.of("old"))).containsExactly(0L);
            assertThat(seek(transaction, Value.of("new"))).containsExactly(1L);
            assertThat(seek(transaction, Value.NULL)).isEmpty();
            assertThat(transaction.indexes())
                    .containsExactly(new IndexDescription(
                            IndexTarget.ofNodes("L", List.of("p")),
                            "",
                            2,
                            Optional.of(new IndexStatistics(2, 2)),
                            100));
            return 0;
        });
    }

    @Test
    void integersAndFloatsMeetInAnIndex() {
        node.write(transaction -> transaction.createIndex("L", "p"));
        node.write(transaction -> {
            create(transaction, Value.of(1L));
            create(transaction, Value.of(1.0));
            create(transaction, Value.of("1"));
            create(transaction, Value.of(Double.NaN));
        });
        node.read(transaction -> {
            assertThat(seek(transaction, Value.of(1L))).containsExactlyInAnyOrder(0L, 1L);
            assertThat(seek(transaction, Value.of(1.0))).containsExactlyInAnyOrder(0L, 1L);
            assertThat(seek(transaction, Value.of("1"))).containsExactly(2L);
            assertThat(seek(transaction, Value.of(Double.NaN))).isEmpty();
            return 0;
        });
    }

    @Test
    void aSeekAnswersWhatItsSnapshotShows() {
        node.write(transaction -> transaction.createIndex("L", "p"));
        node.write(transaction -> create(transaction, Value.of("before")));
        try (StoreTransaction old = node.begin()) {
            node.write(transaction ->
                    transaction.setNodeProperty(0, transaction.tokenOf(NameKind.PROPERTY_KEY, "p"), Value.of("after")));
            node.write(transaction -> create(transaction, Value.of("before")));
            assertThat(seek(old, Value.of("before"))).containsExactly(0L);
            assertThat(seek(old, Value.of("after"))).isEmpty();
        }
        node.write(transaction -> create(transaction, Value.of("other")));
        node.read(transaction -> {
            assertThat(seek(transaction, Value.of("before"))).containsExactly(1L);
            assertThat(seek(transaction, Value.of("after"))).containsExactly(0L);
            assertThat(transaction.indexes().getFirst().count())
                    .as("stale entries are gone once nobody needs them")
                    .isEqualTo(3);
            return 0;
        });
    }

    @Test
    void aSeekSeesTheTransactionsOwnChanges() {
        node.write(transaction -> transaction.createIndex("L", "p"));
        node.write(transaction -> create(transaction, Value.of("x")));
        try (StoreTransaction transaction = node.begin()) {
            int key = transaction.tokenOf(NameKind.PROPERTY_KEY, "p");
            long created = create(transaction, Value.of("x"));
            transaction.setNodeProperty(0, key, Value.of("y"));
            assertThat(seek(transaction, Value.of("x"))).containsExactly(created);
            assertThat(seek(transaction, Value.of("y"))).containsExactly(0L);
            transaction.deleteNode(created);
            assertThat(seek(transaction, Value.of("x"))).isEmpty();
        }
    }

    @Test
    void aSnapshotFromBeforeTheIndexDoesNotUseIt() {
        node.write(transaction -> create(transaction, Value.of("x")));
        try (StoreTransaction old = node.begin()) {
            node.write(transaction ->
                    transaction.setNodeProperty(0, transaction.tokenOf(NameKind.PROPERTY_KEY, "p"), Value.of("y")));
            node.write(transaction -> transaction.createIndex("L", "p"));
            assertThat(hasIndex(old)).isFalse();
            assertThat(seek(old, Value.of("x"))).as("by label instead").containsExactly(0L);
        }
    }

    @Test
    void aDroppedIndexServesOldSnapshotsOnly() {
        node.write(transaction -> transaction.createIndex("L", "p"));
        node.write(transaction -> create(transaction, Value.of("x")));
        try (StoreTransaction old = node.begin()) {
            node.write(
                    transaction -> assertThat(transaction.dropIndex("L", "p")).isTrue());
            node.write(transaction -> create(transaction, Value.of("x")));
            assertThat(hasIndex(old)).isTrue();
            assertThat(seek(old, Value.of("x"))).containsExactly(0L);
            node.read(transaction -> {
                assertThat(hasIndex(transaction)).isFalse();
                assertThat(transaction.indexes()).isEmpty();
                return 0;
            });
        }
        node.write(transaction -> assertThat(transaction.createIndex("L", "p")).isTrue());
        assertThat(node.<List<Long>>read(transaction -> seek(transaction, Value.of("x"))))
                .containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    void declaringTwiceAndDroppingNothingAnswerFalse() {
        node.write(transaction -> {
            assertThat(transaction.createIndex("L")).isTrue();
            assertThat(transaction.createIndex("L")).isFalse();
            assertThat(transaction.createIndex("L", "p")).isTrue();
            assertThat(transaction.dropIndex("M")).isFalse();
        });
        node.write(transaction -> {
            assertThat(transaction.createIndex("L")).isFalse();
            assertThat(transaction.indexes())
                    .extracting(IndexDescription::target)
                    .containsExactly(IndexTarget.ofNodes("L", List.of()), IndexTarget.ofNodes("L", List.of("p")));
        });
    }

    @Test
    void schemaAndDataDoNotMix() {
        try (StoreTransaction dataFirst = node.begin();
                StoreTransaction schemaFirst = node.begin()) {
            create(dataFirst, Value.of(1L));
            assertForbidden(() -> dataFirst.createIndex("L"));
            schemaFirst.createIndex("L");
            assertForbidden(() -> schemaFirst.createNode(new int[0]));
        }
    }

    private static void assertForbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION));
    }

    @Test
    void twoSchemaChangesAtATimeConflict() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin()) {
            first.createIndex("L");
            second.createIndex("M");
            node.commit(first);
            assertThatThrownBy(() -> node.database().sequence(second))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT));
        }
    }

    @Test
    void indexesAreThereAfterReopening() {
        node.write(transaction -> transaction.createIndex("L", "p"));
        node.write(transaction -> create(transaction, Value.of("x")));
        long hash = node.database().stateHash();
        node.close();
        node = SingleNode.replica(directory);
        assertThat(node.database().stateHash()).isEqualTo(hash);
        node.read(transaction -> {
            assertThat(hasIndex(transaction)).isTrue();
            assertThat(seek(transaction, Value.of("x"))).containsExactly(0L);
            return 0;
        });
    }
}
