package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What is remembered of a change until nobody needs it, while a newer change of the same thing follows. */
final class LingeringChangesTest {
    @TempDir
    private Path directory;

    private SingleNode main;
    private long node;

    @BeforeEach
    void open() {
        main = SingleNode.main(directory);
        AtomicLong created = new AtomicLong();
        main.write(transaction -> created.set(transaction.createNode(new int[] {label(transaction)})));
        node = created.get();
    }

    @AfterEach
    void close() {
        main.close();
    }

    private static int label(StoreTransaction transaction) {
        return transaction.tokenFor(NameKind.LABEL, "L");
    }

    @Test
    void aLabelThatCameBackStaysWhenItsRemovalIsCollected() {
        StoreTransaction reader = main.begin();
        main.write(transaction -> transaction.removeLabel(node, label(transaction)));
        main.write(transaction -> transaction.addLabel(node, label(transaction)));
        reader.close();
        main.write(transaction -> transaction.createNode(new int[0]));
        main.write(transaction -> transaction.createNode(new int[0]));
        assertThat(main.<Object>read(transaction -> ModelCheck.ids(transaction.nodesWithLabel(label(transaction)))))
                .isEqualTo(List.of(node));
    }

    private long link() {
        try (StoreTransaction transaction = main.begin()) {
            int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
            transaction.createRelationship(type, node, transaction.createNode(new int[0]));
            return main.database().sequence(transaction);
        }
    }

    @Test
    void aPendingRelationshipForbidsDeletionEvenWhenAnOlderOneIsApplied() {
        long first = link();
        long second = link();
        main.decide(first);
        try (StoreTransaction deletion = main.begin()) {
            ModelCheck.ids(deletion.relationships()).forEach(deletion::deleteRelationship);
            assertThatThrownBy(() -> {
                        deletion.deleteNode(node);
                        main.database().sequence(deletion);
                    })
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.WRITE_CONFLICT));
        }
        main.decide(second);
    }
}
