package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.Epoch;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.LogPosition;
import skein.vocabulary.SkeinException;

final class DatabaseTest {
    private static final int[] NONE = new int[0];

    @TempDir
    private Path directory;

    private static void assertCode(ErrorCode code, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static long person(StoreTransaction transaction, String name) {
        long id = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "Person")});
        transaction.setNodeProperty(id, transaction.tokenFor(NameKind.PROPERTY_KEY, "name"), Value.of(name));
        return id;
    }

    private static List<Long> people(StoreTransaction transaction) {
        return ModelCheck.ids(transaction.nodesWithLabel(transaction.tokenOf(NameKind.LABEL, "Person")));
    }

    @Test
    void whatWasCommittedIsThereAfterReopening() {
        long hash;
        try (SingleNode main = SingleNode.main(directory)) {
            main.write(transaction -> person(transaction, "Ada"));
            main.write(transaction -> person(transaction, "Grace"));
            hash = main.database().stateHash();
        }
        try (SingleNode again = SingleNode.replica(directory)) {
            assertThat(again.database().stateHash()).isEqualTo(hash);
            assertThat(again.<List<Long>>read(DatabaseTest::people)).containsExactly(0L, 1L);
        }
        try (SingleNode main = SingleNode.main(directory)) {
            main.write(transaction -> assertThat(person(transaction, "Barbara")).isEqualTo(2));
            assertThat(main.database().lineage())
                    .extracting(position -> position.epoch().number())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void anUndecidedTailWaitsInTheLogUntilItsOwnerDecides() {
        long decided;
        try (SingleNode main = SingleNode.main(directory)) {
            decided = main.write(transaction -> person(transaction, "Ada"));
            try (StoreTransaction undecided = main.begin()) {
                person(undecided, "Grace");
                main.database().sequence(undecided);
            }
        }
        try (SingleNode again = SingleNode.replica(directory)) {
            assertThat(again.database().appliedLsn()).isEqualTo(decided);
            assertThat(again.database().logEnd().lsn()).isEqualTo(decided + 1);
            assertThat(again.<List<Long>>read(DatabaseTest::people)).hasSize(1);
            again.decide(again.database().logEnd().lsn());
            assertThat(again.<List<Long>>read(DatabaseTest::people)).hasSize(2);
        }
    }

    @Test
    void newIdsAndNamesAreAboveAnInheritedTail() {
        try (SingleNode main = SingleNode.main(directory);
                StoreTransaction undecided = main.begin()) {
            assertThat(person(undecided, "Grace")).isZero();
            main.database().sequence(undecided);
        }
        try (SingleNode main = SingleNode.main(directory)) {
            main.write(transaction -> assertThat(
                            transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "Other")}))
                    .isEqualTo(1));
            assertThat(main.<List<Long>>read(DatabaseTest::people)).containsExactly(0L);
        }
    }

    @Test
    void anUndecidedTailCanBeDropped() {
        long hash;
        try (SingleNode main = SingleNode.main(directory)) {
            long kept = main.write(transaction -> person(transaction, "Ada"));
            hash = main.database().stateHash();
            try (StoreTransaction dropped = main.begin()) {
                dropped.createNode(new int[] {dropped.tokenFor(NameKind.LABEL, "Dropped")});
                main.database().sequence(dropped);
            }
            main.database().truncateAfter(kept);
            assertThat(main.database().logEnd().lsn()).isEqualTo(kept);
            assertThat(main.database().stateHash()).isEqualTo(hash);
            main.decide(main.database().openReign(new Epoch(2, new UUID(0, 2))).lsn());
            main.write(transaction -> {
                long id = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "Instead")});
                assertThat(id).as("the dropped record's slot is free again").isEqualTo(1);
            });
            assertThat(main.<List<String>>read(transaction -> transaction.namesInUse(NameKind.LABEL)))
                    .containsExactly("Person", "Instead");
        }
    }

    @Test
    void nothingIsSequencedWithoutAReign() {
        try (SingleNode node = SingleNode.replica(directory);
                StoreTransaction transaction = node.begin()) {
            person(transaction, "Ada");
            assertCode(ErrorCode.DATABASE_UNAVAILABLE, () -> node.database().sequence(transaction));
            assertThat(node.database().logEnd()).isEqualTo(LogPosition.START);
        }
    }

    @Test
    void aTransactionFromBeforeTheReignIsNotSequenced() {
        try (SingleNode node = SingleNode.replica(directory)) {
            try (StoreTransaction early = node.begin()) {
                person(early, "Ada");
                LogPosition reign = node.database().openReign(new Epoch(1, new UUID(0, 1)));
                assertCode(ErrorCode.DATABASE_UNAVAILABLE, () -> node.database().sequence(early));
                node.decide(reign.lsn());
                assertCode(ErrorCode.DATABASE_UNAVAILABLE, () -> node.database().sequence(early));
                node.write(transaction -> assertThat(person(transaction, "Ada")).isZero());
            }
            node.write(transaction -> assertThat(person(transaction, "Grace"))
                    .as("what the early one held is void, not free")
                    .isEqualTo(1));
        }
    }

    @Test
    void aReplicaFollowsTheBytesOfItsMain() {
        try (SingleNode main = SingleNode.main(directory.resolve("main"));
                SingleNode replica = SingleNode.replica(directory.resolve("replica"))) {
            main.write(transaction -> person(transaction, "Ada"));
            main.write(transaction -> transaction.createIndex("Person", "name"));
            main.write(transaction -> person(transaction, "Grace"));
            for (ByteBuffer records : main.log(0, 100)) {
                replica.database().appendReplicated(records);
            }
            assertThat(replica.database().appliedLsn()).isZero();
            replica.decide(2);
            assertThat(replica.database().appliedLsn()).isEqualTo(2);
            assertThat(replica.<List<Long>>read(DatabaseTest::people)).containsExactly(0L);
            replica.decide(main.database().appliedLsn());
            assertThat(replica.database().stateHash()).isEqualTo(main.database().stateHash());
            assertThat(replica.<List<Long>>read(transaction -> ModelCheck.ids(transaction.nodesWithProperty(
                            transaction.tokenOf(NameKind.LABEL, "Person"),
                            transaction.tokenOf(NameKind.PROPERTY_KEY, "name"),
                            Value.of("Grace")))))
                    .containsExactly(1L);
            assertThat(replica.database().logEnd()).isEqualTo(main.database().logEnd());
        }
    }

    @Test
    void aPromotedReplicaWritesOn() {
        try (SingleNode main = SingleNode.main(directory.resolve("main"));
                SingleNode replica = SingleNode.replica(directory.resolve("replica"))) {
            main.write(transaction -> person(transaction, "Ada"));
            main.log(0, 1 << 20).forEach(replica.database()::appendReplicated);
            LogPosition reign = replica.database().openReign(new Epoch(2, new UUID(0, 2)));
            replica.decide(reign.lsn());
            replica.write(
                    transaction -> assertThat(person(transaction, "Grace")).isEqualTo(1));
            assertThat(replica.<List<Long>>read(DatabaseTest::people)).containsExactly(0L, 1L);
        }
    }

    @Test
    void systemRecordsReachTheOwnerInOrderAndAgainAtOpening() {
        try (SingleNode main = SingleNode.main(directory)) {
            main.database().sequenceSystem(bytes("one"));
            main.decide(main.database().sequenceSystem(bytes("two")));
            assertThat(main.systemRecords()).containsExactly(bytes("one"), bytes("two"));
        }
        try (SingleNode again = SingleNode.replica(directory)) {
            assertThat(again.systemRecords()).containsExactly(bytes("one"), bytes("two"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aTransactionForReadingRefusesWrites() {
        try (SingleNode main = SingleNode.main(directory);
                StoreTransaction reader = main.database().begin(AccessMode.READ)) {
            assertCode(ErrorCode.ACCESS_MODE, () -> reader.createNode(NONE));
            assertCode(ErrorCode.ACCESS_MODE, () -> reader.createIndex("L"));
            assertThat(reader.hasChanges()).isFalse();
        }
    }

    @Test
    void aTransactionMayNotOutgrowItsMemory() {
        DatabaseOptions options = DatabaseOptions.standard(SingleNode.ID).withTransactionBytesMax(1 << 20);
        try (SingleNode main = SingleNode.main(directory, options);
                StoreTransaction transaction = main.begin()) {
            assertCode(ErrorCode.MEMORY_LIMIT, () -> {
                for (int i = 0; i < 100_000; i++) {
                    person(transaction, "somebody");
                }
            });
        }
    }

    @Test
    void idsOfARolledBackTransactionAreGivenOutAgain() {
        try (SingleNode main = SingleNode.main(directory)) {
            try (StoreTransaction rolledBack = main.begin()) {
                person(rolledBack, "Ada");
                person(rolledBack, "Grace");
            }
            main.write(transaction -> {
                assertThat(person(transaction, "Ada")).isZero();
                assertThat(person(transaction, "Grace")).isEqualTo(1);
            });
        }
    }

    @Test
    void idsOfWhatWasDeletedBeforeTheCommitAreGivenOutAgain() {
        try (SingleNode main = SingleNode.main(directory)) {
            main.write(transaction -> {
                assertThat(person(transaction, "kept")).isZero();
                assertThat(person(transaction, "deleted")).isEqualTo(1);
                transaction.deleteNode(1);
            });
            main.write(transaction -> assertThat(person(transaction, "next")).isEqualTo(1));
            main.write(transaction -> transaction.deleteNode(1));
            main.write(transaction -> assertThat(person(transaction, "after a committed deletion"))
                    .isEqualTo(2));
            assertThat(main.<List<Long>>read(DatabaseTest::people)).containsExactly(0L, 2L);
        }
    }

    @Test
    void storableIsWhatTheRulesSay() {
        Value map = new Value.MapValue(Map.of("k", Value.of(1L), "m", Value.MapValue.EMPTY));
        Value listOfMaps = Value.of(List.of(map));
        try (SingleNode main = SingleNode.main(directory)) {
            main.write(transaction -> {
                long id = transaction.createNode(NONE);
                int key = transaction.tokenFor(NameKind.PROPERTY_KEY, "p");
                Value mixed = Value.of(List.of(Value.of(1L), Value.of("a"), Value.of(List.of(Value.of(2L)))));
                for (Value storable : List.of(map, mixed, Value.ListValue.EMPTY)) {
                    transaction.setNodeProperty(id, key, storable);
                    assertThat(transaction.nodeProperty(id, key)).isEqualTo(storable);
                }
                List<Value> refused = List.of(
                        listOfMaps,
                        Value.of(List.of(Value.NULL)),
                        new Value.MapValue(Map.of("l", listOfMaps)),
                        Value.of(List.of(Value.of(List.of(Value.NULL)))),
                        new Value.NodeReference(id));
                for (Value value : refused) {
                    assertThatThrownBy(() -> transaction.setNodeProperty(id, key, value))
                            .isInstanceOfSatisfying(
                                    SkeinException.class,
                                    e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_ERROR))
                            .hasMessageContaining("[InvalidPropertyType]");
                }
            });
        }
    }

    @Test
    void twoTransactionsThatBringTheSameNameShareItsToken() {
        try (SingleNode main = SingleNode.main(directory);
                StoreTransaction first = main.begin();
                StoreTransaction second = main.begin()) {
            person(first, "Ada");
            person(second, "Grace");
            main.database().sequence(first);
            main.database().sequence(second);
            main.decide(main.database().logEnd().lsn());
            assertThat(main.<List<Long>>read(DatabaseTest::people)).hasSize(2);
            assertThat(main.<List<String>>read(transaction -> transaction.namesInUse(NameKind.LABEL)))
                    .containsExactly("Person");
        }
    }

    @Test
    void aScanDoesNotMeetANodeTwiceThatIsChangedWhileItRuns() {
        try (SingleNode main = SingleNode.main(directory)) {
            main.write(transaction -> {
                for (int i = 0; i < 10; i++) {
                    person(transaction, "p" + i);
                }
            });
            main.write(transaction -> {
                int label = transaction.tokenOf(NameKind.LABEL, "Person");
                int key = transaction.tokenFor(NameKind.PROPERTY_KEY, "name");
                var cursor = transaction.nodesWithLabel(label);
                int met = 0;
                while (cursor.next()) {
                    met++;
                    transaction.setNodeProperty(cursor.id(), key, Value.of("changed"));
                    person(transaction, "new");
                }
                assertThat(met).isEqualTo(10);
            });
        }
    }
}
