package skein.cypher.expression.operator;

import skein.cypher.expression.temporal.Durations;
import skein.cypher.expression.temporal.TemporalArithmetic;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.DurationValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.StringValue;

/**
 * {@code + - * / % ^} and the unary sign. Null in, null out. Integers stay integers except under {@code ^}; results
 * that do not fit 64 bits, and integer division by zero, are an ARITHMETIC_ERROR. Floats follow IEEE 754.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** Adds numbers and durations, moves instants, concatenates strings and lists. */
    public static Value add(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
            return addExact(a, b);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Value.of(Numbers.asDouble(left) + Numbers.asDouble(right));
        }
        if (left instanceof ListValue || right instanceof ListValue) {
            return Lists.concatenate(left, right);
        }
        if (left instanceof StringValue || right instanceof StringValue) {
            return concatenate(left, right);
        }
        if (right instanceof DurationValue duration) {
            if (left instanceof DurationValue other) {
                return Durations.plus(other, duration);
            }
            if (TemporalArithmetic.isInstant(left)) {
                return TemporalArithmetic.plus(left, duration);
            }
        }
        if (left instanceof DurationValue duration && TemporalArithmetic.isInstant(right)) {
            return TemporalArithmetic.plus(right, duration);
        }
        throw undefined("add", left, "and", right);
    }

    private static Value concatenate(Value left, Value right) {
        if (ValueText.isPrintable(left) && ValueText.isPrintable(right)) {
            return Value.of(ValueText.of(left) + ValueText.of(right));
        }
        throw undefined("add", left, "and", right);
    }

    private static Value addExact(long a, long b) {
        long sum = a + b;
        if (((a ^ sum) & (b ^ sum)) < 0) {
            throw overflow(a, "+", b);
        }
        return Value.of(sum);
    }

    /** Subtracts numbers and durations, moves instants back. */
    public static Value subtract(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
            long difference = a - b;
            if (((a ^ b) & (a ^ difference)) < 0) {
                throw overflow(a, "-", b);
            }
            return Value.of(difference);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Value.of(Numbers.asDouble(left) - Numbers.asDouble(right));
        }
        if (right instanceof DurationValue duration) {
            if (left instanceof DurationValue other) {
                return Durations.minus(other, duration);
            }
            if (TemporalArithmetic.isInstant(left)) {
                return TemporalArithmetic.minus(left, duration);
            }
        }
        throw undefined("subtract", right, "from", left);
    }

    public static Value multiply(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
            return multiplyExact(a, b);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Value.of(Numbers.asDouble(left) * Numbers.asDouble(right));
        }
        if (left instanceof DurationValue duration && Numbers.isNumber(right)) {
            return Durations.multiply(duration, Numbers.asDouble(right));
        }
        if (right instanceof DurationValue duration && Numbers.isNumber(left)) {
            return Durations.multiply(duration, Numbers.asDouble(left));
        }
        throw undefined("multiply", left, "by", right);
    }

    private static Value multiplyExact(long a, long b) {
        try {
            return Value.of(Math.multiplyExact(a, b));
        } catch (ArithmeticException e) {
            throw overflow(a, "*", b);
        }
    }

    /** Integers are cut off towards zero. */
    public static Value divide(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
            if (b == 0) {
                throw divisionByZero(a, "/");
            }
            if (a == Long.MIN_VALUE && b == -1) {
                throw overflow(a, "/", b);
            }
            return Value.of(a / b);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Value.of(Numbers.asDouble(left) / Numbers.asDouble(right));
        }
        if (left instanceof DurationValue duration && Numbers.isNumber(right)) {
            return Durations.divide(duration, Numbers.asDouble(right));
        }
        throw undefined("divide", left, "by", right);
    }

    /** The remainder has the sign of the left side. */
    public static Value modulo(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (left instanceof IntegerValue(long a) && right instanceof IntegerValue(long b)) {
            if (b == 0) {
                throw divisionByZero(a, "%");
            }
            return Value.of(a % b);
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Value.of(Numbers.asDouble(left) % Numbers.asDouble(right));
        }
        throw undefined("take the remainder of", left, "by", right);
    }

    /** Always a float. */
    public static Value power(Value left, Value right) {
        if (left.isNull() || right.isNull()) {
            return Value.NULL;
        }
        if (Numbers.isNumber(left) && Numbers.isNumber(right)) {
            return Value.of(Math.pow(Numbers.asDouble(left), Numbers.asDouble(right)));
        }
        throw undefined("raise", left, "to", right);
    }

    public static Value negate(Value value) {
        return switch (value) {
            case Value.NullValue nothing -> nothing;
            case IntegerValue(long number) -> {
                if (number == Long.MIN_VALUE) {
                    throw overflow(0, "-", number);
                }
                yield Value.of(-number);
            }
            case FloatValue(double number) -> Value.of(-number);
            case DurationValue duration -> Durations.negate(duration);
            default -> throw signed("-", value);
        };
    }

    /** Unary plus: the value itself, if it can have a sign. */
    public static Value plus(Value value) {
        if (value.isNull() || Numbers.isNumber(value) || value instanceof DurationValue) {
            return value;
        }
        throw signed("+", value);
    }

    private static RuntimeException signed(String sign, Value value) {
        return Failure.type(
                "InvalidArgumentType",
                "Unary " + sign + " needs a number or a Duration but was given " + TypeName.withArticle(value) + ".");
    }

    private static RuntimeException undefined(String verb, Value first, String preposition, Value second) {
        return Failure.type(
                "InvalidArgumentType",
                "Cannot " + verb + " " + TypeName.withArticle(first) + " " + preposition + " "
                        + TypeName.withArticle(second) + ".");
    }

    private static RuntimeException overflow(long a, String operator, long b) {
        return Failure.arithmetic(
                "IntegerOverflow",
                a + " " + operator + " " + b + " does not fit a 64-bit Integer. Use toFloat() on one side if an"
                        + " approximate result will do.");
    }

    private static RuntimeException divisionByZero(long a, String operator) {
        return Failure.arithmetic("DivisionByZero", a + " " + operator + " 0: division by zero.");
    }
}
