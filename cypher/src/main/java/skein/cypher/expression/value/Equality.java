package skein.cypher.expression.value;

import java.util.List;
import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.PointValue;
import skein.graph.Value.StringValue;

/**
 * Cypher's {@code =}. Null makes the answer unknown unless something else decides it: two lists of different length
 * differ whatever they hold, and one pair of elements that definitely differs is enough.
 *
 * <p>1 equals 1.0; NaN equals nothing; values of different types differ; nodes and relationships are equal by identity,
 * paths when they walk the same nodes and relationships.
 */
public final class Equality {
    private Equality() {}

    public static Ternary test(Value left, Value right) {
        if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
            return Ternary.of(a == b);
        }
        if (left instanceof StringValue(String a) && right instanceof StringValue(String b)) {
            return Ternary.of(a.equals(b));
        }
        return left.isNull() || right.isNull() ? Ternary.UNKNOWN : testAny(left, right);
    }

    private static Ternary testAny(Value left, Value right) {
        return switch (left) {
            case IntegerValue ignored -> numbers(left, right);
            case Value.FloatValue ignored -> numbers(left, right);
            case ListValue a -> right instanceof ListValue b ? lists(a.values(), b.values()) : Ternary.FALSE;
            case MapValue a -> right instanceof MapValue b ? maps(a.entries(), b.entries()) : Ternary.FALSE;
            case PointValue a -> Ternary.of(right instanceof PointValue b && points(a, b));
            case Value.Entity ignored -> Ternary.of(entities(left, right));
            case Value.Scalar ignored -> Ternary.of(left.equals(right));
            case Value.NullValue ignored -> Ternary.UNKNOWN;
        };
    }

    /** True when {@link #test} answers true; null and false are alike here. */
    public static boolean holds(Value left, Value right) {
        return test(left, right) == Ternary.TRUE;
    }

    private static Ternary numbers(Value left, Value right) {
        if (!Numbers.isNumber(right) || Numbers.isNaN(left) || Numbers.isNaN(right)) {
            return Ternary.FALSE;
        }
        return Ternary.of(Numbers.compare(left, right) == 0);
    }

    private static Ternary lists(List<Value> left, List<Value> right) {
        if (left.size() != right.size()) {
            return Ternary.FALSE;
        }
        Ternary result = Ternary.TRUE;
        for (int i = 0; i < left.size(); i++) {
            Ternary element = test(left.get(i), right.get(i));
            if (element == Ternary.FALSE) {
                return Ternary.FALSE;
            }
            result = element == Ternary.UNKNOWN ? Ternary.UNKNOWN : result;
        }
        return result;
    }

    private static Ternary maps(Map<String, Value> left, Map<String, Value> right) {
        if (!left.keySet().equals(right.keySet())) {
            return Ternary.FALSE;
        }
        Ternary result = Ternary.TRUE;
        for (Map.Entry<String, Value> entry : left.entrySet()) {
            Ternary value = test(entry.getValue(), right.getOrDefault(entry.getKey(), Value.NULL));
            if (value == Ternary.FALSE) {
                return Ternary.FALSE;
            }
            result = value == Ternary.UNKNOWN ? Ternary.UNKNOWN : result;
        }
        return result;
    }

    private static boolean points(PointValue left, PointValue right) {
        return left.srid() == right.srid()
                && left.x() == right.x()
                && left.y() == right.y()
                && (!left.is3d() || left.z() == right.z());
    }

    private static boolean entities(Value left, Value right) {
        if (Entities.isNode(left)) {
            return Entities.isNode(right) && Entities.nodeId(left) == Entities.nodeId(right);
        }
        if (Entities.isRelationship(left)) {
            return Entities.isRelationship(right) && Entities.relationshipId(left) == Entities.relationshipId(right);
        }
        return Entities.isPath(right)
                && Entities.nodeIds(left).equals(Entities.nodeIds(right))
                && Entities.relationshipIds(left).equals(Entities.relationshipIds(right));
    }
}
