package skein.naive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import skein.graph.Value;
import skein.graph.Value.BooleanValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.StringValue;

/** Functions of strings, and strings of other values. Positions count code points. */
final class Texts {
    private Texts() {}

    /** As toString() answers. */
    static String of(Value value) {
        return switch (value) {
            case StringValue(String text) -> text;
            case IntegerValue(long number) -> Long.toString(number);
            case FloatValue(double number) -> Double.toString(number);
            case BooleanValue(boolean condition) -> Boolean.toString(condition);
            case Value.DateValue(var date) -> date.toString();
            default -> throw NaiveFailure.type("no text for " + value);
        };
    }

    /** True for what {@link #of} answers. */
    static boolean has(Value value) {
        return value instanceof StringValue
                || Comparisons.isNumber(value)
                || value instanceof BooleanValue
                || value instanceof Value.DateValue;
    }

    static String string(Value value) {
        if (value instanceof StringValue(String text)) {
            return text;
        }
        throw NaiveFailure.type(value + " is no string");
    }

    private static List<String> points(String text) {
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    static Value mapped(Value value, UnaryOperator<String> function) {
        return Value.of(function.apply(string(value)));
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static String reversed(String text) {
        List<String> points = points(text);
        return String.join("", points.reversed());
    }

    private static int length(Value value, int max) {
        long wanted = Functions.integer(value);
        if (wanted < 0) {
            throw NaiveFailure.argument("a negative length or position");
        }
        return (int) Math.min(wanted, max);
    }

    static Value left(Value text, Value count) {
        List<String> points = points(string(text));
        return Value.of(String.join("", points.subList(0, length(count, points.size()))));
    }

    static Value right(Value text, Value count) {
        List<String> points = points(string(text));
        return Value.of(String.join("", points.subList(points.size() - length(count, points.size()), points.size())));
    }

    static Value substring(List<Value> arguments) {
        List<String> points = points(string(arguments.get(0)));
        int start = length(arguments.get(1), points.size());
        int rest = points.size() - start;
        int count = arguments.size() == 2 ? rest : length(arguments.get(2), rest);
        return Value.of(String.join("", points.subList(start, start + count)));
    }

    static Value split(Value text, Value delimiter) {
        String rest = string(text);
        String between = string(delimiter);
        List<Value> parts = new ArrayList<>();
        if (between.isEmpty()) {
            points(rest).forEach(point -> parts.add(Value.of(point)));
            return Value.of(parts);
        }
        while (rest.contains(between)) {
            parts.add(Value.of(rest.substring(0, rest.indexOf(between))));
            rest = rest.substring(rest.indexOf(between) + between.length());
        }
        parts.add(Value.of(rest));
        return Value.of(parts);
    }

    static Value toInteger(Value value) {
        return switch (value) {
            case IntegerValue number -> number;
            case FloatValue(double number) when fits(number) -> Value.of((long) number);
            case FloatValue ignored -> throw NaiveFailure.arithmetic(value + " does not fit");
            case BooleanValue(boolean condition) -> Value.of(condition ? 1 : 0);
            case StringValue(String text) -> {
                Value number = toFloat(Value.of(text.strip()));
                boolean small = number instanceof FloatValue(double float64) && fits(float64);
                yield small ? Value.of((long) ((FloatValue) number).value()) : Value.NULL;
            }
            default -> throw NaiveFailure.type("no integer of " + value);
        };
    }

    private static boolean fits(double number) {
        return number >= -0x1p63 && number < 0x1p63;
    }

    static Value toFloat(Value value) {
        return switch (value) {
            case IntegerValue(long number) -> Value.of((double) number);
            case FloatValue number -> number;
            case StringValue(String text) -> {
                boolean spelled = text.strip().matches("[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?");
                yield spelled ? Value.of(Double.parseDouble(text.strip())) : Value.NULL;
            }
            default -> throw NaiveFailure.type("no float of " + value);
        };
    }

    static Value toBoolean(Value value) {
        return switch (value) {
            case BooleanValue condition -> condition;
            case IntegerValue(long number) -> Value.of(number != 0);
            case StringValue(String text) when text.strip().equalsIgnoreCase("true") -> Value.TRUE;
            case StringValue(String text) when text.strip().equalsIgnoreCase("false") -> Value.FALSE;
            case StringValue ignored -> Value.NULL;
            default -> throw NaiveFailure.type("no Boolean of " + value);
        };
    }
}
