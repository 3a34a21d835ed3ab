package skein.cypher.expression.operator;

import skein.cypher.expression.temporal.DurationText;
import skein.cypher.expression.value.PointAccess;
import skein.graph.Value;
import skein.graph.Value.PointValue;
import skein.vocabulary.Invariant;

/** The text of values that have one: what {@code toString} and string concatenation show. */
public final class ValueText {
    private ValueText() {}

    /** True for the values {@link #of} takes: Booleans, numbers, strings, temporal values and points. */
    public static boolean isPrintable(Value value) {
        return value instanceof Value.Scalar && !(value instanceof Value.BytesValue);
    }

    public static String of(Value value) {
        return switch (value) {
            case Value.BooleanValue(boolean condition) -> Boolean.toString(condition);
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.FloatValue(double number) -> Double.toString(number);
            case Value.StringValue(String text) -> text;
            case Value.DateValue(var date) -> date.toString();
            case Value.TimeValue(var time) -> time.toString();
            case Value.LocalTimeValue(var time) -> time.toString();
            case Value.DateTimeValue(var dateTime) -> dateTime.toString();
            case Value.LocalDateTimeValue(var dateTime) -> dateTime.toString();
            case Value.DurationValue duration -> DurationText.format(duration);
            case PointValue point -> point(point);
            default -> {
                Invariant.check(false, "%s has no text", value);
                yield "";
            }
        };
    }

    private static String point(PointValue point) {
        String z = point.is3d() ? ", z: " + point.z() : "";
        return "point({x: " + point.x() + ", y: " + point.y() + z + ", crs: '" + PointAccess.systemName(point.srid())
                + "'})";
    }
}
