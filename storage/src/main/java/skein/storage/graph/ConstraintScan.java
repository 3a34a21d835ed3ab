package skein.storage.graph;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.index.HashIndex;
import skein.storage.index.SlotBitmap;
import skein.storage.log.ConstraintDefinition;
import skein.vocabulary.Invariant;

/**
 * Looks for nodes that break a constraint, without its help. May look more than once, at later snapshots: then only at
 * nodes that changed since. The snapshots must be held while it looks. Used by one thread.
 */
public final class ConstraintScan {
    /** It stops looking after so many: enough to see what is wrong. */
    public static final int VIOLATIONS_MAX = 3;

    private static final int SLOTS_PER_BREATH = 1 << 14;
    private static final long NEVER = -1;

    private final GraphStore store;
    private final ConstraintDefinition definition;
    private final int[] keys;

    /** Who was met with which values; versions met earlier that changed since are in it, and are checked when met. */
    private final @Nullable UniqueClaims met;

    private final List<Violation> violations = new ArrayList<>();
    private long seenTs = NEVER;

    public ConstraintScan(GraphStore store, ConstraintDefinition definition) {
        this.store = store;
        this.definition = definition;
        this.keys = DeclaredConstraint.keys(definition);
        this.met =
                definition instanceof ConstraintDefinition.Unique ? new UniqueClaims(definition.label(), keys) : null;
    }

    /**
     * A node that breaks the constraint.
     *
     * @param node its id
     * @param other the node with the same values, or {@link #NOBODY}
     * @param values what it has, one per key; null for a key it lacks
     */
    public record Violation(int node, int other, List<Value> values) {
        /** The node breaks the constraint by itself. */
        public static final int NOBODY = -1;

        public Violation {
            values = List.copyOf(values);
        }
    }

    /** Looks at the nodes as a snapshot shows them, which is not older than the one before. */
    public List<Violation> look(long snapshot) {
        int looked = 0;
        Invariant.check(snapshot >= seenTs, "snapshot %d is older than %d", snapshot, seenTs);
        SlotBitmap slots = store.indexes().nodesWithLabel(definition.label());
        int slot = slots == null ? -1 : slots.nextAtOrAbove(0);
        while (slots != null && slot >= 0 && violations.size() < VIOLATIONS_MAX) {
            NodeVersion version = store.nodes().at(slot, snapshot);
            if (version != null && version.commitTs > seenTs && version.hasLabel(definition.label())) {
                look(slot, version, snapshot);
            }
            breathe(++looked);
            slot = slots.nextAtOrAbove(slot + 1);
        }
        seenTs = snapshot;
        return List.copyOf(violations);
    }

    /** Number of nodes that hold values of a unique constraint, after one look. */
    long holders() {
        return met == null ? 0 : met.size();
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint is all that is wanted: virtual threads have no time slices
    private static void breathe(int looked) {
        if (looked % SLOTS_PER_BREATH == 0) {
            Thread.yield();
        }
    }

    private void look(int slot, NodeVersion version, long snapshot) {
        Value[] values = DeclaredConstraint.values(version, keys);
        int other = met == null ? Violation.NOBODY : twin(met, slot, values, snapshot);
        if (other != Violation.NOBODY || !DeclaredConstraint.allows(definition, values)) {
            violations.add(new Violation(slot, other, List.of(values)));
        }
        if (met != null) {
            met.changed(slot, null, version);
        }
    }

    /** Another node that has these values. */
    private int twin(UniqueClaims claims, int slot, Value[] values, long snapshot) {
        long hash = UniqueClaims.hash(values);
        if (hash == UniqueClaims.FREE) {
            return Violation.NOBODY;
        }
        HashIndex.Hits hits = claims.holders(hash);
        for (int holder = hits.next(); holder >= 0; holder = hits.next()) {
            Value[] held = claims.valuesOf(store.nodes().at(holder, snapshot));
            if (holder != slot && held != null && UniqueClaims.clash(held, values)) {
                return holder;
            }
        }
        return Violation.NOBODY;
    }
}
