package skein.cypher.expression.value;

import java.util.List;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.StringValue;

/**
 * About how much heap a value takes, for memory accounts: an estimate from the object layout of a 64-bit JVM with
 * compressed references, counted as if nothing were shared.
 */
public final class Footprint {
    /** An entry of a hash set with its key, without the value in the key. */
    public static final long HASH_ENTRY_BYTES = 32 + 24 + 24;

    private static final long REFERENCE_BYTES = 4;
    private static final long OBJECT_BYTES = 24;

    private Footprint() {}

    public static long bytes(Value value) {
        return switch (value) {
            case StringValue(String text) -> 2 * OBJECT_BYTES + OBJECT_BYTES + text.length();
            case Value.BytesValue(byte[] bytes) -> 2 * OBJECT_BYTES + bytes.length;
            case ListValue list -> 2 * OBJECT_BYTES + all(list.values());
            case MapValue map -> 3 * OBJECT_BYTES + map(map);
            case Value.Entity ignored -> OBJECT_BYTES;
            case Value.Scalar ignored -> 2 * OBJECT_BYTES;
            case Value.NullValue ignored -> REFERENCE_BYTES;
        };
    }

    private static long all(Iterable<Value> values) {
        long sum = 0;
        for (Value value : values) {
            sum += REFERENCE_BYTES + bytes(value);
        }
        return sum;
    }

    private static long map(MapValue map) {
        long keys = map.entries().keySet().stream()
                .mapToLong(key -> HASH_ENTRY_BYTES + key.length())
                .sum();
        return keys + all(List.copyOf(map.entries().values()));
    }
}
