package skein.storage.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.storage.api.IndexKind;
import skein.storage.index.IndexKey;
import skein.storage.index.SlotBitmap;
import skein.storage.log.IndexDefinition;
import skein.vocabulary.Invariant;

/** Keeps declared indexes in step with what the applier does. */
final class IndexTracker {
    /** So few entities are added at once when an index is declared; more are left to a thread of their own. */
    private static final int AT_ONCE_MAX = 1_000;

    private final GraphStore store;
    private final Garbage garbage;

    /** While nobody reads, indexes are only noted; they are filled together at the end. */
    private boolean recovering;

    IndexTracker(GraphStore store, Garbage garbage) {
        this.store = store;
        this.garbage = garbage;
    }

    void recover() {
        recovering = true;
    }

    void endRecovery() {
        if (recovering) {
            recovering = false;
            IndexRecovery.fill(store);
        }
    }

    /** Answers what it adds to the state hash. */
    long create(IndexDefinition definition, String name, long commitTs) {
        Invariant.check(store.indexes().find(definition) == null, "index %s exists already", definition);
        DeclaredIndex index = new DeclaredIndex(definition, name, commitTs);
        if (!recovering) {
            index.follow();
            if (!index.isPopulated() && candidates(definition) <= AT_ONCE_MAX) {
                IndexPopulation population = new IndexPopulation(store, index, commitTs);
                while (population.step()) {
                    // a bounded piece of work
                }
            }
        }
        store.indexes().declare(index);
        return StateHash.ofIndex(definition);
    }

    /** Answers what it takes from the state hash. */
    long drop(IndexDefinition definition, long commitTs) {
        DeclaredIndex index = Invariant.present(store.indexes().find(definition), "there is no index %s", definition);
        index.drop(commitTs);
        garbage.addIndex(commitTs, index);
        return StateHash.ofIndex(definition);
    }

    void nodeChanged(int slot, @Nullable NodeVersion before, NodeVersion after, long commitTs) {
        List<DeclaredIndex> declared = store.indexes().declared();
        for (int i = 0; i < declared.size(); i++) {
            DeclaredIndex index = declared.get(i);
            if (follows(index)) {
                move(index, slot, IndexContent.ofNode(index, before), IndexContent.ofNode(index, after), commitTs);
            }
        }
    }

    /** @param before null for a relationship that is created, as {@code after} for one that is deleted */
    void relationshipChanged(int slot, int type, byte @Nullable [] before, byte @Nullable [] after, long commitTs) {
        List<DeclaredIndex> declared = store.indexes().declared();
        for (int i = 0; i < declared.size(); i++) {
            DeclaredIndex index = declared.get(i);
            if (follows(index)) {
                move(
                        index,
                        slot,
                        IndexContent.ofRelationship(index, type, before),
                        IndexContent.ofRelationship(index, type, after),
                        commitTs);
            }
        }
    }

    private static boolean follows(DeclaredIndex index) {
        return index.entries() != null && index.isFollowing() && !index.isDropped();
    }

    private void move(DeclaredIndex index, int slot, @Nullable IndexKey was, @Nullable IndexKey is, long commitTs) {
        if (was != null && was.equals(is)) {
            return;
        }
        if (is != null) {
            index.add(is, slot);
        }
        if (was != null) {
            garbage.addIndexEntry(commitTs, slot, index, was);
        }
    }

    private long candidates(IndexDefinition definition) {
        SlotBitmap slots = slots(store, definition);
        return slots == null ? 0 : slots.size();
    }

    /** Every entity that may belong into an index; null when there is none. */
    static @Nullable SlotBitmap slots(GraphStore store, IndexDefinition definition) {
        return definition.kind() == IndexKind.RELATIONSHIP
                ? store.indexes().relationshipsWithType(definition.token())
                : store.indexes().nodesWithLabel(definition.token());
    }
}
