package skein.cypher.expression.function;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.cypher.expression.value.Failure;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;

/** Functions of numbers. All but abs and sign answer floats; outside of its domain a function answers NaN. */
final class MathFunctions {
    /** From here on every double is a whole number. */
    private static final double WHOLE = 0x1p52;

    private static final int PRECISION_MAX = 400;

    private MathFunctions() {}

    static void define(Definitions definitions) {
        definitions.constant("e", Value.of(Math.E));
        definitions.constant("pi", Value.of(Math.PI));
        definitions.unary("abs", MathFunctions::abs);
        definitions.unary("sign", value -> Value.of((long) Math.signum(Arguments.number(value, "sign"))));
        definitions.unary("isNaN", value -> Value.of(Double.isNaN(Arguments.number(value, "isNaN"))));
        definitions.strict("round", 1, 3, Kind.PURE, MathFunctions::round);
        definitions.binary(
                "atan2", (y, x) -> Value.of(Math.atan2(Arguments.number(y, "atan2"), Arguments.number(x, "atan2"))));
        real(definitions, "ceil", Math::ceil);
        real(definitions, "floor", Math::floor);
        real(definitions, "sqrt", Math::sqrt);
        real(definitions, "exp", Math::exp);
        real(definitions, "log", Math::log);
        real(definitions, "log10", Math::log10);
        real(definitions, "sin", Math::sin);
        real(definitions, "cos", Math::cos);
        real(definitions, "tan", Math::tan);
        real(definitions, "cot", angle -> 1 / Math.tan(angle));
        real(definitions, "asin", Math::asin);
        real(definitions, "acos", Math::acos);
        real(definitions, "atan", Math::atan);
        real(definitions, "degrees", Math::toDegrees);
        real(definitions, "radians", Math::toRadians);
        real(definitions, "haversin", angle -> (1 - Math.cos(angle)) / 2);
    }

    private static void real(Definitions definitions, String name, DoubleUnaryOperator function) {
        definitions.unary(name, value -> Value.of(function.applyAsDouble(Arguments.number(value, name))));
    }

    private static Value abs(Value value) {
        return switch (value) {
            case IntegerValue(long number) -> {
                if (number == Long.MIN_VALUE) {
                    throw Failure.arithmetic("IntegerOverflow", "abs(" + number + ") does not fit a 64-bit Integer.");
                }
                yield Value.of(Math.abs(number));
            }
            case FloatValue(double number) -> Value.of(Math.abs(number));
            default -> throw Arguments.wrongType("abs", "a number", value);
        };
    }

    /** Half goes up without a precision, away from zero with one, or as the mode says. */
    private static Value round(List<Value> arguments, EvaluationContext context) {
        double number = Arguments.number(arguments.get(0), "round");
        if (arguments.size() == 1 || !Double.isFinite(number)) {
            return Value.of(Math.abs(number) < WHOLE ? (double) Math.round(number) : number);
        }
        long precision = Arguments.integer(arguments.get(1), "round");
        if (precision < 0 || precision > PRECISION_MAX) {
            throw Failure.argument(
                    "NumberOutOfRange",
                    "round takes a precision from 0 to " + PRECISION_MAX + ", not " + precision + ".");
        }
        RoundingMode mode = arguments.size() == 2 ? RoundingMode.HALF_UP : mode(arguments.get(2));
        return Value.of(
                BigDecimal.valueOf(number).setScale((int) precision, mode).doubleValue());
    }

    private static RoundingMode mode(Value value) {
        String name = Arguments.string(value, "round").toUpperCase(Locale.ROOT);
        return switch (name) {
            case "UP" -> RoundingMode.UP;
            case "DOWN" -> RoundingMode.DOWN;
            case "CEILING" -> RoundingMode.CEILING;
            case "FLOOR" -> RoundingMode.FLOOR;
            case "HALF_UP" -> RoundingMode.HALF_UP;
            case "HALF_DOWN" -> RoundingMode.HALF_DOWN;
            case "HALF_EVEN" -> RoundingMode.HALF_EVEN;
            default ->
                throw Failure.argument(
                        "InvalidArgumentValue",
                        Failure.quoted(name)
                                + " is not a rounding mode. Known are UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN"
                                + " and HALF_EVEN.");
        };
    }
}
