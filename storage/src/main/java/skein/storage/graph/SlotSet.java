package skein.storage.graph;

import java.util.Arrays;

/** A few slots, each added once; made for "is this one of those that go". */
final class SlotSet {
    private static final int LINEAR_MAX = 8;

    private int[] values = new int[2];
    private int size;
    private boolean sorted;

    void add(int slot) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = slot;
        sorted = false;
    }

    int size() {
        return size;
    }

    int get(int index) {
        return values[index];
    }

    boolean isDistinct() {
        sort();
        for (int i = 1; i < size; i++) {
            if (values[i] == values[i - 1]) {
                return false;
            }
        }
        return true;
    }

    private void sort() {
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
    }

    boolean contains(int slot) {
        if (size > LINEAR_MAX) {
            sort();
            return Arrays.binarySearch(values, 0, size, slot) >= 0;
        }
        for (int i = 0; i < size; i++) {
            if (values[i] == slot) {
                return true;
            }
        }
        return false;
    }
}
