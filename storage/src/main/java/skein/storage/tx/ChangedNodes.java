package skein.storage.tx;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import skein.graph.Value;
import skein.storage.graph.SlotList;
import skein.storage.graph.SlotMap;
import skein.storage.index.ValueHash;

/**
 * Finds the nodes whose labels or properties a transaction has set, by label and by property, without looking at all of
 * them: a transaction that loads many nodes and looks each of them up stays linear. A lookup is built when it is first
 * asked for, and catches up with what was touched since whenever it is asked again. Used by one thread.
 */
final class ChangedNodes {
    /** Rough heap of one entry of a lookup. */
    private static final long ENTRY_BYTES = 200;

    private static final int ANY_KEY = Integer.MIN_VALUE;
    private static final SlotMap<NodeChange> NONE = new SlotMap<>();

    private final SlotMap<NodeChange> nodes;
    private final LongConsumer charge;

    /** Touched nodes in order; one that is touched again after a lookup has seen it stands here again. */
    private final SlotList touches = new SlotList();

    private final Map<Subject, Lookup> lookups = new HashMap<>();
    private int seen;

    /**
     * @param nodes all changes of the transaction
     * @param charge accounts for memory
     */
    ChangedNodes(SlotMap<NodeChange> nodes, LongConsumer charge) {
        this.nodes = nodes;
        this.charge = charge;
    }

    /** @param key {@link #ANY_KEY} for all nodes with the label */
    private record Subject(int label, int key) {}

    private static final class Lookup {
        final Map<Long, SlotMap<NodeChange>> nodesByHash = new HashMap<>();
        int position;
    }

    /** Tokens have changed: lookups are built anew when asked for. */
    void forgetLookups() {
        lookups.clear();
    }

    /** How many touches there were; a mark for {@link NodeChange#touchedBefore}. */
    int mark() {
        return touches.size();
    }

    /** To be called whenever labels or properties of a node are about to be set, and when a node is created. */
    void touch(int slot, NodeChange change) {
        change.touchedAt(touches.size());
        boolean waiting = touches.size() > seen && touches.get(touches.size() - 1) == slot;
        if (!waiting) {
            touches.add(slot);
        }
    }

    /** Touched nodes that have or had the label, and maybe others. */
    SlotMap<NodeChange> withLabel(int label) {
        return find(new Subject(label, ANY_KEY), 0);
    }

    /** Touched nodes that have or had the label and such a value, and maybe others. */
    SlotMap<NodeChange> withProperty(int label, int key, Value value) {
        return find(new Subject(label, key), ValueHash.of(value));
    }

    private SlotMap<NodeChange> find(Subject subject, long hash) {
        if (touches.size() == 0) {
            return NONE;
        }
        Lookup lookup = lookups.computeIfAbsent(subject, _ -> new Lookup());
        for (; lookup.position < touches.size(); lookup.position++) {
            int slot = touches.get(lookup.position);
            NodeChange change = nodes.valueAt(nodes.placeOf(slot));
            if (change.hasLabel(subject.label)) {
                add(lookup, subject, slot, change);
            }
        }
        seen = touches.size();
        return lookup.nodesByHash.getOrDefault(hash, NONE);
    }

    private void add(Lookup lookup, Subject subject, int slot, NodeChange change) {
        long hash = 0;
        if (subject.key != ANY_KEY) {
            Value value = MergedReads.property(change, subject.key);
            if (value.isNull()) {
                return;
            }
            hash = ValueHash.of(value);
        }
        SlotMap<NodeChange> found = lookup.nodesByHash.computeIfAbsent(hash, _ -> new SlotMap<>());
        if (found.placeOf(slot) < 0) {
            charge.accept(ENTRY_BYTES);
            found.put(slot, change);
        }
    }
}
