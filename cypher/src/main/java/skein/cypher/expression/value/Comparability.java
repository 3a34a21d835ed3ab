package skein.cypher.expression.value;

import java.util.List;
import skein.graph.Value;
import skein.graph.Value.ListValue;

/**
 * Cypher's {@code <} and its like. Defined within numbers, strings, Booleans, lists and each temporal instant type;
 * anything else, and any pair of different types, compares as unknown. Durations, points, maps and entities have no
 * such order.
 */
public final class Comparability {
    private Comparability() {}

    /** How one value stands to another. */
    public enum Relation {
        LESS,
        EQUAL,
        GREATER,
        /** NaN is involved: every comparison is false. */
        UNORDERED,
        /** Every comparison is null. */
        UNKNOWN
    }

    public static Ternary less(Value left, Value right) {
        Relation relation = compare(left, right);
        return relation == Relation.UNKNOWN ? Ternary.UNKNOWN : Ternary.of(relation == Relation.LESS);
    }

    public static Ternary lessOrEqual(Value left, Value right) {
        Relation relation = compare(left, right);
        return relation == Relation.UNKNOWN
                ? Ternary.UNKNOWN
                : Ternary.of(relation == Relation.LESS || relation == Relation.EQUAL);
    }

    public static Ternary greater(Value left, Value right) {
        Relation relation = compare(left, right);
        return relation == Relation.UNKNOWN ? Ternary.UNKNOWN : Ternary.of(relation == Relation.GREATER);
    }

    public static Ternary greaterOrEqual(Value left, Value right) {
        Relation relation = compare(left, right);
        return relation == Relation.UNKNOWN
                ? Ternary.UNKNOWN
                : Ternary.of(relation == Relation.GREATER || relation == Relation.EQUAL);
    }

    public static Relation compare(Value left, Value right) {
        return switch (left) {
            case Value.IntegerValue ignored -> numbers(left, right);
            case Value.FloatValue ignored -> numbers(left, right);
            case ListValue a -> right instanceof ListValue b ? lists(a.values(), b.values()) : Relation.UNKNOWN;
            case Value.DurationValue ignored -> Relation.UNKNOWN;
            case Value.PointValue ignored -> Relation.UNKNOWN;
            case Value.Scalar ignored ->
                left.getClass() == right.getClass() ? sign(Ordering.ASCENDING.compare(left, right)) : Relation.UNKNOWN;
            case Value.MapValue ignored -> Relation.UNKNOWN;
            case Value.Entity ignored -> Relation.UNKNOWN;
            case Value.NullValue ignored -> Relation.UNKNOWN;
        };
    }

    private static Relation numbers(Value left, Value right) {
        if (!Numbers.isNumber(right)) {
            return Relation.UNKNOWN;
        }
        if (Numbers.isNaN(left) || Numbers.isNaN(right)) {
            return Relation.UNORDERED;
        }
        return sign(Numbers.compare(left, right));
    }

    /** The first pair that is not equal decides; a list that ends first is the smaller one. */
    private static Relation lists(List<Value> left, List<Value> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            Relation relation = compare(left.get(i), right.get(i));
            boolean same = relation == Relation.EQUAL
                    || relation == Relation.UNKNOWN && Equality.holds(left.get(i), right.get(i));
            if (!same) {
                return relation;
            }
        }
        return sign(Integer.compare(left.size(), right.size()));
    }

    private static Relation sign(int comparison) {
        return comparison < 0 ? Relation.LESS : comparison > 0 ? Relation.GREATER : Relation.EQUAL;
    }
}
