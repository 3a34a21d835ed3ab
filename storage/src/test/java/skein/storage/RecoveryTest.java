package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.storage.api.NameKind;
import skein.storage.memory.MemoryLimits;
import skein.storage.memory.MemoryPool;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.LogSettings;
import skein.vocabulary.SkeinException;

/** The graph is what the log says: after every record, on every node, live or recovered. */
final class RecoveryTest {
    /** Small, so that recovery crosses segments. */
    private static final DatabaseOptions OPTIONS = new DatabaseOptions(
            LogSettings.standard(SingleNode.ID).withSegmentBytes(4 << 10),
            MemoryLimits.standard(MemoryPool.unlimited()));

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyPrefixOfTheLogRecoversToTheStateThatWasLiveThen(long seed) {
        Map<Long, Long> live = new HashMap<>();
        List<ByteBuffer> records;
        try (SingleNode main = SingleNode.main(directory.resolve("main"), OPTIONS)) {
            live.put(main.database().appliedLsn(), main.database().stateHash());
            main.write(transaction -> transaction.createIndex("A", "p"));
            live.put(main.database().appliedLsn(), main.database().stateHash());
            SplittableRandom random = new SplittableRandom(seed);
            try (StoreTransaction longReader = main.begin()) {
                for (int i = 0; i < 40; i++) {
                    step(main, random);
                    live.put(main.database().appliedLsn(), main.database().stateHash());
                }
                assertThat(longReader.nodeCount()).isZero();
            }
            records = singly(main);
        }
        for (int prefix = 1; prefix <= records.size(); prefix++) {
            assertThat(recovered(records, prefix))
                    .as("prefix of %d records", prefix)
                    .isEqualTo(live.get((long) prefix));
        }
    }

    private static void step(SingleNode main, SplittableRandom random) {
        StoreTransaction transaction = main.begin();
        GraphModel seen = new GraphModel();
        copyInto(seen, transaction);
        RandomSession session = new RandomSession(transaction, seen, random);
        for (int i = random.nextInt(10); i >= 0; i--) {
            session.step();
        }
        try {
            main.commit(transaction);
        } catch (SkeinException refused) {
            throw new AssertionError("nobody else writes", refused);
        }
    }

    private static void copyInto(GraphModel model, StoreTransaction transaction) {
        for (long id : ModelCheck.ids(transaction.nodes())) {
            GraphModel.Node node = new GraphModel.Node();
            for (int label : transaction.labels(id)) {
                node.labels.add(transaction.nameOf(NameKind.LABEL, label));
            }
            transaction.visitNodeProperties(
                    id, (key, value) -> node.properties.put(transaction.nameOf(NameKind.PROPERTY_KEY, key), value));
            model.nodes.put(id, node);
        }
        for (long id : ModelCheck.ids(transaction.relationships())) {
            String type = transaction.nameOf(NameKind.RELATIONSHIP_TYPE, transaction.typeOf(id));
            model.relationships.put(
                    id, new GraphModel.Relationship(type, transaction.startOf(id), transaction.endOf(id)));
        }
    }

    private static List<ByteBuffer> singly(SingleNode main) {
        List<ByteBuffer> records = new ArrayList<>(main.log(0, 1));
        assertThat(records).hasSize((int) main.database().logEnd().lsn());
        return records;
    }

    private long recovered(List<ByteBuffer> records, int prefix) {
        Path copy = directory.resolve("prefix" + prefix);
        try (SingleNode replica = SingleNode.replica(copy, OPTIONS)) {
            records.subList(0, prefix).forEach(record -> replica.database().appendReplicated(record.duplicate()));
            replica.decide(prefix);
        }
        try (SingleNode again = SingleNode.replica(copy, OPTIONS)) {
            assertThat(again.database().appliedLsn()).isEqualTo(prefix);
            return again.database().stateHash();
        }
    }
}
