package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.index.HashIndex;
import skein.storage.index.ValueHash;
import skein.storage.index.ValueMatch;

/**
 * Who holds which values of a unique constraint: exactly what the newest applied state shows, not what older snapshots
 * saw, for nobody but the sequencer asks and it asks for the newest. One writer; a reader may look at the same time and
 * checks each holder it meets against the node, because different values may share a hash.
 */
public final class UniqueClaims {
    /** In place of a hash: the node claims nothing. */
    public static final long FREE = 0;

    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;

    private final int label;
    private final int[] keys;
    private final HashIndex holders = new HashIndex();

    UniqueClaims(int label, int[] keys) {
        this.label = label;
        this.keys = keys;
    }

    /** The hash of values, one per key; {@link #FREE} when one is missing or, like NaN, equals nothing. */
    public static long hash(Value[] values) {
        long hash = values.length;
        for (Value value : values) {
            if (!ValueMatch.equal(value, value)) {
                return FREE;
            }
            hash = (hash ^ ValueHash.of(value)) * ODD;
            hash ^= hash >>> 32;
        }
        return hash == FREE ? 1 : hash;
    }

    /** Whether two nodes with these values may not be. */
    public static boolean clash(Value[] left, Value[] right) {
        for (int i = 0; i < left.length; i++) {
            if (!ValueMatch.equal(left[i], right[i])) {
                return false;
            }
        }
        return true;
    }

    /** The values of a version, one per key, nulls among them; null when it is not of the label. */
    public Value @Nullable [] valuesOf(@Nullable NodeVersion version) {
        if (version == null || version.deleted() || !version.hasLabel(label)) {
            return null;
        }
        return DeclaredConstraint.values(version, keys);
    }

    /** Nodes that hold values with this hash. */
    public HashIndex.Hits holders(long hash) {
        return holders.find(hash);
    }

    /** Number of nodes that hold values. */
    public long size() {
        return holders.size();
    }

    /** Writer only. */
    void changed(int slot, @Nullable NodeVersion before, @Nullable NodeVersion after) {
        long was = hashOf(before);
        long is = hashOf(after);
        if (was == is) {
            return;
        }
        if (is != FREE) {
            holders.add(is, slot);
        }
        if (was != FREE) {
            holders.remove(was, slot);
        }
    }

    long hashOf(@Nullable NodeVersion version) {
        Value[] values = valuesOf(version);
        return values == null ? FREE : hash(values);
    }
}
