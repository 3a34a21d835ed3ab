package skein.storage;

import java.nio.file.Path;
import skein.graph.Value;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;
import skein.storage.wal.SyncPolicy;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A process of its own with a small heap: fills its database until growth is refused, and goes on from there. Prints
 * what {@link MemoryLimitTest} wants to know.
 */
final class SmallHeap {
    private static final int BATCH = 200;
    private static final int ATTEMPTS = 50;
    private static final int ROUNDS = 3;

    private final SingleNode node;

    private SmallHeap(SingleNode node) {
        this.node = node;
    }

    public static void main(String[] arguments) {
        DatabaseOptions options = DatabaseOptions.standard(SingleNode.ID).withSync(new SyncPolicy.Off());
        try (SingleNode node = SingleNode.main(Path.of(arguments[0]), options)) {
            SmallHeap heap = new SmallHeap(node);
            node.write(transaction -> transaction.createIndex("N", "name"));
            for (int round = 0; round < ROUNDS; round++) {
                heap.fill();
                heap.insist();
                heap.readAll();
                heap.deleteAll();
            }
            heap.createBatch();
            System.out.println("went on");
        }
    }

    /** Nodes with two properties, an index entry and two relationships each. */
    private void createBatch() {
        node.write(transaction -> {
            int label = transaction.tokenFor(NameKind.LABEL, "N");
            int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
            long before = -1;
            for (int i = 0; i < BATCH; i++) {
                long created = transaction.createNode(new int[] {label});
                transaction.setNodeProperty(
                        created, transaction.tokenFor(NameKind.PROPERTY_KEY, "name"), Value.of("node " + created));
                transaction.setNodeProperty(
                        created, transaction.tokenFor(NameKind.PROPERTY_KEY, "text"), Value.of("t".repeat(i)));
                transaction.createRelationship(type, created, before < 0 ? created : before);
                transaction.createRelationship(type, before < 0 ? created : before, created);
                before = created;
            }
        });
    }

    private boolean isRefused() {
        try {
            createBatch();
            return false;
        } catch (SkeinException refused) {
            if (refused.code() != ErrorCode.MEMORY_LIMIT) {
                throw refused;
            }
            return true;
        }
    }

    private void fill() {
        int batches = 0;
        while (!isRefused()) {
            batches++;
        }
        System.out.println("filled " + batches * BATCH);
    }

    private void insist() {
        int refused = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            refused += isRefused() ? 1 : 0;
        }
        System.out.println("refused " + refused);
    }

    private void readAll() {
        long met = node.read(transaction -> {
            long relationships = 0;
            EntityCursor nodes = transaction.nodes();
            while (nodes.next()) {
                transaction.nodeProperty(nodes.id(), transaction.tokenOf(NameKind.PROPERTY_KEY, "text"));
                relationships += transaction.degree(nodes.id(), Direction.OUTGOING, new int[0]);
            }
            return relationships;
        });
        System.out.println("read " + met);
    }

    private void deleteAll() {
        while (node.<Long>read(StoreTransaction::nodeCount) > 0) {
            node.write(transaction -> {
                EntityCursor nodes = transaction.nodes();
                for (int i = 0; i < BATCH && nodes.next(); i++) {
                    RelationshipCursor cursor = transaction.expand(nodes.id(), Direction.BOTH, new int[0]);
                    while (cursor.next()) {
                        transaction.deleteRelationship(cursor.relationship());
                    }
                    transaction.deleteNode(nodes.id());
                }
            });
        }
        node.database().tidyUp();
        System.out.println("left " + node.database().graphBytes());
    }
}
