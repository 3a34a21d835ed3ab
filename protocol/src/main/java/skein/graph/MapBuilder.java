package skein.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Makes a map value of entries that come one after the other, without copying them. Of no use once it is made. */
public final class MapBuilder {
    /** Maps of at most so many entries are kept in two arrays. */
    public static final int FEW_MAX = Entries.FEW_MAX;

    private final String[] keys;
    private final Value[] values;
    private final @Nullable LinkedHashMap<String, Value> many;
    private int size;

    /** @param count how many entries there will be, at most */
    public MapBuilder(int count) {
        boolean few = count <= Entries.FEW_MAX;
        this.keys = few ? new String[count] : Entries.NO_KEYS;
        this.values = few ? new Value[count] : Entries.NO_VALUES;
        this.many = few ? null : LinkedHashMap.newLinkedHashMap(count);
    }

    /** Answers false, with nothing added, when the key is there already. */
    public boolean put(String key, Value value) {
        if (many != null) {
            return many.putIfAbsent(key, value) == null;
        }
        for (int i = 0; i < size; i++) {
            if (keys[i].equals(key)) {
                return false;
            }
        }
        keys[size] = key;
        values[size++] = value;
        return true;
    }

    public Value.MapValue build() {
        return new Value.MapValue(entries());
    }

    Entries entries() {
        if (many != null) {
            return new Entries(many);
        }
        return size == keys.length
                ? new Entries(keys, values)
                : new Entries(Arrays.copyOf(keys, size), Arrays.copyOf(values, size));
    }
}
