package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Every change beside every other on the same node and relationship, at both isolation levels. */
final class ConflictMatrixTest {
    @TempDir
    private Path directory;

    private SingleNode node;
    private Subject subject = new Subject(0, 0, 0);

    /** Node a with relationship r to node b. */
    private record Subject(long a, long b, long r) {}

    enum Change {
        SET_PROPERTY,
        ADD_LABEL,
        LINK,
        SET_RELATIONSHIP,
        DELETE_RELATIONSHIP,
        DELETE_NODE;

        private void on(StoreTransaction transaction, Subject subject) {
            switch (this) {
                case SET_PROPERTY -> transaction.setNodeProperty(subject.a, key(transaction), Value.of(1L));
                case ADD_LABEL ->
                    transaction.addLabel(
                            subject.a, transaction.tokenFor(NameKind.LABEL, "Added" + transaction.hashCode()));
                case LINK ->
                    transaction.createRelationship(
                            transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R"), subject.a, subject.b);
                case SET_RELATIONSHIP -> transaction.setRelationshipProperty(subject.r, key(transaction), Value.of(1L));
                case DELETE_RELATIONSHIP -> transaction.deleteRelationship(subject.r);
                case DELETE_NODE -> {
                    transaction.deleteRelationship(subject.r);
                    transaction.deleteNode(subject.a);
                }
            }
        }

        private static int key(StoreTransaction transaction) {
            return transaction.tokenFor(NameKind.PROPERTY_KEY, "p");
        }

        private boolean isContent() {
            return this == SET_PROPERTY || this == ADD_LABEL;
        }

        private boolean isRelationship() {
            return this == SET_RELATIONSHIP || this == DELETE_RELATIONSHIP;
        }

        boolean conflictsWith(Change other) {
            return this == DELETE_NODE
                    || other == DELETE_NODE
                    || isContent() && other.isContent()
                    || isRelationship() && other.isRelationship();
        }
    }

    static Stream<Arguments> pairs() {
        return Arrays.stream(Change.values())
                .flatMap(first -> Arrays.stream(Change.values()).map(second -> Arguments.of(first, second)));
    }

    @BeforeEach
    void open() {
        node = SingleNode.main(directory);
        node.write(transaction -> {
            long a = transaction.createNode(new int[0]);
            long b = transaction.createNode(new int[0]);
            int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
            subject = new Subject(a, b, transaction.createRelationship(type, a, b));
        });
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static void assertOutcome(boolean conflict, ThrowingCallable action) throws Throwable {
        if (!conflict) {
            action.call();
            return;
        }
        assertThatThrownBy(action).isInstanceOfSatisfying(SkeinException.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT);
            assertThat(refused.code().status()).startsWith("Neo.TransientError.");
        });
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whoCommitsSecondGivesWay(Change first, Change second) throws Throwable {
        try (StoreTransaction winner = node.begin();
                StoreTransaction loser = node.begin()) {
            first.on(winner, subject);
            second.on(loser, subject);
            node.commit(winner);
            assertOutcome(first.conflictsWith(second), () -> node.commit(loser));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatHasChangedSinceTheSnapshotIsRefusedAtTheFirstWrite(Change first, Change second) throws Throwable {
        try (StoreTransaction late = node.begin()) {
            node.write(transaction -> first.on(transaction, subject));
            assertOutcome(first.conflictsWith(second), () -> second.on(late, subject));
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void whatIsSequencedAndNotYetVisibleIsRefusedAtTheFirstWrite(Change first, Change second) throws Throwable {
        try (StoreTransaction winner = node.begin()) {
            first.on(winner, subject);
            node.database().sequence(winner);
            try (StoreTransaction late = node.begin()) {
                assertOutcome(first.conflictsWith(second), () -> second.on(late, subject));
            }
        }
        node.decide(node.database().logEnd().lsn());
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void atReadCommittedWhatWasChangedHereMustNotHaveChangedByTheNextStatement(Change first, Change second)
            throws Throwable {
        try (StoreTransaction winner = node.begin();
                StoreTransaction loser = node.begin()) {
            second.on(loser, subject);
            first.on(winner, subject);
            node.commit(winner);
            assertOutcome(first.conflictsWith(second), () -> {
                loser.refresh();
                node.commit(loser);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void atReadCommittedTheNextStatementMayChangeWhatOthersCommittedBefore(Change first, Change second) {
        try (StoreTransaction late = node.begin()) {
            node.write(transaction -> first.on(transaction, subject));
            late.refresh();
            boolean isThere = first != Change.DELETE_NODE
                    && !(first == Change.DELETE_RELATIONSHIP
                            && (second.isRelationship() || second == Change.DELETE_NODE))
                    && !(first == Change.LINK && second == Change.DELETE_NODE);
            if (isThere) {
                second.on(late, subject);
                node.commit(late);
            }
        }
    }
}
