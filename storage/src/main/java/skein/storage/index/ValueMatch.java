package skein.storage.index;

import java.util.List;
import java.util.Map;
import skein.graph.Value;

/**
 * Whether a stored value equals a sought one in the sense of Cypher's {@code =} answering true: numbers by what they
 * mean (1 = 1.0), lists and maps member by member, anything else by content. Null and NaN equal nothing.
 */
public final class ValueMatch {
    private static final double LONG_LIMIT = 0x1p63;

    private ValueMatch() {}

    public static boolean equal(Value left, Value right) {
        return switch (left) {
            case Value.NullValue absent -> false;
            case Value.IntegerValue number -> equalsInteger(number.value(), right);
            case Value.FloatValue number -> equalsFloat(number.value(), right);
            case Value.ListValue list -> right instanceof Value.ListValue other && equal(list.values(), other.values());
            case Value.MapValue map -> right instanceof Value.MapValue other && equal(map.entries(), other.entries());
            case Value.PointValue point -> right instanceof Value.PointValue other && equal(point, other);
            case Value.Scalar scalar -> scalar.equals(right);
            case Value.Entity entity -> false;
        };
    }

    private static boolean equalsInteger(long number, Value other) {
        return switch (other) {
            case Value.IntegerValue integer -> integer.value() == number;
            case Value.FloatValue decimal -> equal(number, decimal.value());
            default -> false;
        };
    }

    private static boolean equalsFloat(double number, Value other) {
        return switch (other) {
            case Value.IntegerValue integer -> equal(integer.value(), number);
            case Value.FloatValue decimal -> decimal.value() == number;
            default -> false;
        };
    }

    private static boolean equal(long integer, double decimal) {
        return decimal >= -LONG_LIMIT
                && decimal < LONG_LIMIT
                && decimal == Math.rint(decimal)
                && (long) decimal == integer;
    }

    private static boolean equal(List<Value> left, List<Value> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Map<String, Value> left, Map<String, Value> right) {
        if (!left.keySet().equals(right.keySet())) {
            return false;
        }
        for (Map.Entry<String, Value> entry : left.entrySet()) {
            Value other = right.get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Value.PointValue left, Value.PointValue right) {
        return left.srid() == right.srid()
                && left.x() == right.x()
                && left.y() == right.y()
                && (!left.is3d() || left.z() == right.z());
    }
}
