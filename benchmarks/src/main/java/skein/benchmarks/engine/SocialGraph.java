package skein.benchmarks.engine;

import java.time.Duration;
import java.util.SplittableRandom;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;

/**
 * The graph that most figures are made on: nodes with one label and two small properties (an integer and a text of
 * eight characters), and bare relationships of one type between nodes chosen evenly at random. The same for the same
 * sizes.
 */
public final class SocialGraph {
    public static final String LABEL = "Person";
    public static final String ID = "id";
    public static final String NAME = "name";
    public static final String TYPE = "KNOWS";

    /** Operations in one transaction while loading. */
    private static final int BATCH = 10_000;

    private static final int NAMES = 100_000_000;
    private static final Duration BUILD_PATIENCE = Duration.ofMinutes(2);

    private SocialGraph() {}

    /** Creates so many nodes in an empty graph: node n has the property id = n. */
    public static void createNodes(LocalMain main, int count) {
        for (int from = 0; from < count; from += BATCH) {
            int first = from;
            int end = Math.min(count, from + BATCH);
            main.write(transaction -> createNodes(transaction, first, end));
        }
    }

    private static void createNodes(StoreTransaction transaction, int from, int end) {
        int[] labels = {transaction.tokenFor(NameKind.LABEL, LABEL)};
        int id = transaction.tokenFor(NameKind.PROPERTY_KEY, ID);
        int name = transaction.tokenFor(NameKind.PROPERTY_KEY, NAME);
        for (int i = from; i < end; i++) {
            long node = transaction.createNode(labels);
            transaction.setNodeProperty(node, id, Value.of(i));
            transaction.setNodeProperty(node, name, Value.of(nameOf(i)));
        }
    }

    /** Eight characters. */
    static String nameOf(int i) {
        return Integer.toString(NAMES + i).substring(1);
    }

    /** Creates so many relationships between the first {@code nodes} nodes. */
    public static void createRelationships(LocalMain main, int nodes, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int from = 0; from < count; from += BATCH) {
            int here = Math.min(BATCH, count - from);
            main.write(transaction -> {
                int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, TYPE);
                for (int i = 0; i < here; i++) {
                    transaction.createRelationship(type, random.nextInt(nodes), random.nextInt(nodes));
                }
            });
        }
    }

    /** Declares the index on the property id and waits until it is usable. */
    public static void createIndex(LocalMain main) {
        main.write(transaction -> transaction.createIndex(LABEL, ID));
        try {
            if (!main.database().awaitIndexes(BUILD_PATIENCE)) {
                throw new IllegalStateException("the index was not built within " + BUILD_PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an index was built", e);
        }
    }
}
