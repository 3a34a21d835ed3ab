package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.storage.index.HashIndex;

/** An index that somebody asked for, with the span of snapshots that may use it. */
public final class DeclaredIndex {
    /** In place of a property key: the index is on the label alone. */
    public static final int NO_KEY = -1;

    /** A place in the table at the mean of its fill. */
    private static final long ENTRY_BYTES = 28;

    private final int label;
    private final int key;
    private final long createdTs;
    private final @Nullable HashIndex entries;
    private volatile long droppedTs = Long.MAX_VALUE;

    DeclaredIndex(int label, int key, long createdTs) {
        this.label = label;
        this.key = key;
        this.createdTs = createdTs;
        this.entries = key == NO_KEY ? null : new HashIndex();
    }

    public int label() {
        return label;
    }

    /** The property key, or {@link #NO_KEY}. */
    public int key() {
        return key;
    }

    /** Null for an index on a label alone: every label is indexed anyway. */
    public @Nullable HashIndex entries() {
        return entries;
    }

    /** An index knows only what was there when it was built, so older snapshots must not use it. */
    public boolean usableAt(long snapshot) {
        return createdTs <= snapshot && snapshot < droppedTs;
    }

    /** About how much heap the entries take. */
    long bytes() {
        return entries == null ? 0 : entries.size() * ENTRY_BYTES;
    }

    void drop(long commitTs) {
        droppedTs = commitTs;
    }

    boolean dropped() {
        return droppedTs != Long.MAX_VALUE;
    }
}
