package skein.cypher.expression.value;

import java.math.BigInteger;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.PointValue;

/**
 * The total order of ORDER BY, {@code min} and {@code max}. Types first, in the order of {@link #rank}; null is last
 * and NaN just before it. Within a type: instants by their point in time and then by zone, durations by their average
 * length, strings by code point, lists and paths element by element, maps by size, then keys, then values.
 */
public final class Ordering implements Comparator<Value> {
    public static final Ordering ASCENDING = new Ordering();

    /** A twelfth of the Gregorian year of 365.2425 days. */
    private static final long SECONDS_PER_MONTH = 2_629_746;

    private static final long SECONDS_PER_DAY = 86_400;

    private Ordering() {}

    @Override
    public int compare(Value left, Value right) {
        int ranks = Integer.compare(rank(left), rank(right));
        return ranks != 0 ? ranks : withinRank(left, right);
    }

    private static int rank(Value value) {
        return switch (value) {
            case MapValue ignored -> 0;
            case Value.NodeReference ignored -> 1;
            case Value.NodeValue ignored -> 1;
            case Value.RelationshipReference ignored -> 2;
            case Value.RelationshipValue ignored -> 2;
            case Value.ListValue ignored -> 3;
            case Value.PathReference ignored -> 4;
            case Value.PathValue ignored -> 4;
            case PointValue ignored -> 5;
            case Value.DateTimeValue ignored -> 6;
            case Value.LocalDateTimeValue ignored -> 7;
            case Value.DateValue ignored -> 8;
            case Value.TimeValue ignored -> 9;
            case Value.LocalTimeValue ignored -> 10;
            case DurationValue ignored -> 11;
            case Value.BytesValue ignored -> 12;
            case Value.StringValue ignored -> 13;
            case Value.BooleanValue ignored -> 14;
            case Value.IntegerValue ignored -> 15;
            case Value.FloatValue number -> Double.isNaN(number.value()) ? 16 : 15;
            case Value.NullValue ignored -> 17;
        };
    }

    private int withinRank(Value left, Value right) {
        return switch (left) {
            case MapValue a -> maps(a, (MapValue) right);
            case Value.ListValue a -> elements(a.values(), ((Value.ListValue) right).values());
            case Value.Entity ignored -> entities(left, right);
            case PointValue a -> points(a, (PointValue) right);
            case Value.DateTimeValue a -> instants(a.value(), ((Value.DateTimeValue) right).value());
            case Value.LocalDateTimeValue a -> a.value().compareTo(((Value.LocalDateTimeValue) right).value());
            case Value.DateValue a -> a.value().compareTo(((Value.DateValue) right).value());
            case Value.TimeValue a -> times(a.value(), ((Value.TimeValue) right).value());
            case Value.LocalTimeValue a -> a.value().compareTo(((Value.LocalTimeValue) right).value());
            case DurationValue a -> durations(a, (DurationValue) right);
            case Value.BytesValue a -> Arrays.compareUnsigned(a.value(), ((Value.BytesValue) right).value());
            case Value.StringValue a -> strings(a.value(), ((Value.StringValue) right).value());
            case Value.BooleanValue a -> Boolean.compare(a.value(), ((Value.BooleanValue) right).value());
            case Value.IntegerValue ignored -> Numbers.compare(left, right);
            case Value.FloatValue ignored -> Numbers.isNaN(left) ? 0 : Numbers.compare(left, right);
            case Value.NullValue ignored -> 0;
        };
    }

    private int elements(List<Value> left, List<Value> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int element = compare(left.get(i), right.get(i));
            if (element != 0) {
                return element;
            }
        }
        return Integer.compare(left.size(), right.size());
    }

    private int maps(MapValue left, MapValue right) {
        int sizes = Integer.compare(left.entries().size(), right.entries().size());
        if (sizes != 0) {
            return sizes;
        }
        TreeMap<String, Value> a = new TreeMap<>(left.entries());
        TreeMap<String, Value> b = new TreeMap<>(right.entries());
        int keys = Arrays.compare(a.keySet().toArray(new String[0]), b.keySet().toArray(new String[0]));
        return keys != 0 ? keys : elements(List.copyOf(a.values()), List.copyOf(b.values()));
    }

    private static int entities(Value left, Value right) {
        if (Entities.isNode(left)) {
            return Long.compare(Entities.nodeId(left), Entities.nodeId(right));
        }
        if (Entities.isRelationship(left)) {
            return Long.compare(Entities.relationshipId(left), Entities.relationshipId(right));
        }
        int nodes = ids(Entities.nodeIds(left), Entities.nodeIds(right));
        return nodes != 0 ? nodes : ids(Entities.relationshipIds(left), Entities.relationshipIds(right));
    }

    private static int ids(List<Long> left, List<Long> right) {
        return Arrays.compare(left.toArray(new Long[0]), right.toArray(new Long[0]));
    }

    private static int points(PointValue left, PointValue right) {
        int srid = Integer.compare(left.srid(), right.srid());
        int x = srid != 0 ? srid : Double.compare(left.x(), right.x());
        int y = x != 0 ? x : Double.compare(left.y(), right.y());
        return y != 0 ? y : Double.compare(left.z(), right.z());
    }

    private static int instants(ZonedDateTime left, ZonedDateTime right) {
        int seconds = Long.compare(left.toEpochSecond(), right.toEpochSecond());
        int nanos = seconds != 0 ? seconds : Integer.compare(left.getNano(), right.getNano());
        int offsets = nanos != 0
                ? nanos
                : Integer.compare(
                        left.getOffset().getTotalSeconds(), right.getOffset().getTotalSeconds());
        return offsets != 0
                ? offsets
                : left.getZone().getId().compareTo(right.getZone().getId());
    }

    private static int times(OffsetTime left, OffsetTime right) {
        if (left.isBefore(right)) {
            return -1;
        }
        if (left.isAfter(right)) {
            return 1;
        }
        return Integer.compare(
                left.getOffset().getTotalSeconds(), right.getOffset().getTotalSeconds());
    }

    private static int durations(DurationValue left, DurationValue right) {
        int length = averageSeconds(left).compareTo(averageSeconds(right));
        int nanos = length != 0 ? length : Integer.compare(left.nanos(), right.nanos());
        int months = nanos != 0 ? nanos : Long.compare(left.months(), right.months());
        return months != 0 ? months : Long.compare(left.days(), right.days());
    }

    private static BigInteger averageSeconds(DurationValue duration) {
        return BigInteger.valueOf(duration.months())
                .multiply(BigInteger.valueOf(SECONDS_PER_MONTH))
                .add(BigInteger.valueOf(duration.days()).multiply(BigInteger.valueOf(SECONDS_PER_DAY)))
                .add(BigInteger.valueOf(duration.seconds()));
    }

    /** By code point; differs from {@code String.compareTo} for characters beyond the basic plane. */
    static int strings(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
