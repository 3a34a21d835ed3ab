package skein.storage.graph;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.storage.api.IndexStatistics;
import skein.storage.index.IndexKey;
import skein.storage.index.OrderedIndex;
import skein.storage.log.IndexDefinition;

/**
 * An index that somebody asked for, with the span of snapshots that may use it.
 *
 * <p>While it is populated two threads write to it, the applier and the one that scans, each under the lock of this
 * object and for a short moment; afterwards the applier alone, without a lock. Readers never take it.
 */
public final class DeclaredIndex {
    private static final long NEVER = Long.MAX_VALUE;

    /** An entry in a leaf with its share of slack, an encoded key of a few bytes included. */
    private static final long ENTRY_BYTES = 48;

    private final IndexDefinition definition;
    private final String name;
    private final int[] keys;
    private final long createdTs;
    private final @Nullable OrderedIndex entries;
    private volatile long usableFromTs = NEVER;
    private volatile long droppedTs = NEVER;
    private volatile int populatedPercent;
    private volatile @Nullable IndexStatistics analyzed;

    /** True from the start, or once what was there before is being added: then changes have to be followed. */
    private volatile boolean following;

    DeclaredIndex(IndexDefinition definition, String name, long createdTs) {
        this.definition = definition;
        this.name = name;
        this.keys = definition.keys().stream().mapToInt(Integer::intValue).toArray();
        this.createdTs = createdTs;
        this.entries = keys.length == 0 ? null : new OrderedIndex();
        if (entries == null) {
            follow();
            becomeUsable(createdTs);
        }
    }

    public IndexDefinition definition() {
        return definition;
    }

    /** What people call it; empty when nobody gave it a name. */
    public String name() {
        return name;
    }

    /** Property keys in the order declared. Not to be changed. */
    public int[] keys() {
        return keys;
    }

    /** Whether it is on exactly these keys in this order. */
    public boolean covers(int[] others) {
        return Arrays.equals(keys, others);
    }

    /** Null for an index on a label or type alone: these are indexed anyway. */
    public @Nullable OrderedIndex entries() {
        return entries;
    }

    /** Whether a snapshot shows that the index is declared. */
    public boolean existsAt(long snapshot) {
        return createdTs <= snapshot && snapshot < droppedTs;
    }

    /** About how much heap the entries take. */
    long bytes() {
        OrderedIndex known = entries;
        return known == null ? 0 : known.size() * ENTRY_BYTES;
    }

    /** Whether the index knows everything that a snapshot shows. Once true for a snapshot it stays so. */
    public boolean usableAt(long snapshot) {
        return usableFromTs <= snapshot && snapshot < droppedTs;
    }

    public boolean isPopulated() {
        return usableFromTs != NEVER;
    }

    /** How far it is populated, from 0 to 100. */
    public int populatedPercent() {
        return isPopulated() ? 100 : populatedPercent;
    }

    /** What was found when the index was last analysed, or else about what is in it now. */
    public Optional<IndexStatistics> statistics() {
        OrderedIndex known = entries;
        IndexStatistics found = analyzed;
        if (known == null) {
            return Optional.empty();
        }
        return Optional.of(found != null ? found : new IndexStatistics(known.size(), known.distinctEstimate()));
    }

    /** Remembers statistics; null to go by estimates again. Answers whether there were any before. */
    public boolean analyze(@Nullable IndexStatistics found) {
        boolean known = analyzed != null;
        analyzed = found;
        return known;
    }

    public long createdTs() {
        return createdTs;
    }

    public boolean isDropped() {
        return droppedTs != NEVER;
    }

    void drop(long commitTs) {
        droppedTs = commitTs;
    }

    boolean isFollowing() {
        return following;
    }

    void follow() {
        following = true;
    }

    void populated(int percent) {
        populatedPercent = percent;
    }

    /** Nothing but the applier adds from here on. */
    void becomeUsable(long snapshot) {
        usableFromTs = snapshot;
    }

    void add(IndexKey key, int slot) {
        OrderedIndex known = entries;
        if (known == null) {
            return;
        }
        if (isPopulated()) {
            known.add(key, slot);
        } else {
            synchronized (this) {
                known.add(key, slot);
            }
        }
    }

    void remove(IndexKey key, int slot) {
        OrderedIndex known = entries;
        if (known == null) {
            return;
        }
        if (isPopulated()) {
            known.remove(key, slot);
        } else {
            synchronized (this) {
                known.remove(key, slot);
            }
        }
    }
}
