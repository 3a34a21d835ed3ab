package skein.naive;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.graph.Value;
import skein.graph.Value.DateValue;
import skein.graph.Value.DurationValue;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.LocalDateTimeValue;
import skein.graph.Value.StringValue;

/** {@code + - * / % ^}. Integers are calculated without bound and have to fit in the end. */
final class Arithmetic {
    private Arithmetic() {}

    static Value of(BinaryOperator operator, Value a, Value b) {
        if (operator == BinaryOperator.ADD && (a instanceof ListValue || b instanceof ListValue)) {
            return concatenated(a, b);
        }
        if (a.isNull() || b.isNull()) {
            return Value.NULL;
        }
        if (a instanceof IntegerValue(long x) && b instanceof IntegerValue(long y)) {
            return integers(operator, x, y);
        }
        if (Comparisons.isNumber(a) && Comparisons.isNumber(b)) {
            return Value.of(floats(operator, asFloat(a), asFloat(b)));
        }
        if (operator == BinaryOperator.ADD && isTextual(a) && isTextual(b)) {
            return Value.of(Texts.of(a) + Texts.of(b));
        }
        return temporal(operator, a, b);
    }

    private static boolean isTextual(Value value) {
        return value instanceof StringValue || Comparisons.isNumber(value);
    }

    private static Value concatenated(Value a, Value b) {
        if (a.isNull() || b.isNull()) {
            return Value.NULL;
        }
        List<Value> both = new ArrayList<>();
        both.addAll(a instanceof ListValue x ? x.values() : List.of(a));
        both.addAll(b instanceof ListValue y ? y.values() : List.of(b));
        return Value.of(both);
    }

    static double asFloat(Value number) {
        return switch (number) {
            case IntegerValue(long value) -> value;
            case FloatValue(double value) -> value;
            default -> throw NaiveFailure.type(number + " is no number");
        };
    }

    private static Value integers(BinaryOperator operator, long a, long b) {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        boolean divides = operator == BinaryOperator.DIVIDE || operator == BinaryOperator.MODULO;
        if (divides && b == 0) {
            throw NaiveFailure.arithmetic("division by zero");
        }
        return switch (operator) {
            case ADD -> fitting(x.add(y));
            case SUBTRACT -> fitting(x.subtract(y));
            case MULTIPLY -> fitting(x.multiply(y));
            case DIVIDE -> fitting(x.divide(y));
            case MODULO -> fitting(x.remainder(y));
            case POWER -> Value.of(Math.pow((double) a, (double) b));
            default -> throw Unjudged.unknown(operator);
        };
    }

    static Value fitting(BigInteger number) {
        try {
            return Value.of(number.longValueExact());
        } catch (ArithmeticException tooLarge) {
            throw NaiveFailure.arithmetic(number + " does not fit");
        }
    }

    private static double floats(BinaryOperator operator, double a, double b) {
        return switch (operator) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case DIVIDE -> a / b;
            case MODULO -> a % b;
            case POWER -> Math.pow(a, b);
            default -> throw Unjudged.unknown(operator);
        };
    }

    /** Of the temporal types, what needs no calendar arithmetic but the JDK's. */
    private static Value temporal(BinaryOperator operator, Value a, Value b) {
        boolean adds = operator == BinaryOperator.ADD;
        boolean subtracts = operator == BinaryOperator.SUBTRACT;
        if (adds && a instanceof DurationValue duration && !(b instanceof DurationValue)) {
            return temporal(operator, b, duration);
        }
        if ((adds || subtracts) && b instanceof DurationValue duration) {
            return moved(a, adds ? duration : negative(duration));
        }
        throw NaiveFailure.type(operator + " of " + a + " and " + b);
    }

    private static DurationValue negative(DurationValue duration) {
        if (duration.nanos() != 0) {
            throw Unjudged.unknown(duration);
        }
        return new DurationValue(-duration.months(), -duration.days(), -duration.seconds(), 0);
    }

    private static Value moved(Value from, DurationValue by) {
        return switch (from) {
            case DateValue(var date)
            when by.seconds() == 0 && by.nanos() == 0 ->
                new DateValue(date.plusMonths(by.months()).plusDays(by.days()));
            case LocalDateTimeValue(var moment) ->
                new LocalDateTimeValue(moment.plusMonths(by.months())
                        .plusDays(by.days())
                        .plusSeconds(by.seconds())
                        .plusNanos(by.nanos()));
            case DurationValue(long months, long days, long seconds, int nanos)
            when nanos == 0 && by.nanos() == 0 ->
                new DurationValue(months + by.months(), days + by.days(), seconds + by.seconds(), 0);
            case DateValue ignored -> throw Unjudged.unknown("days of " + by);
            case DurationValue ignored -> throw Unjudged.unknown("parts of seconds");
            default -> throw NaiveFailure.type("no duration can be added to " + from);
        };
    }

    static Value negated(Value value) {
        return switch (value) {
            case IntegerValue(long number) -> fitting(BigInteger.valueOf(number).negate());
            case FloatValue(double number) -> Value.of(-number);
            case Value.NullValue ignored -> Value.NULL;
            default -> throw NaiveFailure.type("the negative of " + value);
        };
    }
}
