package skein.storage.graph;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * From slots to values, in order of insertion; nothing is ever removed. Open addressing over two plain arrays: a
 * transaction that touches a million nodes pays 16 B for each beside the value.
 */
public final class SlotMap<V> {
    private static final int CAPACITY_MIN = 8;

    private static final int[] NO_SLOTS = new int[0];
    private static final @Nullable Object[] NO_VALUES = new Object[0];

    /** Most maps stay empty: those of transactions that only read. */
    private int[] keys = NO_SLOTS;

    private @Nullable Object[] values = NO_VALUES;
    private int size;

    /** Place in {@link #keys} plus one; 0 is free. Twice the capacity, so at most half full. */
    private int[] places = NO_SLOTS;

    public int size() {
        return size;
    }

    /** The slot at a place, in order of insertion. */
    public int keyAt(int place) {
        return keys[place];
    }

    /** The value at a place, in order of insertion. */
    @SuppressWarnings("unchecked") // only put() writes values
    public V valueAt(int place) {
        V value = (V) values[place];
        if (value == null) {
            throw new IndexOutOfBoundsException(place);
        }
        return value;
    }

    public @Nullable V get(int key) {
        if (size == 0) {
            return null;
        }
        int place = places[find(key)];
        return place == 0 ? null : valueAt(place - 1);
    }

    /** The place of a key, or -1. */
    public int placeOf(int key) {
        return size == 0 ? -1 : places[find(key)] - 1;
    }

    /** Adds a value under a key that is not there yet; answers its place. */
    public int put(int key, V value) {
        if (size == keys.length) {
            grow();
        }
        keys[size] = key;
        values[size] = value;
        places[find(key)] = ++size;
        return size - 1;
    }

    /** Forgets everything; keeps little room. */
    public void clear() {
        if (keys.length > CAPACITY_MIN * 128) {
            keys = NO_SLOTS;
            values = NO_VALUES;
            places = NO_SLOTS;
        } else if (size > 0) {
            Arrays.fill(values, 0, size, null);
            Arrays.fill(places, 0);
        }
        size = 0;
    }

    private int find(int key) {
        int mask = places.length - 1;
        int at = key * 0x9E37_79B9 >>> 7 & mask;
        while (places[at] != 0 && keys[places[at] - 1] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void grow() {
        int capacity = Math.max(CAPACITY_MIN, 2 * keys.length);
        keys = Arrays.copyOf(keys, capacity);
        values = Arrays.copyOf(values, capacity);
        places = new int[2 * capacity];
        for (int i = 0; i < size; i++) {
            places[find(keys[i])] = i + 1;
        }
    }
}
