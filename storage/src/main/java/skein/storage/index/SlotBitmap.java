package skein.storage.index;

import java.util.Arrays;
import skein.vocabulary.Invariant;

/**
 * A set of slots, compressed in the manner of Roaring: one container for each 65,536 slots that hold a member, a sorted
 * list while it has few members and a bitmap afterwards. One writer; readers see every member that was added before the
 * snapshot they read at was published, and may or may not see later changes.
 */
public final class SlotBitmap {
    private static final int CONTAINER_BITS = 16;
    private static final int LOW_MASK = (1 << CONTAINER_BITS) - 1;

    private volatile Directory directory = new Directory(new int[0], new SlotContainer[0]);

    /** Known to the writer only. */
    private int size;

    /** Adds a slot; false when it was there. Writer only. */
    public boolean add(int slot) {
        Invariant.check(slot >= 0, "slot %d is negative", slot);
        int position = directory.find(slot >>> CONTAINER_BITS);
        if (position < 0) {
            insertContainer(-position - 1, slot >>> CONTAINER_BITS, SlotContainer.of(slot & LOW_MASK));
            size++;
            return true;
        }
        SlotContainer before = directory.containers[position];
        if (before.contains(slot & LOW_MASK)) {
            return false;
        }
        replace(position, before.with(slot & LOW_MASK));
        size++;
        return true;
    }

    /**
     * Adds slots of a container that has no member yet; answers how many. Writer only.
     *
     * @param container the slots' upper half
     * @param words one bit for each of its 65,536 slots; copied
     */
    public int addAll(int container, long[] words) {
        int position = directory.find(container);
        Invariant.check(position < 0, "container %d has members already", container);
        int added = 0;
        for (long word : words) {
            added += Long.bitCount(word);
        }
        if (added > 0) {
            insertContainer(-position - 1, container, SlotContainer.of(words, added));
            size += added;
        }
        return added;
    }

    /** Removes a slot; false when it was not there. Writer only, and only once no snapshot can need the slot. */
    public boolean remove(int slot) {
        int position = directory.find(slot >>> CONTAINER_BITS);
        if (position < 0 || !directory.containers[position].contains(slot & LOW_MASK)) {
            return false;
        }
        replace(position, directory.containers[position].without(slot & LOW_MASK));
        size--;
        return true;
    }

    /** Whether the slot is a member. */
    public boolean contains(int slot) {
        Directory current = directory;
        int position = current.find(slot >>> CONTAINER_BITS);
        return position >= 0 && current.containers[position].contains(slot & LOW_MASK);
    }

    /** Number of members now. Writer only. */
    public int size() {
        return size;
    }

    /** The smallest member at or above {@code slot}, or -1. */
    public int nextAtOrAbove(int slot) {
        Directory current = directory;
        int high = slot >>> CONTAINER_BITS;
        int position = current.find(high);
        int low = slot & LOW_MASK;
        if (position < 0) {
            position = -position - 1;
            low = 0;
        }
        for (; position < current.keys.length; position++, low = 0) {
            int found = current.containers[position].nextAtOrAbove(low);
            if (found >= 0) {
                return current.keys[position] << CONTAINER_BITS | found;
            }
        }
        return -1;
    }

    private void replace(int position, SlotContainer container) {
        Directory before = directory;
        if (before.containers[position] != container) {
            SlotContainer[] containers = before.containers.clone();
            containers[position] = container;
            directory = new Directory(before.keys, containers);
        }
    }

    private void insertContainer(int position, int key, SlotContainer container) {
        Directory before = directory;
        int length = before.keys.length;
        int[] keys = Arrays.copyOf(before.keys, length + 1);
        SlotContainer[] containers = Arrays.copyOf(before.containers, length + 1);
        System.arraycopy(before.keys, position, keys, position + 1, length - position);
        System.arraycopy(before.containers, position, containers, position + 1, length - position);
        keys[position] = key;
        containers[position] = container;
        directory = new Directory(keys, containers);
    }

    /** Containers by the upper half of their slots; never changed, always replaced. */
    private static final class Directory {
        private final int[] keys;
        private final SlotContainer[] containers;

        private Directory(int[] keys, SlotContainer[] containers) {
            this.keys = keys;
            this.containers = containers;
        }

        private int find(int key) {
            int last = keys.length - 1;
            if (last >= 0 && keys[last] == key) {
                return last;
            }
            return Arrays.binarySearch(keys, key);
        }
    }
}
