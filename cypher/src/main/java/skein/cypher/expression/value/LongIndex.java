package skein.cypher.expression.value;

import java.util.Arrays;

/**
 * Longs numbered from 0 in the order they came, each once: a hash set, and with something beside it under the same
 * numbers a hash table. Open addressing over two plain arrays, no object for an entry.
 */
public final class LongIndex {
    private static final int CAPACITY_MIN = 16;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final long[] NO_KEYS = new long[0];
    private static final int[] NO_PLACES = new int[0];

    private long[] keys = NO_KEYS;

    /** A number plus one; 0 is free. Twice the capacity, so at most half full. */
    private int[] places = NO_PLACES;

    private int size;
    private int shift;

    public int size() {
        return size;
    }

    public long key(int number) {
        return keys[number];
    }

    /** The number of a key, or -1. */
    public int find(long key) {
        return size == 0 ? -1 : places[place(key)] - 1;
    }

    /** The number of a key; it is new if that is what {@link #size} was before. */
    public int add(long key) {
        if (size == keys.length) {
            grow();
        }
        int place = place(key);
        if (places[place] == 0) {
            keys[size++] = key;
            places[place] = size;
        }
        return places[place] - 1;
    }

    /** Where a key stands, or the free place where it would. */
    private int place(long key) {
        int mask = places.length - 1;
        int place = (int) (key * MIX >>> shift);
        while (places[place] != 0 && keys[places[place] - 1] != key) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        int capacity = Math.max(CAPACITY_MIN, 2 * keys.length);
        keys = Arrays.copyOf(keys, capacity);
        places = new int[2 * capacity];
        shift = Long.SIZE - Integer.numberOfTrailingZeros(places.length);
        for (int number = 0; number < size; number++) {
            places[place(keys[number])] = number + 1;
        }
    }

    public void clear() {
        if (size > 0) {
            Arrays.fill(places, 0);
            size = 0;
        }
    }
}
