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
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.NameKind;
import skein.storage.tx.OpenTransactionFacts;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Long transactions keep old versions alive up to a budget; beyond it the oldest are ended and the memory is free. */
final class VersionBudgetTest {
    private static final int BUDGET_BYTES = 1 << 20;

    @TempDir
    private Path directory;

    private SingleNode node;

    @BeforeEach
    void open() {
        DatabaseOptions standard = DatabaseOptions.standard(SingleNode.ID);
        node = SingleNode.main(directory, standard.withMemory(standard.memory().withVersionBytesMax(BUDGET_BYTES)));
        node.write(transaction -> transaction.createNode(new int[0]));
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static int key(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.PROPERTY_KEY, "p");
    }

    private void overwrite(int times) {
        for (int i = 0; i < times; i++) {
            Value value = Value.of("x".repeat(1000) + i);
            node.write(transaction -> transaction.setNodeProperty(0, key(transaction), value));
        }
    }

    private static void assertEnded(ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(SkeinException.class, ended -> {
                    assertThat(ended.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD);
                    assertThat(ended.code().status()).startsWith("Neo.TransientError.");
                })
                .hasMessageMatching("(?s).*ended after [0-9]+ ms.* budget is 1 MiB.*");
    }

    @Test
    void aReaderWithinTheBudgetIsLeftAlone() {
        try (StoreTransaction reader = node.database().begin(AccessMode.READ)) {
            reader.pause();
            overwrite(500);
            assertThat(node.database().keptVersionBytes()).isBetween(500_000L, (long) BUDGET_BYTES);
            reader.resume();
            assertThat(reader.nodeProperty(0, key(reader))).isEqualTo(Value.NULL);
        }
        overwrite(2);
        assertThat(node.database().keptVersionBytes()).isLessThan(10_000);
    }

    @Test
    void aRestingReaderBeyondTheBudgetIsEndedAtOnceAndTheMemoryIsFree() {
        try (StoreTransaction reader = node.database().begin(AccessMode.READ)) {
            reader.pause();
            overwrite(3000);
            assertThat(node.database().keptVersionBytes()).isLessThan(BUDGET_BYTES);
            assertEnded(reader::resume);
            assertEnded(reader::check);
        }
    }

    @Test
    void aReaderAtWorkIsToldAndKeepsItsSnapshotUntilItEnds() {
        try (StoreTransaction reader = node.database().begin(AccessMode.READ)) {
            overwrite(2000);
            assertThat(node.database().keptVersionBytes()).isGreaterThan(BUDGET_BYTES);
            assertThat(reader.nodeProperty(0, key(reader))).isEqualTo(Value.NULL);
            assertEnded(reader::check);
        }
        node.database().tidyUp();
        assertThat(node.database().keptVersionBytes()).isLessThan(BUDGET_BYTES);
        assertThat(node.database().keptVersions()).isZero();
    }

    @Test
    void aReaderThatIsToldWhileAtWorkLetsGoAsSoonAsItRests() {
        try (StoreTransaction reader = node.database().begin(AccessMode.READ)) {
            overwrite(2000);
            reader.pause();
            node.database().tidyUp();
            assertThat(node.database().keptVersions()).isZero();
            assertEnded(reader::resume);
        }
    }

    @Test
    void onlyTheOldestAreEnded() {
        try (StoreTransaction old = node.database().begin(AccessMode.READ)) {
            old.pause();
            overwrite(900);
            try (StoreTransaction young = node.database().begin(AccessMode.READ)) {
                young.pause();
                overwrite(400);
                assertEnded(old::resume);
                young.resume();
                assertThat(young.nodeProperty(0, key(young))).isNotEqualTo(Value.NULL);
            }
        }
    }

    @Test
    void aWriterThatWasEndedCommitsNothing() {
        try (StoreTransaction writer = node.begin()) {
            long created = writer.createNode(new int[0]);
            writer.pause();
            overwrite(3000);
            assertEnded(() -> node.database().sequence(writer));
            assertEnded(() -> writer.createRelationship(0, created, created));
        }
        assertThat(node.<Long>read(StoreTransaction::nodeCount)).isEqualTo(1);
    }

    @Test
    void openTransactionsAreKnownWithAgeAndStatements() {
        try (StoreTransaction first = node.begin();
                StoreTransaction second = node.database().begin(AccessMode.READ)) {
            second.beginStatement(false);
            second.beginStatement(true);
            var open = node.database().openTransactions();
            assertThat(open)
                    .extracting(OpenTransactionFacts::access)
                    .containsExactly(AccessMode.WRITE, AccessMode.READ);
            assertThat(open).extracting(OpenTransactionFacts::statements).containsExactly(0L, 2L);
            assertThat(open.getFirst().id()).isLessThan(open.getLast().id());
            assertThat(open.getFirst().age())
                    .isGreaterThanOrEqualTo(open.getLast().age());
            assertThat(open.getFirst().snapshot()).isEqualTo(first.snapshot());
        }
        assertThat(node.database().openTransactions()).isEmpty();
    }
}
