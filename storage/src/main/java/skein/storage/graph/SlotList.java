package skein.storage.graph;

import java.util.Arrays;

/** A growing list of slots. */
public final class SlotList {
    private static final int KEPT_MAX = 1 << 14;

    private static final int CAPACITY_MIN = 8;
    private static final int[] NO_SLOTS = new int[0];

    /** Most lists stay empty: those of transactions that only read. */
    private int[] slots = NO_SLOTS;

    private int size;

    public void add(int slot) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, Math.max(CAPACITY_MIN, 2 * size));
        }
        slots[size++] = slot;
    }

    public int size() {
        return size;
    }

    public int get(int index) {
        return slots[index];
    }

    /** Removes and answers the last one; the list must not be empty. */
    public int removeLast() {
        return slots[--size];
    }

    /** Forgets everything; keeps little room. */
    public void clear() {
        size = 0;
        if (slots.length > KEPT_MAX) {
            slots = NO_SLOTS;
        }
    }
}
