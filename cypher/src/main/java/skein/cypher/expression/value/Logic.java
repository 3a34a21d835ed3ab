package skein.cypher.expression.value;

import skein.graph.Value;
import skein.graph.Value.BooleanValue;

/** Kleene's logic over Boolean values and null; other operands are a TYPE_ERROR. */
public final class Logic {
    private Logic() {}

    /** The operand of a logical operator as a truth value. */
    public static Ternary truth(Value value, String operator) {
        if (value instanceof BooleanValue(boolean condition)) {
            return Ternary.of(condition);
        }
        if (value.isNull()) {
            return Ternary.UNKNOWN;
        }
        throw Failure.type(
                "InvalidArgumentType",
                operator + " needs a Boolean but was given " + TypeName.withArticle(value)
                        + ". Compare the value with something, or use IS NOT NULL to test whether it is there.");
    }

    public static Ternary and(Ternary left, Ternary right) {
        if (left == Ternary.FALSE || right == Ternary.FALSE) {
            return Ternary.FALSE;
        }
        return left == Ternary.UNKNOWN || right == Ternary.UNKNOWN ? Ternary.UNKNOWN : Ternary.TRUE;
    }

    public static Ternary or(Ternary left, Ternary right) {
        if (left == Ternary.TRUE || right == Ternary.TRUE) {
            return Ternary.TRUE;
        }
        return left == Ternary.UNKNOWN || right == Ternary.UNKNOWN ? Ternary.UNKNOWN : Ternary.FALSE;
    }

    public static Ternary xor(Ternary left, Ternary right) {
        return left == Ternary.UNKNOWN || right == Ternary.UNKNOWN ? Ternary.UNKNOWN : Ternary.of(left != right);
    }
}
