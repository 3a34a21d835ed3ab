package skein.storage.graph;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import skein.storage.index.IndexKey;
import skein.storage.index.SlotBitmap;

/**
 * Adds to a new index what was there before it, in bounded steps, beside the applier.
 *
 * <p>Why the result is whole: the population reads at one snapshot, not older than the index, that stays in use until
 * the end. What a later snapshot shows of an entity is either what this one shows, and is added here; or was committed
 * later, and the applier adds it. What the applier takes out again waits for the horizon, which is held back.
 */
public final class IndexPopulation {
    private static final int STEP_ENTITIES = 2_048;

    /** How many are added in one go; the applier may have to wait for these. */
    private static final int LOCKED_ENTRIES = 64;

    private final GraphStore store;
    private final DeclaredIndex index;
    private final long snapshot;
    private final @Nullable SlotBitmap slots;
    private int next;

    /** @param snapshot in use until the population has ended; not older than the index */
    public IndexPopulation(GraphStore store, DeclaredIndex index, long snapshot) {
        this.store = store;
        this.index = index;
        this.snapshot = snapshot;
        this.slots = IndexTracker.slots(store, index.definition());
    }

    private record Entry(IndexKey key, int slot) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            return Comparator.comparing(Entry::key)
                    .thenComparingInt(Entry::slot)
                    .compare(this, other);
        }
    }

    /** Adds some; false when all are in and the index is usable, or is not wanted any more. */
    public boolean step() {
        if (index.isDropped()) {
            return false;
        }
        Entry[] found = new Entry[STEP_ENTITIES];
        int count = 0;
        int slot = slots == null ? -1 : slots.nextAtOrAbove(next);
        for (int looked = 0; slot >= 0 && looked < STEP_ENTITIES; looked++) {
            IndexKey key = key(slot);
            if (key != null) {
                found[count++] = new Entry(key, slot);
            }
            next = slot + 1;
            slot = slots == null ? -1 : slots.nextAtOrAbove(next);
        }
        add(found, count);
        if (slot >= 0) {
            index.populated((int) (99L * next / Math.max(1, limit())));
            return true;
        }
        index.becomeUsable(snapshot);
        return false;
    }

    private void add(Entry[] found, int count) {
        // neighbours in the tree one after the other
        Arrays.sort(found, 0, count);
        for (int from = 0; from < count; from += LOCKED_ENTRIES) {
            synchronized (index) {
                for (int i = from; i < Math.min(count, from + LOCKED_ENTRIES); i++) {
                    index.add(found[i].key, found[i].slot);
                }
            }
        }
    }

    private @Nullable IndexKey key(int slot) {
        return switch (index.definition().kind()) {
            case NODE -> IndexContent.ofNode(index, store.nodes().at(slot, snapshot));
            case NODE_POINT -> IndexContent.ofNode(index, store.nodes().at(slot, snapshot));
            case RELATIONSHIP ->
                IndexContent.ofRelationship(
                        index,
                        store.relationships().typeAt(slot, snapshot),
                        store.relationships().propertiesAt(slot, snapshot));
        };
    }

    private int limit() {
        return switch (index.definition().kind()) {
            case NODE -> store.nodes().limit();
            case NODE_POINT -> store.nodes().limit();
            case RELATIONSHIP -> store.relationships().limit();
        };
    }
}
