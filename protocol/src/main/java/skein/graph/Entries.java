package skein.graph;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a map value, in the order they came; never change. Few are kept in two arrays, which take a fifth of
 * what a hash table takes; many in a table whose look-ups stay quick whatever keys a stranger chooses.
 */
final class Entries extends AbstractMap<String, Value> {
    /** So many are compared one after the other as quickly as they are hashed. */
    static final int FEW_MAX = 8;

    static final String[] NO_KEYS = {};
    static final Value[] NO_VALUES = {};

    private final String[] keys;
    private final Value[] values;
    private final Map<String, Value> many;

    /** Few; the arrays are given away. */
    Entries(String[] keys, Value[] values) {
        this.keys = keys;
        this.values = values;
        this.many = Map.of();
    }

    /** Many; the table is given away. */
    Entries(LinkedHashMap<String, Value> many) {
        this.keys = NO_KEYS;
        this.values = NO_VALUES;
        this.many = Collections.unmodifiableMap(many);
    }

    static Entries copyOf(Map<String, Value> entries) {
        if (entries instanceof Entries already) {
            return already;
        }
        if (entries.size() > FEW_MAX) {
            return new Entries(new LinkedHashMap<>(entries));
        }
        MapBuilder builder = new MapBuilder(entries.size());
        entries.forEach(builder::put);
        return builder.entries();
    }

    private int place(@Nullable Object key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public @Nullable Value get(@Nullable Object key) {
        if (!many.isEmpty()) {
            return many.get(key);
        }
        int place = place(key);
        return place < 0 ? null : values[place];
    }

    @Override
    public Value getOrDefault(@Nullable Object key, Value absent) {
        Value value = get(key);
        return value == null ? absent : value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return many.isEmpty() ? keys.length : many.size();
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super Value> action) {
        many.forEach(action);
        for (int i = 0; i < keys.length; i++) {
            action.accept(keys[i], values[i]);
        }
    }

    @Override
    public Set<Entry<String, Value>> entrySet() {
        return many.isEmpty() ? new Few() : many.entrySet();
    }

    private final class Few extends AbstractSet<Entry<String, Value>> {
        @Override
        public int size() {
            return keys.length;
        }

        @Override
        public Iterator<Entry<String, Value>> iterator() {
            return new Iterator<>() {
                private int next;

                @Override
                public boolean hasNext() {
                    return next < keys.length;
                }

                @Override
                public Entry<String, Value> next() {
                    if (next == keys.length) {
                        throw new NoSuchElementException();
                    }
                    return Map.entry(keys[next], values[next++]);
                }
            };
        }
    }
}
