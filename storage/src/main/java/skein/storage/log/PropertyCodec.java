package skein.storage.log;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import skein.graph.Value;
import skein.storage.api.GraphReads.PropertyVisitor;
import skein.vocabulary.Invariant;

/**
 * The properties of one entity as one array of bytes, in memory, in the log and in snapshots alike: for each property,
 * in ascending order of key, the key id as varint and the value as {@link ValueCodec} writes it. No properties: no
 * bytes. A null value is never in a block.
 *
 * <p>Blocks are never changed in place; every change makes a new one. Equal properties have equal blocks.
 */
public final class PropertyCodec {
    /** The block without properties. */
    public static final byte[] EMPTY = new byte[0];

    private static final int CAPACITY = 64;

    private PropertyCodec() {}

    /** Packs properties by key; null values are left out. TYPE_ERROR for unstorable values. */
    public static byte[] of(SortedMap<Integer, Value> properties) {
        ByteWriter out = new ByteWriter(CAPACITY);
        for (Map.Entry<Integer, Value> property : properties.entrySet()) {
            if (!property.getValue().isNull()) {
                writeKey(out, property.getKey());
                ValueCodec.write(out, property.getValue());
            }
        }
        return out.size() == 0 ? EMPTY : out.toArray();
    }

    /** The value under the key, or {@link Value#NULL}. */
    public static Value get(byte[] block, int key) {
        ByteReader in = new ByteReader(block);
        return seek(in, key) ? ValueCodec.read(in) : Value.NULL;
    }

    /** Whether there is a value under the key. */
    public static boolean contains(byte[] block, int key) {
        return seek(new ByteReader(block), key);
    }

    /** The block with this value under the key; {@link Value#NULL} removes. TYPE_ERROR for unstorable values. */
    public static byte[] with(byte[] block, int key, Value value) {
        if (value.isNull()) {
            return without(block, key);
        }
        Gap gap = gap(block, key);
        ByteWriter out = new ByteWriter(block.length + CAPACITY);
        out.putBytes(block, 0, gap.from());
        writeKey(out, key);
        ValueCodec.write(out, value);
        out.putBytes(block, gap.to(), block.length);
        return out.toArray();
    }

    /** The block without this key; the same array when it was not there. */
    public static byte[] without(byte[] block, int key) {
        Gap gap = gap(block, key);
        int length = block.length - (gap.to() - gap.from());
        if (length == block.length || length == 0) {
            return length == 0 ? EMPTY : block;
        }
        byte[] result = new byte[length];
        System.arraycopy(block, 0, result, 0, gap.from());
        System.arraycopy(block, gap.to(), result, gap.from(), block.length - gap.to());
        return result;
    }

    /** Calls the visitor for every property, in ascending order of key. */
    public static void visit(byte[] block, PropertyVisitor visitor) {
        ByteReader in = new ByteReader(block);
        while (in.hasRemaining()) {
            int key = in.readNumber();
            visitor.visit(key, ValueCodec.read(in));
        }
    }

    /** How many properties there are. */
    public static int count(byte[] block) {
        ByteReader in = new ByteReader(block);
        int count = 0;
        for (; in.hasRemaining(); count++) {
            in.readNumber();
            ValueCodec.skip(in);
        }
        return count;
    }

    /** The same values under other keys; no two keys may become one. */
    public static byte[] withKeys(byte[] block, IntUnaryOperator keys) {
        SortedMap<Integer, Value> properties = new TreeMap<>();
        visit(block, (key, value) -> {
            Value twin = properties.put(keys.applyAsInt(key), value);
            Invariant.check(twin == null, "two property keys became one: %d", keys.applyAsInt(key));
        });
        return of(properties);
    }

    /** One value on its own, for instance as the key of an index or in a settings record. */
    public static byte[] encodeValue(Value value) {
        ByteWriter out = new ByteWriter(CAPACITY);
        ValueCodec.write(out, value);
        return out.toArray();
    }

    /** Reads what {@link #encodeValue} wrote; STORAGE_FAILURE for anything else. */
    public static Value decodeValue(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        Value value = ValueCodec.read(in);
        in.require(!in.hasRemaining(), "bytes follow the value");
        return value;
    }

    /** Refuses (STORAGE_FAILURE) what {@link #of} cannot have made. */
    static void check(byte[] block) {
        ByteReader in = new ByteReader(block);
        long before = -1;
        while (in.hasRemaining()) {
            int key = in.readNumber();
            in.require(key > before, "property keys are not in order");
            before = key;
            in.require(!ValueCodec.read(in).isNull(), "a property is null");
        }
    }

    private static void writeKey(ByteWriter out, int key) {
        Invariant.check(key >= 0, "property key %d has no id in the dictionary", key);
        out.putVarint(key);
    }

    /** Stops before the value of the key, or answers false. */
    private static boolean seek(ByteReader in, int key) {
        while (in.hasRemaining()) {
            int found = in.readNumber();
            if (found >= key) {
                return found == key;
            }
            ValueCodec.skip(in);
        }
        return false;
    }

    /** Where the property with this key stands, or would stand. */
    private static Gap gap(byte[] block, int key) {
        ByteReader in = new ByteReader(block);
        while (in.hasRemaining()) {
            int from = in.position();
            int found = in.readNumber();
            if (found > key) {
                return new Gap(from, from);
            }
            ValueCodec.skip(in);
            if (found == key) {
                return new Gap(from, in.position());
            }
        }
        return new Gap(block.length, block.length);
    }

    private record Gap(int from, int to) {}
}
