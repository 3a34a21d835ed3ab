package skein.graph;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Any value Cypher can speak of. {@code equals} is plain equality of content (null equals null, NaN equals NaN, 1 and
 * 1.0 differ); Cypher's equality, equivalence and order are functions over these values.
 *
 * <p>Instance methods here have no bodies, because the constants are values themselves: see {@link Nullness}.
 */
public sealed interface Value extends Nullness {
    /** The one null. */
    Value NULL = new NullValue();

    Value TRUE = new BooleanValue(true);
    Value FALSE = new BooleanValue(false);

    /** Values that can be stored as a property on their own: everything but null, lists, maps and graph entities. */
    sealed interface Scalar extends Value {}

    /** A node, relationship or path, by reference or with its content. */
    sealed interface Entity extends Value {}

    /** Absence. Compare with {@link #isNull()}. */
    record NullValue() implements Value {
        @Override
        public String toString() {
            return "null";
        }
    }

    record BooleanValue(boolean value) implements Scalar {}

    record IntegerValue(long value) implements Scalar {
        private static final int CACHE_LOW = -128;
        private static final IntegerValue[] CACHE = new IntegerValue[1152];

        static {
            for (int i = 0; i < CACHE.length; i++) {
                CACHE[i] = new IntegerValue((long) i + CACHE_LOW);
            }
        }

        static IntegerValue of(long value) {
            long index = value - CACHE_LOW;
            return index >= 0 && index < CACHE.length ? CACHE[(int) index] : new IntegerValue(value);
        }
    }

    record FloatValue(double value) implements Scalar {}

    record StringValue(String value) implements Scalar {}

    /** Raw bytes: accepted as parameter, storable, no Cypher literal. The array is never changed after construction. */
    record BytesValue(byte[] value) implements Scalar {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof BytesValue bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }
    }

    record DateValue(LocalDate value) implements Scalar {}

    record TimeValue(OffsetTime value) implements Scalar {}

    record LocalTimeValue(LocalTime value) implements Scalar {}

    record DateTimeValue(ZonedDateTime value) implements Scalar {}

    record LocalDateTimeValue(LocalDateTime value) implements Scalar {}

    /**
     * A Cypher duration; the three groups are never normalised into one another.
     *
     * @param months years and months
     * @param days weeks and days
     * @param seconds hours, minutes, seconds; may be negative
     * @param nanos 0 to 999,999,999, always added to {@code seconds}
     */
    record DurationValue(long months, long days, long seconds, int nanos) implements Scalar {}

    /**
     * A point.
     *
     * @param srid 7203 cartesian, 9157 cartesian-3d, 4326 wgs-84, 4979 wgs-84-3d
     * @param z NaN for the two-dimensional systems
     */
    record PointValue(int srid, double x, double y, double z) implements Scalar {
        public static final int CARTESIAN = 7203;
        public static final int CARTESIAN_3D = 9157;
        public static final int WGS_84 = 4326;
        public static final int WGS_84_3D = 4979;

        public boolean is3d() {
            return srid == CARTESIAN_3D || srid == WGS_84_3D;
        }
    }

    /** An ordered list; may hold any values, null included. */
    record ListValue(List<Value> values) implements Value {
        public static final ListValue EMPTY = new ListValue(List.of());

        public ListValue {
            values = values instanceof OwnedItems ? values : List.copyOf(values);
        }

        /** Of an array that is given away: nobody may change it any more. */
        public static ListValue ofOwned(Value[] values) {
            return values.length == 0 ? EMPTY : new ListValue(new Items(values));
        }

        /** Of integers, in an array that is given away. */
        public static ListValue ofOwned(long[] values) {
            return values.length == 0 ? EMPTY : new ListValue(new IntegerItems(values));
        }

        /** Of floats, in an array that is given away. */
        public static ListValue ofOwned(double[] values) {
            return values.length == 0 ? EMPTY : new ListValue(new FloatItems(values));
        }
    }

    /**
     * String keys to values, in the order written; null values are kept (a property map of a node never has them).
     *
     * @param entries unmodifiable, in insertion order
     */
    record MapValue(Map<String, Value> entries) implements Value {
        public static final MapValue EMPTY = new MapValue(Map.of());

        public MapValue {
            entries = Entries.copyOf(entries);
        }

        /**
         * Of arrays that are given away; maps may share one of keys. The caller has seen to it that no key stands
         * twice.
         */
        public static MapValue ofOwned(String[] keys, Value[] values) {
            return keys.length == 0 ? EMPTY : new MapValue(new Entries(keys, values));
        }

        /** The value under this key, or {@link Value#NULL}. */
        public Value get(String key) {
            return entries.getOrDefault(key, NULL);
        }
    }

    /** A node within a running query: only its identity. Never leaves the runtime. */
    record NodeReference(long id) implements Entity {}

    /** A relationship within a running query: only its identity. Never leaves the runtime. */
    record RelationshipReference(long id) implements Entity {}

    /**
     * A path within a running query. Never leaves the runtime.
     *
     * @param nodes one more than relationships, in the order walked
     * @param relationships in the order walked; the direction follows from their end nodes
     */
    record PathReference(List<Long> nodes, List<Long> relationships) implements Entity {
        public PathReference {
            nodes = List.copyOf(nodes);
            relationships = List.copyOf(relationships);
        }
    }

    /** A node with its content, as results show it. */
    record NodeValue(long id, List<String> labels, MapValue properties) implements Entity {
        public NodeValue {
            labels = List.copyOf(labels);
        }
    }

    /** A relationship with its content, as results show it. */
    record RelationshipValue(long id, long startId, long endId, String type, MapValue properties) implements Entity {}

    /** A path with its content: {@code nodes.size() == relationships.size() + 1}. */
    record PathValue(List<NodeValue> nodes, List<RelationshipValue> relationships) implements Entity {
        public PathValue {
            nodes = List.copyOf(nodes);
            relationships = List.copyOf(relationships);
        }
    }

    static Value of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Value of(long value) {
        return IntegerValue.of(value);
    }

    static Value of(double value) {
        return new FloatValue(value);
    }

    static Value of(String value) {
        return new StringValue(value);
    }

    static Value of(List<Value> values) {
        return new ListValue(values);
    }
}
