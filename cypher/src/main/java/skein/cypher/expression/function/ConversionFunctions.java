package skein.cypher.expression.function;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import skein.cypher.expression.operator.ValueText;
import skein.cypher.expression.value.Failure;
import skein.graph.Value;
import skein.graph.Value.BooleanValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.StringValue;
import skein.vocabulary.SkeinException;

/**
 * Conversions between the simple types. A string that does not spell a value of the type converts to null, a value of a
 * type that has no conversion is a TYPE_ERROR; the {@code OrNull} forms answer null for both.
 */
final class ConversionFunctions {
    /** As Cypher writes numbers; keeps out what Java would also read, such as hexadecimal floats or 1.5d. */
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(?:[0-9]++(?:\\.[0-9]*+)?|\\.[0-9]++)(?:[eE][-+]?[0-9]++)?|[-+]?Infinity|NaN");

    private ConversionFunctions() {}

    static void define(Definitions definitions) {
        define(definitions, "toInteger", ConversionFunctions::toInteger);
        define(definitions, "toFloat", ConversionFunctions::toFloat);
        define(definitions, "toString", ConversionFunctions::toText);
        define(definitions, "toBoolean", ConversionFunctions::toBoolean);
    }

    private static void define(Definitions definitions, String name, UnaryOperator<Value> conversion) {
        definitions.unary(name, conversion);
        definitions.unary(name + "OrNull", value -> orNull(value, conversion));
        definitions.unary(name + "List", list -> {
            List<Value> values = Arguments.list(list, name + "List");
            return Value.of(values.stream()
                    .map(value -> value.isNull() ? value : orNull(value, conversion))
                    .toList());
        });
    }

    private static Value orNull(Value value, UnaryOperator<Value> conversion) {
        try {
            return conversion.apply(value);
        } catch (SkeinException e) {
            return Value.NULL;
        }
    }

    private static Value toInteger(Value value) {
        return switch (value) {
            case IntegerValue number -> number;
            case FloatValue(double number) -> truncate(number);
            case BooleanValue(boolean condition) -> Value.of(condition ? 1L : 0L);
            case StringValue(String text) -> integerFrom(text.strip());
            default -> throw Arguments.wrongType("toInteger", "a number, a Boolean or a String", value);
        };
    }

    private static Value integerFrom(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Value.NULL;
        }
        try {
            return Value.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            double number = Double.parseDouble(text);
            return fits(number) ? Value.of((long) number) : Value.NULL;
        }
    }

    private static Value truncate(double number) {
        if (!fits(number)) {
            throw Failure.arithmetic("IntegerOverflow", number + " does not fit a 64-bit Integer.");
        }
        return Value.of((long) number);
    }

    private static boolean fits(double number) {
        return number >= -0x1p63 && number < 0x1p63;
    }

    private static Value toFloat(Value value) {
        return switch (value) {
            case IntegerValue(long number) -> Value.of((double) number);
            case FloatValue number -> number;
            case StringValue(String text) -> {
                String stripped = text.strip();
                yield NUMBER.matcher(stripped).matches() ? Value.of(Double.parseDouble(stripped)) : Value.NULL;
            }
            default -> throw Arguments.wrongType("toFloat", "a number or a String", value);
        };
    }

    private static Value toText(Value value) {
        if (ValueText.isPrintable(value)) {
            return Value.of(ValueText.of(value));
        }
        throw Arguments.wrongType("toString", "a Boolean, a number, a String, a temporal value or a Point", value);
    }

    private static Value toBoolean(Value value) {
        return switch (value) {
            case BooleanValue condition -> condition;
            case IntegerValue(long number) -> Value.of(number != 0);
            case StringValue(String text) ->
                switch (text.strip().toLowerCase(Locale.ROOT)) {
                    case "true" -> Value.TRUE;
                    case "false" -> Value.FALSE;
                    default -> Value.NULL;
                };
            default -> throw Arguments.wrongType("toBoolean", "a Boolean, an Integer or a String", value);
        };
    }
}
