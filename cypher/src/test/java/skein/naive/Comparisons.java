package skein.naive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import skein.graph.Value;
import skein.graph.Value.BooleanValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.StringValue;

/** Equality, comparison, order and equivalence. Truth values are TRUE, FALSE and NULL. */
final class Comparisons {
    private static final int NUMBER_RANK = 14;

    private Comparisons() {}

    /** {@code a = b}. */
    static Value equal(Value a, Value b) {
        if (a.isNull() || b.isNull()) {
            return Value.NULL;
        }
        if (isNumber(a) && isNumber(b)) {
            return Value.of(!isNaN(a) && !isNaN(b) && compareNumbers(a, b) == 0);
        }
        if (a instanceof ListValue x && b instanceof ListValue y) {
            return equalLists(x.values(), y.values());
        }
        if (a instanceof MapValue x && b instanceof MapValue y) {
            if (!x.entries().keySet().equals(y.entries().keySet())) {
                return Value.FALSE;
            }
            List<String> keys = List.copyOf(x.entries().keySet());
            return equalLists(
                    keys.stream().map(x::get).toList(),
                    keys.stream().map(y::get).toList());
        }
        return Value.of(a.equals(b));
    }

    /** One pair that differs decides, then one that is unknown. */
    private static Value equalLists(List<Value> a, List<Value> b) {
        if (a.size() != b.size()) {
            return Value.FALSE;
        }
        List<Value> pairs = new ArrayList<>();
        for (int i = 0; i < a.size(); i++) {
            pairs.add(equal(a.get(i), b.get(i)));
        }
        if (pairs.contains(Value.FALSE)) {
            return Value.FALSE;
        }
        return pairs.contains(Value.NULL) ? Value.NULL : Value.TRUE;
    }

    /** The sign of a comparison that has one; {@code nan} is set apart because it makes everything false. */
    private record Relation(boolean known, boolean nan, int sign) {
        static final Relation UNKNOWN = new Relation(false, false, 0);
        static final Relation NAN = new Relation(true, true, 0);
    }

    static Value less(Value a, Value b) {
        Relation relation = relation(a, b);
        return relation.known ? Value.of(!relation.nan && relation.sign < 0) : Value.NULL;
    }

    static Value lessOrEqual(Value a, Value b) {
        Relation relation = relation(a, b);
        return relation.known ? Value.of(!relation.nan && relation.sign <= 0) : Value.NULL;
    }

    private static Relation relation(Value a, Value b) {
        if (isNumber(a) && isNumber(b)) {
            return isNaN(a) || isNaN(b) ? Relation.NAN : new Relation(true, false, compareNumbers(a, b));
        }
        if (a instanceof ListValue x && b instanceof ListValue y) {
            return relation(x.values(), y.values());
        }
        boolean ordered = rank(a) == rank(b)
                && switch (a) {
                    case StringValue ignored -> true;
                    case BooleanValue ignored -> true;
                    case Value.DateValue ignored -> true;
                    case Value.LocalDateTimeValue ignored -> true;
                    case Value.LocalTimeValue ignored -> true;
                    default -> false;
                };
        return ordered ? new Relation(true, false, order(a, b)) : Relation.UNKNOWN;
    }

    private static Relation relation(List<Value> a, List<Value> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            Relation element = relation(a.get(i), b.get(i));
            if (!element.known || element.nan || element.sign != 0) {
                return element;
            }
        }
        return new Relation(true, false, Integer.compare(a.size(), b.size()));
    }

    static boolean isNumber(Value value) {
        return value instanceof IntegerValue || value instanceof FloatValue;
    }

    static boolean isNaN(Value value) {
        return value instanceof FloatValue(double number) && Double.isNaN(number);
    }

    private static OptionalInt infinite(Value value) {
        return value instanceof FloatValue(double number) && Double.isInfinite(number)
                ? OptionalInt.of(number > 0 ? 1 : -1)
                : OptionalInt.empty();
    }

    /** Of any two numbers but NaN, exactly. */
    private static int compareNumbers(Value a, Value b) {
        if (infinite(a).isPresent() || infinite(b).isPresent()) {
            return Integer.compare(infinite(a).orElse(0), infinite(b).orElse(0));
        }
        return exact(a).compareTo(exact(b));
    }

    private static BigDecimal exact(Value value) {
        return switch (value) {
            case IntegerValue(long number) -> BigDecimal.valueOf(number);
            case FloatValue(double number) -> new BigDecimal(number);
            default -> throw Unjudged.unknown(value);
        };
    }

    /** The place of a type in ORDER BY. */
    private static int rank(Value value) {
        return switch (value) {
            case MapValue ignored -> 0;
            case Value.NodeReference ignored -> 1;
            case Value.RelationshipReference ignored -> 2;
            case ListValue ignored -> 3;
            case Value.PathReference ignored -> 4;
            case Value.PointValue ignored -> 5;
            case Value.DateTimeValue ignored -> 6;
            case Value.LocalDateTimeValue ignored -> 7;
            case Value.DateValue ignored -> 8;
            case Value.TimeValue ignored -> 9;
            case Value.LocalTimeValue ignored -> 10;
            case Value.DurationValue ignored -> 11;
            case StringValue ignored -> 12;
            case BooleanValue ignored -> 13;
            case IntegerValue ignored -> NUMBER_RANK;
            case FloatValue ignored -> NUMBER_RANK;
            case Value.NullValue ignored -> NUMBER_RANK + 1;
            default -> throw Unjudged.unknown(value);
        };
    }

    /** The order of ORDER BY, min and max: between any two values. */
    static int order(Value a, Value b) {
        if (rank(a) != rank(b)) {
            return Integer.compare(rank(a), rank(b));
        }
        return switch (a) {
            case IntegerValue ignored -> orderNumbers(a, b);
            case FloatValue ignored -> orderNumbers(a, b);
            case StringValue(String x) -> byCodePoint(x, ((StringValue) b).value());
            case BooleanValue(boolean x) -> Boolean.compare(x, ((BooleanValue) b).value());
            case ListValue x -> orderLists(x.values(), ((ListValue) b).values());
            case Value.DateValue(var x) -> x.compareTo(((Value.DateValue) b).value());
            case Value.LocalDateTimeValue(var x) -> x.compareTo(((Value.LocalDateTimeValue) b).value());
            case Value.LocalTimeValue(var x) -> x.compareTo(((Value.LocalTimeValue) b).value());
            case Value.NodeReference(long x) -> Long.compare(x, ((Value.NodeReference) b).id());
            case Value.RelationshipReference(long x) -> Long.compare(x, ((Value.RelationshipReference) b).id());
            case Value.NullValue ignored -> 0;
            default -> {
                if (a.equals(b)) {
                    yield 0;
                }
                throw Unjudged.unknown("the order of " + a + " and " + b);
            }
        };
    }

    private static int orderNumbers(Value a, Value b) {
        return isNaN(a) || isNaN(b) ? Boolean.compare(isNaN(a), isNaN(b)) : compareNumbers(a, b);
    }

    private static int byCodePoint(String a, String b) {
        int[] x = a.codePoints().toArray();
        int[] y = b.codePoints().toArray();
        return java.util.Arrays.compare(x, y);
    }

    private static int orderLists(List<Value> a, List<Value> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int sign = order(a.get(i), b.get(i));
            if (sign != 0) {
                return sign;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    static final Comparator<Value> ORDER = Comparisons::order;

    /** Equal for values that DISTINCT and grouping take for one: null is null, NaN is NaN, 1 is 1.0. */
    static Object key(Value value) {
        return switch (value) {
            case FloatValue(double number)
            when Double.isFinite(number) -> exact(value).stripTrailingZeros();
            case IntegerValue ignored -> exact(value).stripTrailingZeros();
            case ListValue list -> list.values().stream().map(Comparisons::key).toList();
            case MapValue map -> {
                Map<String, Object> keys = new TreeMap<>();
                map.entries().forEach((name, entry) -> keys.put(name, key(entry)));
                yield keys;
            }
            default -> value;
        };
    }
}
