package skein.storage.tx;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.log.PropertyCodec;

/** Properties that a transaction set on one entity, in the order first set. NULL stands for "removed". */
final class PropertyChanges {
    private int[] keys = new int[2];
    private Value[] values = new Value[2];
    private int size;

    int size() {
        return size;
    }

    int key(int place) {
        return keys[place];
    }

    Value value(int place) {
        return values[place];
    }

    /** What was set, or null when the key was not touched. */
    @Nullable
    Value get(int key) {
        int place = find(key);
        return place < 0 ? null : values[place];
    }

    void set(int key, Value value) {
        int place = find(key);
        if (place >= 0) {
            values[place] = value;
            return;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        keys[size] = key;
        values[size++] = value;
    }

    /** Keys have got other tokens. */
    void rename(IntUnaryOperator keyTokens) {
        for (int i = 0; i < size; i++) {
            keys[i] = keyTokens.applyAsInt(keys[i]);
        }
    }

    /** False when all it does to this block is to remove what is not in it. */
    boolean changeAnything(byte[] block) {
        for (int i = 0; i < size; i++) {
            if (matters(i, block)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the change at a place does anything to this block. */
    boolean matters(int place, byte[] block) {
        return !values[place].isNull() || keys[place] >= 0 && PropertyCodec.contains(block, keys[place]);
    }

    private int find(int key) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }
}
