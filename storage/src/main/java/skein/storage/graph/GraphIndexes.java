package skein.storage.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.storage.index.SlotBitmap;
import skein.storage.log.IndexDefinition;

/** All indexes of one graph: every label and every type by themselves, and what was declared. */
public final class GraphIndexes {
    private final Members labels = new Members();
    private final Members types = new Members();
    private volatile List<DeclaredIndex> declared = List.of();

    /** Slots of nodes that have the label or lately had it; null when there never was one. */
    public @Nullable SlotBitmap nodesWithLabel(int label) {
        return labels.slots(label);
    }

    /** As {@link #nodesWithLabel}, for relationships of a type. */
    public @Nullable SlotBitmap relationshipsWithType(int type) {
        return types.slots(type);
    }

    /** Indexes that a snapshot shows as declared, in order of creation; some may not be usable yet. */
    public List<DeclaredIndex> declaredAt(long snapshot) {
        List<DeclaredIndex> all = declared;
        for (DeclaredIndex index : all) {
            if (!index.existsAt(snapshot)) {
                return all.stream().filter(other -> other.existsAt(snapshot)).toList();
            }
        }
        return all;
    }

    /** Whether some index still has to be filled with what was there before it. */
    public boolean isUnpopulated() {
        return unpopulated() != null;
    }

    /** The oldest such index, or null. */
    public @Nullable DeclaredIndex unpopulated() {
        for (DeclaredIndex index : declared) {
            if (index.isFollowing() && !index.isPopulated() && !index.isDropped()) {
                return index;
            }
        }
        return null;
    }

    long nodesWithLabelAt(int label, long snapshot) {
        return labels.countAt(label, snapshot);
    }

    long relationshipsWithTypeAt(int type, long snapshot) {
        return types.countAt(type, snapshot);
    }

    /** About how much heap all indexes take. */
    long bytes() {
        long bytes = labels.bytes() + types.bytes();
        for (DeclaredIndex index : declared) {
            bytes += index.bytes();
        }
        return bytes;
    }

    Members labels() {
        return labels;
    }

    Members types() {
        return types;
    }

    List<DeclaredIndex> declared() {
        return declared;
    }

    void declare(DeclaredIndex index) {
        List<DeclaredIndex> more = new ArrayList<>(declared);
        more.add(index);
        declared = List.copyOf(more);
    }

    void forget(DeclaredIndex index) {
        declared = declared.stream().filter(other -> other != index).toList();
    }

    @Nullable
    DeclaredIndex find(IndexDefinition definition) {
        for (DeclaredIndex index : declared) {
            if (index.definition().equals(definition) && !index.isDropped()) {
                return index;
            }
        }
        return null;
    }

    /** Slots and exact counts by token. One writer, any readers. */
    static final class Members {
        /** A place in a sorted container; in a dense one it is less. */
        private static final long MEMBER_BYTES = 2;

        private volatile Entry[] byToken = new Entry[0];

        /** Known to the writer only. */
        private long members;

        long bytes() {
            return members * MEMBER_BYTES;
        }

        @Nullable
        SlotBitmap slots(int token) {
            Entry[] current = byToken;
            return token >= 0 && token < current.length ? current[token].slots : null;
        }

        long countAt(int token, long snapshot) {
            Entry[] current = byToken;
            return token >= 0 && token < current.length ? current[token].count.at(snapshot) : 0;
        }

        void add(int token, int slot) {
            members += entry(token).slots.add(slot) ? 1 : 0;
        }

        /** Members of one container at once; safe for several threads as long as nobody else writes. */
        synchronized void addAll(int token, int container, long[] words, long commitTs) {
            int added = entry(token).slots.addAll(container, words);
            members += added;
            entry(token).count.add(added, commitTs, GraphWriter.NO_READERS);
        }

        void remove(int token, int slot) {
            members -= entry(token).slots.remove(slot) ? 1 : 0;
        }

        void count(int token, long delta, long commitTs, long horizon) {
            entry(token).count.add(delta, commitTs, horizon);
        }

        private Entry entry(int token) {
            Entry[] current = byToken;
            if (token >= current.length) {
                Entry[] more = Arrays.copyOf(current, token + 1);
                for (int i = current.length; i <= token; i++) {
                    more[i] = new Entry();
                }
                byToken = more;
                return more[token];
            }
            return current[token];
        }
    }

    private static final class Entry {
        private final SlotBitmap slots = new SlotBitmap();
        private final VersionedCount count = new VersionedCount();
    }
}
