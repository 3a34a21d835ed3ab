package skein.storage.index;

import java.math.BigDecimal;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import skein.graph.Value;

/**
 * Cypher's {@code <} and its like between stored values: within numbers, texts (by code point), Booleans, bytes, lists
 * and each temporal instant type. Durations, points and maps have no such order, and neither have different types.
 */
public final class ValueOrder {
    private static final OptionalInt NONE = OptionalInt.empty();

    private ValueOrder() {}

    /** How two values stand to each other; empty when every comparison of them is false or null. */
    public static OptionalInt compare(Value left, Value right) {
        return switch (left) {
            case Value.IntegerValue a -> ofInteger(a.value(), right);
            case Value.FloatValue a -> ofFloat(a.value(), right);
            case Value.StringValue a -> right instanceof Value.StringValue b ? some(texts(a.value(), b.value())) : NONE;
            case Value.BooleanValue a ->
                right instanceof Value.BooleanValue b ? some(Boolean.compare(a.value(), b.value())) : NONE;
            case Value.BytesValue a ->
                right instanceof Value.BytesValue b ? some(Arrays.compareUnsigned(a.value(), b.value())) : NONE;
            case Value.DateValue a ->
                right instanceof Value.DateValue b ? some(a.value().compareTo(b.value())) : NONE;
            case Value.LocalTimeValue a ->
                right instanceof Value.LocalTimeValue b ? some(a.value().compareTo(b.value())) : NONE;
            case Value.LocalDateTimeValue a ->
                right instanceof Value.LocalDateTimeValue b ? some(a.value().compareTo(b.value())) : NONE;
            case Value.TimeValue a -> right instanceof Value.TimeValue b ? some(times(a.value(), b.value())) : NONE;
            case Value.DateTimeValue a ->
                right instanceof Value.DateTimeValue b ? some(moments(a.value(), b.value())) : NONE;
            case Value.ListValue a -> right instanceof Value.ListValue b ? lists(a.values(), b.values()) : NONE;
            case Value.DurationValue a -> NONE;
            case Value.PointValue a -> NONE;
            case Value.MapValue a -> NONE;
            case Value.NullValue a -> NONE;
            case Value.Entity a -> NONE;
        };
    }

    private static OptionalInt ofInteger(long number, Value other) {
        return switch (other) {
            case Value.IntegerValue integer -> some(Long.compare(number, integer.value()));
            case Value.FloatValue decimal -> mixed(number, decimal.value());
            default -> NONE;
        };
    }

    private static OptionalInt ofFloat(double number, Value other) {
        return switch (other) {
            case Value.IntegerValue integer -> {
                OptionalInt turned = mixed(integer.value(), number);
                yield turned.isEmpty() ? NONE : some(-turned.getAsInt());
            }
            case Value.FloatValue decimal ->
                Double.isNaN(number) || Double.isNaN(decimal.value())
                        ? NONE
                        : some(number < decimal.value() ? -1 : number > decimal.value() ? 1 : 0);
            default -> NONE;
        };
    }

    private static OptionalInt mixed(long integer, double decimal) {
        if (Double.isNaN(decimal)) {
            return NONE;
        }
        if (Double.isInfinite(decimal)) {
            return some(decimal > 0 ? -1 : 1);
        }
        return some(BigDecimal.valueOf(integer).compareTo(new BigDecimal(decimal)));
    }

    private static int times(OffsetTime left, OffsetTime right) {
        int moments = left.isBefore(right) ? -1 : left.isAfter(right) ? 1 : 0;
        return moments != 0
                ? moments
                : Integer.compare(
                        left.getOffset().getTotalSeconds(), right.getOffset().getTotalSeconds());
    }

    private static int moments(ZonedDateTime left, ZonedDateTime right) {
        int moments = left.toInstant().compareTo(right.toInstant());
        if (moments != 0) {
            return moments;
        }
        int offsets = Integer.compare(
                left.getOffset().getTotalSeconds(), right.getOffset().getTotalSeconds());
        return offsets != 0
                ? offsets
                : left.getZone().getId().compareTo(right.getZone().getId());
    }

    /** The first pair that is not equal decides; a list that ends first is the smaller one. */
    private static OptionalInt lists(List<Value> left, List<Value> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            if (!ValueMatch.equal(left.get(i), right.get(i))) {
                OptionalInt element = compare(left.get(i), right.get(i));
                if (element.isEmpty() || element.getAsInt() != 0) {
                    return element;
                }
            }
        }
        return some(Integer.compare(left.size(), right.size()));
    }

    private static int texts(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean alike = Character.isSurrogate(a) == Character.isSurrogate(b);
                return alike ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private static OptionalInt some(int comparison) {
        return OptionalInt.of(comparison);
    }
}
