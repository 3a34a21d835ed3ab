package skein.cypher.execute.dump;

import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Collectors;
import skein.graph.Value;
import skein.vocabulary.Invariant;

/** Values and names as a query writes them. */
final class Literal {
    private static final char HEX_DIGITS_MIN = ' ';

    private Literal() {}

    /** Reads back as the very same value. */
    static String of(Value value) {
        return switch (value) {
            case Value.NullValue none -> "null";
            case Value.BooleanValue(boolean truth) -> Boolean.toString(truth);
            case Value.IntegerValue(long number) -> Long.toString(number);
            case Value.FloatValue(double number) -> floating(number);
            case Value.StringValue(String text) -> string(text);
            case Value.BytesValue(byte[] bytes) -> "fromHex('" + HexFormat.of().formatHex(bytes) + "')";
            case Value.DateValue(var date) -> "date('" + date + "')";
            case Value.TimeValue(var time) -> "time('" + time + "')";
            case Value.LocalTimeValue(var time) -> "localtime('" + time + "')";
            case Value.DateTimeValue(var time) -> "datetime('" + time + "')";
            case Value.LocalDateTimeValue(var time) -> "localdatetime('" + time + "')";
            case Value.DurationValue duration ->
                "duration({months: %d, days: %d, seconds: %d, nanoseconds: %d})"
                        .formatted(duration.months(), duration.days(), duration.seconds(), duration.nanos());
            case Value.PointValue point -> point(point);
            case Value.ListValue list ->
                list.values().stream().map(Literal::of).collect(Collectors.joining(", ", "[", "]"));
            case Value.MapValue map -> map(map.entries());
            case Value.Entity entity -> {
                Invariant.check(false, "%s cannot be stored", entity);
                yield "";
            }
        };
    }

    static String map(Map<String, Value> entries) {
        return entries.entrySet().stream()
                .map(entry -> name(entry.getKey()) + ": " + of(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String floating(double number) {
        if (Double.isNaN(number)) {
            return "0.0 / 0.0";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "1.0 / 0.0" : "-1.0 / 0.0";
        }
        return Double.toString(number);
    }

    private static String point(Value.PointValue point) {
        String z = point.is3d() ? ", z: " + floating(point.z()) : "";
        return "point({x: %s, y: %s%s, srid: %d})".formatted(floating(point.x()), floating(point.y()), z, point.srid());
    }

    static String string(String text) {
        StringBuilder quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '\'' -> quoted.append("\\'");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (character < HEX_DIGITS_MIN || Character.isSurrogate(character)) {
                        quoted.append("\\u%04x".formatted((int) character));
                    } else {
                        quoted.append(character);
                    }
                }
            }
        }
        return quoted.append('\'').toString();
    }

    /** In backticks, so that it cannot be mistaken for a keyword. */
    static String name(String name) {
        return "`" + name.replace("`", "``") + "`";
    }
}
