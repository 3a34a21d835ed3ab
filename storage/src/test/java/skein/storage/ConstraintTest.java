package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.storage.api.ConstraintOperations.Constraint;
import skein.storage.api.ConstraintRule;
import skein.storage.api.GraphTransaction;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyType;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** One database, one transaction after another unless a test says otherwise. */
final class ConstraintTest {
    private static final ConstraintRule EMAIL_EXISTS = new ConstraintRule.Exists("Person", "email");
    private static final ConstraintRule EMAIL_UNIQUE = new ConstraintRule.Unique("Person", List.of("email"));
    private static final ConstraintRule NAME_UNIQUE = new ConstraintRule.Unique("Person", List.of("first", "last"));
    private static final ConstraintRule AGE_INTEGER = new ConstraintRule.Typed("Person", "age", PropertyType.INTEGER);

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

    private static long person(GraphTransaction transaction, Object... properties) {
        long id = transaction.createNode(new int[] {transaction.tokenFor(NameKind.LABEL, "Person")});
        set(transaction, id, properties);
        return id;
    }

    private static void set(GraphTransaction transaction, long id, Object... properties) {
        for (int i = 0; i < properties.length; i += 2) {
            int key = transaction.tokenFor(NameKind.PROPERTY_KEY, (String) properties[i]);
            transaction.setNodeProperty(id, key, valueOf(properties[i + 1]));
        }
    }

    private static Value valueOf(Object plain) {
        return switch (plain) {
            case Value value -> value;
            case Integer number -> Value.of((long) number);
            case Double number -> Value.of(number);
            default -> Value.of((String) plain);
        };
    }

    private long made(Object... properties) {
        long[] id = new long[1];
        node.write(transaction -> id[0] = person(transaction, properties));
        return id[0];
    }

    private void declare(ConstraintRule rule) {
        node.write(transaction ->
                assertThat(transaction.createConstraint("", rule)).isTrue());
    }

    private void drop(ConstraintRule rule) {
        node.write(transaction -> assertThat(transaction.dropConstraint(rule)).isTrue());
    }

    private static void assertCode(ErrorCode code, ThrowingCallable action, String... words) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code))
                .satisfies(refused ->
                        List.of(words).forEach(word -> assertThat(refused).hasMessageContaining(word)));
    }

    private void assertRefused(Consumer<StoreTransaction> work, String... words) {
        long end = node.database().logEnd().lsn();
        assertCode(ErrorCode.CONSTRAINT_VALIDATION_FAILED, () -> node.write(work), words);
        assertThat(node.database().logEnd().lsn()).as("a refusal spends no lsn").isEqualTo(end);
    }

    @Test
    void aNodeNeedsThePropertyWhenItIsMadeAndKeepsIt() {
        declare(EMAIL_EXISTS);
        assertRefused(transaction -> person(transaction, "first", "Ada"), "node 0", "Person", "no property email");
        long ada = made("email", "ada@example.org");
        assertRefused(transaction -> set(transaction, ada, "email", Value.NULL));
        node.write(transaction -> transaction.createNode(new int[0]));
        assertRefused(transaction -> transaction.addLabel(1, transaction.tokenOf(NameKind.LABEL, "Person")));
        node.write(transaction -> {
            transaction.addLabel(1, transaction.tokenOf(NameKind.LABEL, "Person"));
            set(transaction, 1, "email", "late@example.org");
        });
    }

    @Test
    void onlyTheFinalStateOfATransactionCounts() {
        declare(EMAIL_EXISTS);
        declare(EMAIL_UNIQUE);
        long ada = made("email", "ada");
        node.write(transaction -> {
            set(transaction, ada, "email", Value.NULL);
            set(transaction, ada, "email", "ada");
            long other = person(transaction, "email", "ada");
            set(transaction, other, "email", "other");
            transaction.deleteNode(person(transaction));
        });
    }

    @Test
    void twoNodesCannotHaveOneValue() {
        declare(EMAIL_UNIQUE);
        long ada = made("email", "ada");
        assertRefused(
                transaction -> person(transaction, "email", "ada"),
                "node 1",
                "Person",
                "email = 'ada'",
                "node " + ada,
                "IS UNIQUE");
        assertRefused(transaction -> {
            person(transaction, "email", "eve");
            person(transaction, "email", "eve");
        });
        made("email", "eve");
        assertRefused(transaction -> set(transaction, 1, "email", "ada"));
        made("first", "nobody has an e-mail");
        made("first", "nor has this one");
    }

    @Test
    void equalMeansEqualAsCypherHasIt() {
        declare(EMAIL_UNIQUE);
        made("email", 1);
        assertRefused(transaction -> person(transaction, "email", 1.0));
        made("email", "1");
        made("email", Double.NaN);
        made("email", Double.NaN);
        made("email", Value.of(List.of(Value.of(1L), Value.of("a"))));
        assertRefused(transaction -> person(transaction, "email", Value.of(List.of(Value.of(1.0), Value.of("a")))));
    }

    @Test
    void severalPropertiesAreUniqueTogether() {
        declare(NAME_UNIQUE);
        made("first", "Ada", "last", "Lovelace");
        made("first", "Ada", "last", "Byron");
        made("first", "Ada");
        made("first", "Ada");
        assertRefused(
                transaction -> person(transaction, "first", "Ada", "last", "Byron"),
                "first = 'Ada', last = 'Byron'",
                "node 1");
        assertRefused(transaction -> set(transaction, 2, "last", "Byron"));
        node.write(transaction -> set(transaction, 2, "last", "King"));
    }

    @Test
    void twoNodesMaySwapTheirValues() {
        declare(EMAIL_UNIQUE);
        long ada = made("email", "ada");
        long eve = made("email", "eve");
        node.write(transaction -> {
            set(transaction, ada, "email", "eve");
            set(transaction, eve, "email", "ada");
        });
        assertRefused(transaction -> set(transaction, ada, "email", "ada"));
    }

    @Test
    void aNodeThatIsChangedOtherwiseStillHasItsValue() {
        declare(EMAIL_UNIQUE);
        long ada = made("email", "ada");
        assertRefused(transaction -> {
            set(transaction, ada, "age", 36);
            person(transaction, "email", "ada");
        });
        assertRefused(transaction -> {
            transaction.createRelationship(transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "KNOWS"), ada, ada);
            person(transaction, "email", "ada");
        });
        assertRefused(transaction -> {
            set(transaction, ada, "email", "eve");
            set(transaction, ada, "email", "ada");
            person(transaction, "email", "ada");
        });
    }

    @Test
    void aDeletedNodeItsLabelOrItsValueGoneFreesTheValue() {
        declare(EMAIL_UNIQUE);
        long ada = made("email", "ada");
        node.write(transaction -> {
            transaction.deleteNode(ada);
            person(transaction, "email", "ada");
        });
        node.write(transaction -> {
            transaction.removeLabel(1, transaction.tokenOf(NameKind.LABEL, "Person"));
            person(transaction, "email", "ada");
        });
        assertRefused(transaction -> transaction.addLabel(1, transaction.tokenOf(NameKind.LABEL, "Person")));
        node.write(transaction -> set(transaction, 2, "email", Value.NULL));
        node.write(transaction -> transaction.addLabel(1, transaction.tokenOf(NameKind.LABEL, "Person")));
    }

    @Test
    void aPropertyIsOfItsTypeOrAbsent() {
        declare(AGE_INTEGER);
        long ada = made("age", 36);
        made("first", "without age");
        assertRefused(
                transaction -> set(transaction, ada, "age", 36.0), "node 0", "age = 36.0", "is FLOAT and not INTEGER");
        assertRefused(transaction -> person(transaction, "age", "36"));
        node.write(transaction -> set(transaction, ada, "age", Value.NULL));
    }

    @Test
    void aTransactionThatBeganBeforeTheConstraintIsCheckedToo() {
        made("email", "ada");
        try (StoreTransaction early = node.begin();
                StoreTransaction newName = node.begin()) {
            person(early, "email", "ada");
            long id = newName.createNode(new int[] {newName.tokenFor(NameKind.LABEL, "City")});
            set(newName, id, "zip", "69001");
            declare(EMAIL_UNIQUE);
            declare(new ConstraintRule.Exists("City", "name"));
            assertCode(
                    ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                    () -> node.database().sequence(early));
            assertCode(
                    ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                    () -> node.database().sequence(newName),
                    "City",
                    "no property name");
        }
    }

    @Test
    void whatIsThereHasToFit() {
        made("email", "ada", "age", 36);
        made("email", "ada", "age", 36.5);
        made("first", "Bob");
        assertCode(
                ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                () -> declare(EMAIL_UNIQUE),
                "node 1 with label Person has email = 'ada', as has node 0");
        assertCode(ErrorCode.CONSTRAINT_VALIDATION_FAILED, () -> declare(EMAIL_EXISTS), "node 2");
        assertCode(ErrorCode.CONSTRAINT_VALIDATION_FAILED, () -> declare(AGE_INTEGER), "node 1", "36.5");
        assertCode(
                ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                () -> declare(new ConstraintRule.Exists("Person", "neverUsed")),
                "node 0",
                "node 1",
                "there may be more");
        assertThat(node.<List<Constraint>>read(GraphTransaction::constraints)).isEmpty();
        node.write(transaction -> {
            set(transaction, 1, "email", "eve", "age", 37);
            set(transaction, 2, "email", "bob");
        });
        declare(EMAIL_UNIQUE);
        declare(EMAIL_EXISTS);
        declare(AGE_INTEGER);
        assertRefused(transaction -> person(transaction, "email", "bob"));
    }

    @Test
    void whatIsDroppedIsNotAskedAnyMoreAndMayComeAgain() {
        declare(EMAIL_UNIQUE);
        declare(EMAIL_EXISTS);
        made("email", "ada");
        drop(EMAIL_UNIQUE);
        made("email", "ada");
        assertRefused(transaction -> person(transaction));
        drop(EMAIL_EXISTS);
        made();
        assertThat(node.<List<Constraint>>read(GraphTransaction::constraints)).isEmpty();
        assertCode(ErrorCode.CONSTRAINT_VALIDATION_FAILED, () -> declare(EMAIL_UNIQUE));
        node.write(transaction -> transaction.deleteNode(0));
        declare(EMAIL_UNIQUE);
        assertRefused(transaction -> person(transaction, "email", "ada"));
    }

    @Test
    void aSnapshotShowsTheConstraintsOfItsTime() {
        declare(EMAIL_UNIQUE);
        try (StoreTransaction old = node.begin()) {
            drop(EMAIL_UNIQUE);
            node.write(transaction -> transaction.createConstraint("age", AGE_INTEGER));
            assertThat(old.constraints()).containsExactly(new Constraint("unique_Person_email", false, EMAIL_UNIQUE));
            assertThat(node.<List<Constraint>>read(GraphTransaction::constraints))
                    .containsExactly(new Constraint("age", true, AGE_INTEGER));
        }
    }

    @Test
    void aTransactionSeesWhatItDeclared() {
        node.write(transaction -> {
            assertThat(transaction.createConstraint("mail", EMAIL_UNIQUE)).isTrue();
            assertThat(transaction.createConstraint("other", EMAIL_UNIQUE)).isFalse();
            assertThat(transaction.createConstraint("", EMAIL_EXISTS)).isTrue();
            assertThat(transaction.dropConstraint(EMAIL_EXISTS)).isTrue();
            assertThat(transaction.dropConstraint(EMAIL_EXISTS)).isFalse();
            assertThat(transaction.constraints()).containsExactly(new Constraint("mail", true, EMAIL_UNIQUE));
        });
        assertThat(node.<List<Constraint>>read(GraphTransaction::constraints))
                .containsExactly(new Constraint("mail", true, EMAIL_UNIQUE));
    }

    @Test
    void namesTypesAndKeysThatCannotBeAreRefused() {
        node.write(transaction -> transaction.createConstraint("mail", EMAIL_UNIQUE));
        declare(AGE_INTEGER);
        node.write(transaction -> {
            assertCode(
                    ErrorCode.INVALID_ARGUMENT,
                    () -> transaction.createConstraint("mail", EMAIL_EXISTS),
                    "called mail");
            assertCode(
                    ErrorCode.INVALID_ARGUMENT,
                    () -> transaction.createConstraint(
                            "", new ConstraintRule.Typed("Person", "age", PropertyType.FLOAT)),
                    "INTEGER");
            assertCode(
                    ErrorCode.INVALID_ARGUMENT,
                    () -> transaction.createConstraint("", new ConstraintRule.Unique("Person", List.of("a", "a"))));
        });
    }

    @Test
    void changesOfDataAndConstraintsDoNotMix() {
        node.write(transaction -> {
            person(transaction);
            assertCode(ErrorCode.FORBIDDEN_IN_TRANSACTION, () -> transaction.createConstraint("", EMAIL_UNIQUE));
        });
        node.write(transaction -> {
            transaction.createConstraint("", EMAIL_UNIQUE);
            assertCode(ErrorCode.FORBIDDEN_IN_TRANSACTION, () -> person(transaction));
        });
    }

    @Test
    void indexesAndConstraintsMayBeDeclaredTogether() {
        node.write(transaction -> {
            transaction.createIndex("Person", "email");
            transaction.createConstraint("", EMAIL_UNIQUE);
        });
        made("email", "ada");
        assertRefused(transaction -> person(transaction, "email", "ada"));
    }

    @Test
    void aValueClaimedByARecordOnItsWayIsAConflictUntilItIsApplied() {
        declare(EMAIL_UNIQUE);
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.begin()) {
            person(first, "email", "ada");
            person(second, "email", "ada");
            long lsn = node.database().sequence(first);
            assertCode(ErrorCode.WRITE_CONFLICT, () -> node.database().sequence(second), "email = 'ada'");
            node.decide(lsn);
            assertCode(
                    ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                    () -> node.database().sequence(second));
        }
    }

    @Test
    void aValueFreedByARecordOnItsWayIsAConflictUntilItIsApplied() {
        declare(EMAIL_UNIQUE);
        long ada = made("email", "ada");
        try (StoreTransaction freeing = node.begin();
                StoreTransaction claiming = node.begin()) {
            set(freeing, ada, "email", Value.NULL);
            person(claiming, "email", "ada");
            long lsn = node.database().sequence(freeing);
            assertCode(ErrorCode.WRITE_CONFLICT, () -> node.database().sequence(claiming), "node " + ada);
            node.decide(lsn);
            assertThat(node.database().sequence(claiming)).isEqualTo(lsn + 1);
            node.decide(lsn + 1);
        }
    }

    @Test
    void aConflictIsSaidRatherThanAViolationThatFollowsFromAnOldSnapshot() {
        declare(EMAIL_EXISTS);
        node.write(transaction -> transaction.createNode(new int[0]));
        try (StoreTransaction stale = node.begin()) {
            stale.addLabel(0, stale.tokenFor(NameKind.LABEL, "Person"));
            node.write(transaction -> set(transaction, 0, "email", "ada"));
            assertCode(ErrorCode.WRITE_CONFLICT, () -> node.database().sequence(stale));
        }
        node.write(transaction -> transaction.addLabel(0, transaction.tokenOf(NameKind.LABEL, "Person")));
    }

    @Test
    void constraintsHoldAfterReopening() {
        made("email", "ada", "first", "Ada", "last", "Lovelace");
        node.write(transaction -> transaction.createConstraint("mail", EMAIL_UNIQUE));
        declare(EMAIL_EXISTS);
        declare(NAME_UNIQUE);
        declare(AGE_INTEGER);
        drop(EMAIL_EXISTS);
        made("email", "eve");
        long hash = node.database().stateHash();
        List<Constraint> before = node.read(GraphTransaction::constraints);
        node.close();
        node = SingleNode.main(directory.resolve("main"));
        assertThat(node.database().stateHash()).isEqualTo(hash);
        assertThat(node.<List<Constraint>>read(GraphTransaction::constraints))
                .isEqualTo(before)
                .hasSize(3);
        assertRefused(transaction -> person(transaction, "email", "eve"));
        assertRefused(transaction -> set(transaction, 1, "first", "Ada", "last", "Lovelace"));
        assertRefused(transaction -> set(transaction, 1, "age", "old"));
        made("first", "no e-mail is needed any more");
    }

    @Test
    void constraintsComeBackFromASnapshotWithoutTheLogBeforeIt() {
        node.close();
        DatabaseOptions small = smallSegments();
        node = SingleNode.main(directory.resolve("main"), small);
        node.write(transaction -> transaction.createConstraint("mail", EMAIL_UNIQUE));
        declare(AGE_INTEGER);
        for (int i = 0; i < 100; i++) {
            made("email", i, "age", i);
        }
        node.snapshot();
        made("email", "later");
        List<Constraint> before = node.read(GraphTransaction::constraints);
        node.close();
        node = SingleNode.main(directory.resolve("main"), small);
        assertThat(node.<List<Constraint>>read(GraphTransaction::constraints)).isEqualTo(before);
        assertRefused(transaction -> person(transaction, "email", 7.0));
        assertRefused(transaction -> person(transaction, "email", "later"));
        assertRefused(transaction -> set(transaction, 3, "age", "old"));
    }

    private static DatabaseOptions smallSegments() {
        DatabaseOptions standard = DatabaseOptions.standard(SingleNode.ID)
                .withSnapshots(SnapshotOptions.standard().withLogBytesKept(0));
        return new DatabaseOptions(
                standard.log().withSegmentBytes(4096).withRecentBytes(0), standard.memory(), standard.snapshots());
    }

    @Test
    void aReplicaComesToTheSameStateRecordByRecordAndChecksAsMain() {
        made("email", "ada");
        declare(EMAIL_UNIQUE);
        declare(AGE_INTEGER);
        made("email", "eve");
        drop(AGE_INTEGER);
        node.write(transaction -> transaction.createConstraint("mail", EMAIL_EXISTS));
        try (SingleNode replica = SingleNode.replica(directory.resolve("replica"))) {
            long before = 0;
            for (ByteBuffer chunk : node.log(0, 1)) {
                replica.decide(replica.database().appendReplicated(chunk).lsn());
                assertThat(replica.database().audit()).isEmpty();
                before = replica.database().stateHash();
            }
            assertThat(before).isEqualTo(node.database().stateHash());
            assertThat(replica.<List<Constraint>>read(GraphTransaction::constraints))
                    .isEqualTo(node.read(GraphTransaction::constraints));
        }
        try (SingleNode promoted = SingleNode.main(directory.resolve("replica"))) {
            assertCode(
                    ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                    () -> promoted.write(transaction -> person(transaction, "email", "eve")));
        }
    }

    @Test
    void theNameOfAConstraintIsPartOfTheState() {
        declare(EMAIL_UNIQUE);
        long unnamed = node.database().stateHash();
        try (SingleNode other = SingleNode.main(directory.resolve("other"))) {
            other.write(transaction -> transaction.createConstraint("mail", EMAIL_UNIQUE));
            assertThat(other.database().stateHash()).isNotEqualTo(unnamed);
        }
    }
}
