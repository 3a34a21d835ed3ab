package skein.cypher.expression.temporal;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.StringValue;

/** The function {@code duration}: from text, or from a map of amounts that may have fractions and signs. */
public final class DurationConstruction {
    private static final Set<String> KEYS = new LinkedHashSet<>(List.of(
            "years",
            "quarters",
            "months",
            "weeks",
            "days",
            "hours",
            "minutes",
            "seconds",
            "milliseconds",
            "microseconds",
            "nanoseconds"));

    private DurationConstruction() {}

    public static Value construct(Value argument) {
        return switch (argument) {
            case Value.NullValue nothing -> nothing;
            case DurationValue duration -> duration;
            case StringValue(String text) -> DurationText.parse(text.strip());
            case MapValue map -> fromMap(new Fields(map, "a duration", KEYS));
            default ->
                throw Failure.type(
                        "InvalidArgumentValue",
                        "duration takes a String or a Map but was given " + TypeName.withArticle(argument) + ".");
        };
    }

    private static DurationValue fromMap(Fields fields) {
        BigDecimal months =
                amount(fields, "years", 12).add(amount(fields, "quarters", 3)).add(amount(fields, "months", 1));
        BigDecimal days = amount(fields, "weeks", 7).add(amount(fields, "days", 1));
        BigDecimal seconds = amount(fields, "hours", 3600)
                .add(amount(fields, "minutes", 60))
                .add(amount(fields, "seconds", 1))
                .add(amount(fields, "milliseconds", 1).movePointLeft(3))
                .add(amount(fields, "microseconds", 1).movePointLeft(6))
                .add(amount(fields, "nanoseconds", 1).movePointLeft(9));
        return Durations.of(months, days, seconds);
    }

    private static BigDecimal amount(Fields fields, String key, int factor) {
        @Nullable Value value = fields.value(key);
        BigDecimal number = switch (value) {
            case null -> BigDecimal.ZERO;
            case IntegerValue(long integer) -> BigDecimal.valueOf(integer);
            case FloatValue(double real) when Double.isFinite(real) -> BigDecimal.valueOf(real);
            default ->
                throw Failure.type(
                        "InvalidArgumentValue",
                        key + " in a duration must be a finite number but is " + TypeName.withArticle(value) + ".");
        };
        return number.multiply(BigDecimal.valueOf(factor));
    }
}
