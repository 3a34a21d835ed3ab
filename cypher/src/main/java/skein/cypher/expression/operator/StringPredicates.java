package skein.cypher.expression.operator;

import skein.cypher.expression.value.Ternary;
import skein.graph.Value;
import skein.graph.Value.StringValue;

/** {@code STARTS WITH}, {@code ENDS WITH} and {@code CONTAINS}: unknown unless both sides are strings. */
public final class StringPredicates {
    private StringPredicates() {}

    public static Ternary startsWith(Value text, Value prefix) {
        return text instanceof StringValue(String whole) && prefix instanceof StringValue(String part)
                ? Ternary.of(whole.startsWith(part))
                : Ternary.UNKNOWN;
    }

    public static Ternary endsWith(Value text, Value suffix) {
        return text instanceof StringValue(String whole) && suffix instanceof StringValue(String part)
                ? Ternary.of(whole.endsWith(part))
                : Ternary.UNKNOWN;
    }

    public static Ternary contains(Value text, Value part) {
        return text instanceof StringValue(String whole) && part instanceof StringValue(String piece)
                ? Ternary.of(whole.contains(piece))
                : Ternary.UNKNOWN;
    }
}
