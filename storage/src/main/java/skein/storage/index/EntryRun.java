package skein.storage.index;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries in order of key and slot, packed: 12 bytes for each and, where keys are longer than eight bytes, the rest of
 * the key and where it ends. A change makes a new run, but for one: an entry after all others is written into the room
 * that is left, where nobody looks before the count says so.
 */
final class EntryRun implements TreeNode {
    /** The most entries in a leaf. */
    static final int LEAF_MAX = 128;

    static final EntryRun EMPTY = new EntryRun(new long[0], new int[0], null, IndexKey.NO_TAIL, 0);

    private final long[] heads;
    private final int[] slots;

    /** Where each tail ends in {@link #tails}; null when there are none. */
    private final int @Nullable [] ends;

    private final byte[] tails;
    private volatile int count;

    private EntryRun(long[] heads, int[] slots, int @Nullable [] ends, byte[] tails, int count) {
        this.heads = heads;
        this.slots = slots;
        this.ends = ends;
        this.tails = tails;
        this.count = count;
    }

    @Override
    public int size() {
        return count;
    }

    int slot(int index) {
        return slots[index];
    }

    IndexKey key(int index) {
        int length = tailLength(index);
        byte[] tail = length == 0 ? IndexKey.NO_TAIL : Arrays.copyOfRange(tails, tailStart(index), tailEnd(index));
        return new IndexKey(heads[index], tail);
    }

    /** Compares the key of an entry with a key. */
    int compare(int index, IndexKey key) {
        long mine = heads[index];
        if (mine != key.head) {
            return mine < key.head ? -1 : 1;
        }
        if (ends == null) {
            return key.tail.length == 0 ? 0 : -1;
        }
        return Arrays.compareUnsigned(tails, tailStart(index), tailEnd(index), key.tail, 0, key.tail.length);
    }

    /** Whether two entries, also of two runs, have the same key. */
    boolean sameKey(int index, EntryRun other, int otherIndex) {
        return heads[index] == other.heads[otherIndex]
                && Arrays.equals(
                        tails,
                        tailStart(index),
                        tailEnd(index),
                        other.tails,
                        other.tailStart(otherIndex),
                        other.tailEnd(otherIndex));
    }

    /** Compares two entries, also of two runs. */
    int compare(int index, EntryRun other, int otherIndex) {
        int heads = Long.compare(this.heads[index], other.heads[otherIndex]);
        if (heads != 0) {
            return heads;
        }
        int rest = Arrays.compareUnsigned(
                tails,
                tailStart(index),
                tailEnd(index),
                other.tails,
                other.tailStart(otherIndex),
                other.tailEnd(otherIndex));
        return rest != 0 ? rest : Integer.compare(slots[index], other.slots[otherIndex]);
    }

    /** How many entries are before this key and slot. */
    int before(IndexKey key, int slot) {
        if (ends == null && key.tail.length == 0) {
            return before(key.head, slot);
        }
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = low + high >>> 1;
            int compared = compare(middle, key);
            if (compared < 0 || compared == 0 && slots[middle] < slot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * As {@link #before(IndexKey, int)} where no key has a tail. Most of the time of a look-up is spent here, so the
     * first loop is one without branches: a wrong guess would also stop the processor from fetching what comes next.
     */
    private int before(long head, int slot) {
        long[] sorted = heads;
        int low = 0;
        int left = count;
        while (left > 0) {
            int half = left + 1 >>> 1;
            low += sorted[low + half - 1] < head ? half : 0;
            left -= half;
        }
        int high = count;
        while (low < high && sorted[low] == head && slots[low] < slot) {
            int middle = low + high >>> 1;
            if (sorted[middle] == head && slots[middle] < slot) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean isAt(int index, IndexKey key, int slot) {
        return index < count && slots[index] == slot && compare(index, key) == 0;
    }

    /** Writes an entry after all others; false when there is no room for it. */
    boolean append(IndexKey key, int slot) {
        int at = count;
        if (at == heads.length) {
            return false;
        }
        if (ends == null) {
            if (key.tail.length > 0) {
                return false;
            }
        } else {
            int start = tailStart(at);
            if (tails.length - start < key.tail.length) {
                return false;
            }
            System.arraycopy(key.tail, 0, tails, start, key.tail.length);
            ends[at] = start + key.tail.length;
        }
        heads[at] = key.head;
        slots[at] = slot;
        count = at + 1;
        return true;
    }

    /** A run with one entry more. At the end it gets room for others that follow. */
    EntryRun with(int index, IndexKey key, int slot) {
        int size = count;
        boolean atEnd = index == size;
        int capacity = atEnd ? Math.max(size + 1, Math.min(LEAF_MAX, Math.max(8, 2 * size))) : size + 1;
        long[] newHeads = Arrays.copyOf(heads, capacity);
        int[] newSlots = Arrays.copyOf(slots, capacity);
        System.arraycopy(heads, index, newHeads, index + 1, size - index);
        System.arraycopy(slots, index, newSlots, index + 1, size - index);
        newHeads[index] = key.head;
        newSlots[index] = slot;
        if (ends == null && key.tail.length == 0) {
            return new EntryRun(newHeads, newSlots, null, IndexKey.NO_TAIL, size + 1);
        }
        int added = key.tail.length;
        int start = tailStart(index);
        int used = tailStart(size);
        int room = atEnd ? (capacity - size - 1) * (added + 1) : 0;
        byte[] newTails = Arrays.copyOf(tails, used + added + room);
        System.arraycopy(key.tail, 0, newTails, start, added);
        System.arraycopy(tails, start, newTails, start + added, used - start);
        int[] newEnds = new int[capacity];
        if (ends != null) {
            System.arraycopy(ends, 0, newEnds, 0, index);
        }
        newEnds[index] = start + added;
        for (int i = index; i < size; i++) {
            newEnds[i + 1] = tailEnd(i) + added;
        }
        return new EntryRun(newHeads, newSlots, newEnds, newTails, size + 1);
    }

    /** A run with one entry less. */
    EntryRun without(int index) {
        return index == 0 ? part(1, count) : part(0, index).followedBy(part(index + 1, count));
    }

    /** Some of the entries, without room for more. */
    EntryRun part(int from, int to) {
        int start = tailStart(from);
        int end = tailStart(to);
        int[] newEnds = null;
        if (ends != null && end > start) {
            newEnds = Arrays.copyOfRange(ends, from, to);
            for (int i = 0; i < newEnds.length; i++) {
                newEnds[i] -= start;
            }
        }
        return new EntryRun(
                Arrays.copyOfRange(heads, from, to),
                Arrays.copyOfRange(slots, from, to),
                newEnds,
                newEnds == null ? IndexKey.NO_TAIL : Arrays.copyOfRange(tails, start, end),
                to - from);
    }

    /** These entries, then those of another run, all of which are greater. */
    EntryRun followedBy(EntryRun next) {
        int size = count;
        int added = next.count;
        long[] newHeads = Arrays.copyOf(heads, size + added);
        int[] newSlots = Arrays.copyOf(slots, size + added);
        System.arraycopy(next.heads, 0, newHeads, size, added);
        System.arraycopy(next.slots, 0, newSlots, size, added);
        if (ends == null && next.ends == null) {
            return new EntryRun(newHeads, newSlots, null, IndexKey.NO_TAIL, size + added);
        }
        int used = tailStart(size);
        int more = next.tailStart(added);
        byte[] newTails = Arrays.copyOf(tails, used + more);
        System.arraycopy(next.tails, 0, newTails, used, more);
        int[] newEnds = new int[size + added];
        for (int i = 0; i < newEnds.length; i++) {
            newEnds[i] = i < size ? tailEnd(i) : used + next.tailEnd(i - size);
        }
        return new EntryRun(newHeads, newSlots, newEnds, newTails, size + added);
    }

    private int tailLength(int index) {
        return tailEnd(index) - tailStart(index);
    }

    private int tailStart(int index) {
        return ends == null || index == 0 ? 0 : ends[index - 1];
    }

    private int tailEnd(int index) {
        return ends == null ? 0 : ends[index];
    }

    /** Makes a run of any length from entries in order. */
    static final class Packer {
        private final long[] heads;
        private final int[] slots;
        private final int[] ends;
        private byte[] tails = IndexKey.NO_TAIL;
        private int used;
        private int size;

        Packer(int capacity) {
            heads = new long[capacity];
            slots = new int[capacity];
            ends = new int[capacity];
        }

        void add(IndexKey key, int slot) {
            int length = key.tail.length;
            if (used + length > tails.length) {
                tails = Arrays.copyOf(tails, Math.max(2 * tails.length, used + length));
            }
            System.arraycopy(key.tail, 0, tails, used, length);
            used += length;
            heads[size] = key.head;
            slots[size] = slot;
            ends[size++] = used;
        }

        EntryRun toRun() {
            return new EntryRun(heads, slots, used == 0 ? null : ends, tails, size);
        }
    }
}
