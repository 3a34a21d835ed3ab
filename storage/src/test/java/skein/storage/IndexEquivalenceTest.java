package skein.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.graph.Value;
import skein.graph.Value.PointValue;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexTarget;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyCondition;
import skein.storage.api.PropertyCondition.Bound;
import skein.storage.index.ConditionMatch;
import skein.storage.index.RandomValues;
import skein.storage.tx.StoreTransaction;

/**
 * An index answers exactly what a scan answers: for every kind of index and condition, in snapshots old and new, with
 * changes of the asking transaction, while others write, delete and collect garbage, and while indexes come, are filled
 * and go.
 */
final class IndexEquivalenceTest {
    private static final int ENTITIES = 2_500;
    private static final int TRANSACTIONS = 250;
    private static final int READERS = 2;
    private static final List<String> KEYS = List.of("p", "q");
    private static final List<IndexTarget> TARGETS = List.of(
            IndexTarget.ofNodes("L", List.of("p")),
            IndexTarget.ofNodes("L", List.of("p", "q")),
            IndexTarget.ofNodes("L", List.of("q", "p")),
            IndexTarget.ofRelationships("R", List.of("p")),
            IndexTarget.ofRelationships("R", List.of("q", "p")),
            IndexTarget.ofPoints("L", "q"));

    @TempDir
    private Path directory;

    private final AtomicBoolean done = new AtomicBoolean();

    /** Few values, so that conditions find something. */
    private static Value value(SplittableRandom random) {
        SplittableRandom pool = new SplittableRandom(random.nextInt(80));
        return pool.nextInt(3) == 0 ? point(pool) : RandomValues.any(pool);
    }

    private static PointValue point(SplittableRandom random) {
        return new PointValue(
                random.nextBoolean() ? PointValue.CARTESIAN : PointValue.WGS_84,
                random.nextInt(-3, 4),
                random.nextInt(-3, 4),
                Double.NaN);
    }

    private static boolean isStorable(Value value) {
        return !(value instanceof Value.ListValue) && !(value instanceof Value.MapValue);
    }

    private static void set(StoreTransaction transaction, long node, SplittableRandom random) {
        Value value = random.nextInt(5) == 0 ? Value.NULL : value(random);
        if (isStorable(value)) {
            transaction.setNodeProperty(node, key(transaction, random), value);
        }
    }

    private static void setRelationship(StoreTransaction transaction, long relationship, SplittableRandom random) {
        Value value = random.nextInt(5) == 0 ? Value.NULL : value(random);
        if (isStorable(value)) {
            transaction.setRelationshipProperty(relationship, key(transaction, random), value);
        }
    }

    private static int key(StoreTransaction transaction, SplittableRandom random) {
        return transaction.tokenFor(NameKind.PROPERTY_KEY, KEYS.get(random.nextInt(KEYS.size())));
    }

    private static void change(StoreTransaction transaction, SplittableRandom random) {
        int label = transaction.tokenFor(NameKind.LABEL, "L");
        int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
        long node = random.nextInt(ENTITIES);
        long relationship = random.nextInt(ENTITIES);
        switch (random.nextInt(7)) {
            case 0 -> set(transaction, transaction.createNode(new int[] {label}), random);
            case 1 -> {
                long made = transaction.createNode(new int[0]);
                setRelationship(transaction, transaction.createRelationship(type, made, made), random);
            }
            case 2 -> {
                if (transaction.nodeExists(node) && transaction.hasLabel(node, label)) {
                    transaction.removeLabel(node, label);
                } else if (transaction.nodeExists(node)) {
                    transaction.addLabel(node, label);
                }
            }
            case 3 -> {
                if (transaction.nodeExists(node)
                        && transaction.degree(node, skein.storage.api.Direction.BOTH, new int[0]) == 0) {
                    transaction.deleteNode(node);
                }
            }
            case 4 -> {
                if (transaction.relationshipExists(relationship)) {
                    transaction.deleteRelationship(relationship);
                }
            }
            case 5 -> {
                if (transaction.relationshipExists(relationship)) {
                    setRelationship(transaction, relationship, random);
                }
            }
            default -> {
                if (transaction.nodeExists(node)) {
                    set(transaction, node, random);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyKindOfIndexAnswersWhatAScanAnswers(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (SingleNode node = SingleNode.main(directory)) {
            load(node, random);
            List<Future<int[]>> readers = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
                for (int i = 0; i < READERS; i++) {
                    SplittableRandom own = random.split();
                    readers.add(threads.submit((Callable<int[]>) () -> read(node, own)));
                }
                write(node, random);
                done.set(true);
                int[] asked = new int[3];
                for (Future<int[]> reader : readers) {
                    int[] counts = reader.get();
                    for (int i = 0; i < asked.length; i++) {
                        asked[i] += counts[i];
                    }
                }
                assertThat(asked[0]).as("questions answered by an index").isPositive();
                assertThat(asked[1]).as("questions answered by a scan").isPositive();
                assertThat(asked[2]).as("entities found").isPositive();
            }
            assertThat(node.database().awaitIndexes(Duration.ofMinutes(1))).isTrue();
            node.read(transaction -> checkAll(transaction, random));
        }
        try (SingleNode again = SingleNode.replica(directory)) {
            again.read(transaction -> {
                assertThat(transaction.indexes()).hasSize(TARGETS.size()).allMatch(i -> i.populatedPercent() == 100);
                return checkAll(transaction, random);
            });
        }
    }

    private static void load(SingleNode node, SplittableRandom random) {
        node.write(transaction -> {
            int label = transaction.tokenFor(NameKind.LABEL, "L");
            int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
            for (int i = 0; i < ENTITIES; i++) {
                long made = transaction.createNode(new int[] {label});
                set(transaction, made, random);
                set(transaction, made, random);
                long relationship = transaction.createRelationship(type, made, made / 2);
                setRelationship(transaction, relationship, random);
                setRelationship(transaction, relationship, random);
            }
        });
    }

    private static void write(SingleNode node, SplittableRandom random) {
        for (int i = 0; i < TRANSACTIONS; i++) {
            if (i % 10 == 0) {
                IndexTarget target = TARGETS.get(i / 10 % TARGETS.size());
                node.write(transaction -> {
                    if (!transaction.createIndex(target, "")) {
                        transaction.dropIndex(target);
                    }
                });
            }
            node.write(transaction -> {
                for (int c = 0; c < 30; c++) {
                    change(transaction, random);
                }
            });
        }
        node.write(transaction -> TARGETS.forEach(target -> transaction.createIndex(target, "")));
    }

    private int[] read(SingleNode node, SplittableRandom random) {
        int[] asked = new int[3];
        while (!done.get()) {
            try (StoreTransaction transaction = node.begin()) {
                boolean changes = random.nextBoolean();
                for (int i = random.nextInt(1, 30); i > 0; i--) {
                    check(transaction, random, asked);
                    if (changes && !changed(transaction, random)) {
                        break;
                    }
                }
            }
        }
        return asked;
    }

    /** Changes that are never committed; false when another transaction was first. */
    private static boolean changed(StoreTransaction transaction, SplittableRandom random) {
        try {
            change(transaction, random);
            return true;
        } catch (skein.vocabulary.SkeinException conflict) {
            assertThat(conflict.code()).isEqualTo(skein.vocabulary.ErrorCode.WRITE_CONFLICT);
            return false;
        }
    }

    private static int checkAll(StoreTransaction transaction, SplittableRandom random) {
        int[] asked = new int[3];
        for (int i = 0; i < 300; i++) {
            check(transaction, random, asked);
        }
        assertThat(asked[0]).isEqualTo(300);
        return asked[0];
    }

    private static void check(StoreTransaction transaction, SplittableRandom random, int[] asked) {
        IndexTarget target = TARGETS.get(random.nextInt(TARGETS.size()));
        int[] keys = target.propertyKeys().stream()
                .mapToInt(key -> transaction.tokenOf(NameKind.PROPERTY_KEY, key))
                .toArray();
        List<PropertyCondition> conditions = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            conditions.add(target.kind() == IndexKind.NODE_POINT ? box(random) : condition(random, i));
        }
        boolean nodes = target.kind() != IndexKind.RELATIONSHIP;
        int token = transaction.tokenOf(nodes ? NameKind.LABEL : NameKind.RELATIONSHIP_TYPE, target.labelOrType());
        List<Long> expected = new ArrayList<>();
        EntityCursor scan = nodes ? transaction.nodesWithLabel(token) : transaction.relationshipsWithType(token);
        while (scan.next()) {
            boolean holds = true;
            for (int i = 0; i < keys.length; i++) {
                Value value = nodes
                        ? transaction.nodeProperty(scan.id(), keys[i])
                        : transaction.relationshipProperty(scan.id(), keys[i]);
                holds &= ConditionMatch.holds(conditions.get(i), value);
            }
            if (holds) {
                expected.add(scan.id());
            }
        }
        EntityCursor found = nodes
                ? transaction.nodesWhere(token, keys, conditions)
                : transaction.relationshipsWhere(token, keys, conditions);
        boolean usable = transaction.hasIndex(target.kind(), token, keys);
        assertThat(ModelCheck.ids(found))
                .as("%s %s at %d, index %s", target, conditions, transaction.snapshot(), usable)
                .containsExactlyInAnyOrderElementsOf(expected);
        asked[usable ? 0 : 1]++;
        asked[2] += expected.size();
    }

    private static PropertyCondition box(SplittableRandom random) {
        PointValue corner = point(random);
        PointValue other = new PointValue(
                corner.srid(), corner.x() + random.nextInt(4), corner.y() + random.nextInt(4), Double.NaN);
        return new PropertyCondition.WithinBox(corner, other);
    }

    private static PropertyCondition condition(SplittableRandom random, int place) {
        Value near = value(random);
        Optional<Bound> bound = Optional.of(new Bound(near, random.nextBoolean()));
        return switch (random.nextInt(place == 0 ? 5 : 6)) {
            case 0 -> new PropertyCondition.Between(bound, Optional.empty());
            case 1 -> new PropertyCondition.Between(Optional.empty(), bound);
            case 2 -> new PropertyCondition.Between(bound, Optional.of(new Bound(value(random), true)));
            case 3 -> new PropertyCondition.StartsWith("a".repeat(random.nextInt(2)));
            case 4 -> new PropertyCondition.Equal(near);
            default -> new PropertyCondition.Present();
        };
    }
}
