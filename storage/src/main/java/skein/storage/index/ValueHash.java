package skein.storage.index;

import java.time.LocalTime;
import java.time.OffsetTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import skein.graph.Value;

/**
 * Where a value goes in a {@link HashIndex}: values that Cypher's {@code =} calls equal have the same hash (1 and 1.0;
 * lists and maps of such). Times with an offset are hashed by the moment they mean, so that it does not matter here
 * whether equal moments with different offsets count as equal.
 */
public final class ValueHash {
    private static final long ODD = 0x9E37_79B9_7F4A_7C15L;
    private static final double LONG_LIMIT = 0x1p63;

    private ValueHash() {}

    /** The hash of a storable value; never 0. */
    public static long of(Value value) {
        long hash = mixed(value);
        return hash == 0 ? 1 : hash;
    }

    private static long mixed(Value value) {
        return switch (value) {
            case Value.IntegerValue number -> word(1, number.value());
            case Value.FloatValue number -> ofFloat(number.value());
            case Value.BooleanValue truth -> word(3, truth.value() ? 1 : 0);
            case Value.StringValue text -> ofText(text.value());
            case Value.BytesValue bytes -> word(5, Arrays.hashCode(bytes.value()));
            case Value.DateValue date -> word(6, date.value().toEpochDay());
            case Value.TimeValue time -> word(7, nanosUtc(time.value()));
            case Value.LocalTimeValue time -> word(8, time.value().toNanoOfDay());
            case Value.DateTimeValue moment ->
                word(word(9, moment.value().toEpochSecond()), moment.value().getNano());
            case Value.LocalDateTimeValue moment ->
                word(
                        word(10, moment.value().toLocalDate().toEpochDay()),
                        moment.value().toLocalTime().toNanoOfDay());
            case Value.DurationValue d -> word(word(word(word(11, d.months()), d.days()), d.seconds()), d.nanos());
            case Value.PointValue point -> ofPoint(point);
            case Value.ListValue list -> ofList(list.values());
            case Value.MapValue map -> ofMap(map.entries());
            case Value.NullValue absent -> 14;
            case Value.Entity entity -> word(15, entity.hashCode());
        };
    }

    private static long ofFloat(double number) {
        boolean integral = number == Math.rint(number) && number >= -LONG_LIMIT && number < LONG_LIMIT;
        return integral ? word(1, (long) number) : word(2, Double.doubleToLongBits(number));
    }

    /** Not String.hashCode: that one collides for texts people really write. */
    private static long ofText(String text) {
        long hash = 4;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * ODD;
            hash ^= hash >>> 29;
        }
        return word(hash, text.length());
    }

    /** Adding zero makes one zero of the two. The third coordinate is left out: few points differ in it alone. */
    private static long ofPoint(Value.PointValue point) {
        long plane = word(12, point.srid());
        long column = word(plane, Double.doubleToLongBits(point.x() + 0.0));
        return word(column, Double.doubleToLongBits(point.y() + 0.0));
    }

    private static long nanosUtc(OffsetTime time) {
        return time.toLocalTime().toNanoOfDay()
                - time.getOffset().getTotalSeconds() * (LocalTime.of(0, 0, 1).toNanoOfDay());
    }

    private static long ofList(List<Value> values) {
        long hash = 16;
        for (Value value : values) {
            hash = word(hash, of(value));
        }
        return hash;
    }

    /** A sum over the entries: their order does not matter. */
    private static long ofMap(Map<String, Value> entries) {
        long sum = 0;
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            sum += word(ofText(entry.getKey()), of(entry.getValue()));
        }
        return word(17, sum);
    }

    private static long word(long hash, long word) {
        long mixed = (hash ^ word) * ODD;
        return Long.rotateLeft(mixed ^ mixed >>> 32, 23) * ODD;
    }
}
