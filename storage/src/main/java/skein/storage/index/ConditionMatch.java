package skein.storage.index;

import java.util.OptionalInt;
import skein.graph.Value;
import skein.graph.Value.PointValue;
import skein.storage.api.PropertyCondition;
import skein.storage.api.PropertyCondition.Bound;

/** Whether a stored value is as a condition wants it. */
public final class ConditionMatch {
    private ConditionMatch() {}

    public static boolean holds(PropertyCondition condition, Value value) {
        return switch (condition) {
            case PropertyCondition.Equal equal -> ValueMatch.equal(value, equal.value());
            case PropertyCondition.Present present -> !value.isNull();
            case PropertyCondition.StartsWith start ->
                value instanceof Value.StringValue text && text.value().startsWith(start.prefix());
            case PropertyCondition.Between range ->
                !value.isNull()
                        && range.lower().map(bound -> holds(value, bound, 1)).orElse(true)
                        && range.upper().map(bound -> holds(value, bound, -1)).orElse(true);
            case PropertyCondition.WithinBox box ->
                value instanceof PointValue point && contains(box.lower(), box.upper(), point);
        };
    }

    /** @param side 1 when the value must be above the bound, -1 when below */
    private static boolean holds(Value value, Bound bound, int side) {
        OptionalInt compared = ValueOrder.compare(value, bound.value());
        return compared.isPresent()
                && (Integer.signum(compared.getAsInt()) == side || compared.getAsInt() == 0 && bound.inclusive());
    }

    private static boolean contains(PointValue lower, PointValue upper, PointValue point) {
        return point.srid() == lower.srid()
                && point.srid() == upper.srid()
                && point.x() >= lower.x()
                && point.x() <= upper.x()
                && point.y() >= lower.y()
                && point.y() <= upper.y()
                && (!point.is3d() || point.z() >= lower.z() && point.z() <= upper.z());
    }
}
