package skein.cypher.expression.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.graph.Value;

/** Functions of strings. Positions and lengths count code points, from 0. */
final class StringFunctions {
    private StringFunctions() {}

    static void define(Definitions definitions) {
        text(definitions, "toUpper", text -> text.toUpperCase(Locale.ROOT));
        text(definitions, "upper", text -> text.toUpperCase(Locale.ROOT));
        text(definitions, "toLower", text -> text.toLowerCase(Locale.ROOT));
        text(definitions, "lower", text -> text.toLowerCase(Locale.ROOT));
        text(definitions, "trim", String::strip);
        text(definitions, "lTrim", String::stripLeading);
        text(definitions, "rTrim", String::stripTrailing);
        definitions.binary("left", (text, length) -> {
            String whole = Arguments.string(text, "left");
            return Value.of(whole.substring(0, offset(whole, 0, Arguments.length(length, "left"))));
        });
        definitions.binary("right", (text, length) -> {
            String whole = Arguments.string(text, "right");
            int size = whole.codePointCount(0, whole.length());
            return Value.of(whole.substring(offset(whole, 0, Math.max(0, size - Arguments.length(length, "right")))));
        });
        definitions.strict("split", 2, 2, Kind.PURE, StringFunctions::split);
        definitions.strict("substring", 2, 3, Kind.PURE, StringFunctions::substring);
        definitions.strict("replace", 3, 3, Kind.PURE, StringFunctions::replace);
    }

    private static void text(Definitions definitions, String name, UnaryOperator<String> function) {
        definitions.unary(name, value -> Value.of(function.apply(Arguments.string(value, name))));
    }

    /** The char offset this many code points behind a char offset, at most the end. */
    private static int offset(String text, int from, int codePoints) {
        return codePoints >= text.codePointCount(from, text.length())
                ? text.length()
                : text.offsetByCodePoints(from, codePoints);
    }

    private static Value substring(List<Value> arguments, EvaluationContext context) {
        String text = Arguments.string(arguments.get(0), "substring");
        int start = offset(text, 0, Arguments.length(arguments.get(1), "substring"));
        int end = arguments.size() == 2
                ? text.length()
                : offset(text, start, Arguments.length(arguments.get(2), "substring"));
        return Value.of(text.substring(start, end));
    }

    private static Value replace(List<Value> arguments, EvaluationContext context) {
        String text = Arguments.string(arguments.get(0), "replace");
        String wanted = Arguments.string(arguments.get(1), "replace");
        String replacement = Arguments.string(arguments.get(2), "replace");
        long growthPerMatch = Math.max(0, replacement.length() - wanted.length());
        if (growthPerMatch > 0) {
            context.reserveIfLarge(text.length() + matches(text, wanted) * growthPerMatch);
        }
        return Value.of(text.replace(wanted, replacement));
    }

    /** How often a string occurs in another, without overlaps; the empty string does around every character. */
    private static long matches(String text, String wanted) {
        if (wanted.isEmpty()) {
            return text.length() + 1L;
        }
        long matches = 0;
        for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length())) {
            matches++;
        }
        return matches;
    }

    private static Value split(List<Value> arguments, EvaluationContext context) {
        String text = Arguments.string(arguments.get(0), "split");
        String delimiter = Arguments.string(arguments.get(1), "split");
        context.reserveIfLarge(matches(text, delimiter) * EvaluationContext.BYTES_PER_ELEMENT);
        return Value.of(split(text, delimiter));
    }

    /** Keeps empty parts; an empty delimiter splits into code points. */
    private static List<Value> split(String text, String delimiter) {
        List<Value> parts = new ArrayList<>();
        if (delimiter.isEmpty()) {
            text.codePoints().forEach(codePoint -> parts.add(Value.of(Character.toString(codePoint))));
            return parts;
        }
        int start = 0;
        for (int end = text.indexOf(delimiter); end >= 0; end = text.indexOf(delimiter, start)) {
            parts.add(Value.of(text.substring(start, end)));
            start = end + delimiter.length();
        }
        parts.add(Value.of(text.substring(start)));
        return parts;
    }
}
