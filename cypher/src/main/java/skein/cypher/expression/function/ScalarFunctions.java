package skein.cypher.expression.function;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.random.RandomGenerator;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.cypher.expression.value.Equality;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;
import skein.graph.Value.BooleanValue;

/** Functions of any value, and those without arguments. */
final class ScalarFunctions {
    private ScalarFunctions() {}

    static void define(Definitions definitions) {
        definitions.add(
                new FunctionSignature("coalesce", 1, FunctionSignature.UNBOUNDED, Kind.PURE),
                ScalarFunctions::coalesce);
        definitions.general(
                "exists",
                1,
                1,
                Kind.PURE,
                (arguments, context) -> Value.of(!arguments.get(0).isNull()));
        definitions.general(
                "nullIf",
                2,
                2,
                Kind.PURE,
                (arguments, context) ->
                        Equality.holds(arguments.get(0), arguments.get(1)) ? Value.NULL : arguments.get(0));
        definitions.general("assert", 1, 2, Kind.PURE, ScalarFunctions::assertTrue);
        definitions.general(
                "valueType",
                1,
                1,
                Kind.PURE,
                (arguments, context) -> Value.of(TypeName.of(arguments.get(0)).toUpperCase(Locale.ROOT)));
        definitions.general("counter", 2, 3, Kind.VOLATILE, ScalarFunctions::counter);
        definitions.general("username", 0, 0, Kind.CONTEXTUAL, (arguments, context) -> userName(context));
        definitions.general("roles", 0, 1, Kind.CONTEXTUAL, (arguments, context) -> Value.ListValue.EMPTY);
        definitions.unary("toHex", ScalarFunctions::toHex);
        definitions.unary("fromHex", ScalarFunctions::fromHex);
        definitions.general(
                "timestamp",
                0,
                0,
                Kind.CONTEXTUAL,
                (arguments, context) ->
                        Value.of(context.statementTime().toInstant().toEpochMilli()));
        definitions.general(
                "randomUUID",
                0,
                0,
                Kind.VOLATILE,
                (arguments, context) -> Value.of(randomUuid(context.random()).toString()));
        definitions.general(
                "rand",
                0,
                0,
                Kind.VOLATILE,
                (arguments, context) -> Value.of(context.random().nextDouble()));
    }

    /** {@code counter(name, first [, step])}. */
    private static Value counter(List<Value> arguments, EvaluationContext context) {
        String name = Arguments.string(arguments.get(0), "counter");
        long step = arguments.size() > 2 ? Arguments.integer(arguments.get(2), "counter") : 1;
        if (step == 0) {
            throw Failure.argument("NumberOutOfRange", "The step of counter() must not be 0.");
        }
        return Value.of(context.count(name, Arguments.integer(arguments.get(1), "counter"), step));
    }

    /** Null when nobody has to log in. */
    private static Value userName(EvaluationContext context) {
        String name = context.userName();
        return name.isEmpty() ? Value.NULL : Value.of(name);
    }

    private static Value toHex(Value value) {
        if (value instanceof Value.BytesValue(byte[] bytes)) {
            return Value.of(HexFormat.of().formatHex(bytes));
        }
        throw Arguments.wrongType("toHex", "Bytes", value);
    }

    private static Value fromHex(Value value) {
        String text = Arguments.string(value, "fromHex");
        try {
            return new Value.BytesValue(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw Failure.argument(
                    "InvalidArgumentValue", Failure.quoted(text) + " is not made of pairs of hexadecimal digits.");
        }
    }

    /** Evaluates arguments only up to the first that is not null. */
    private static Evaluator coalesce(List<Evaluator> arguments) {
        Evaluator[] evaluators = arguments.toArray(new Evaluator[0]);
        return (row, context) -> {
            for (Evaluator evaluator : evaluators) {
                Value value = evaluator.evaluate(row, context);
                if (!value.isNull()) {
                    return value;
                }
            }
            return Value.NULL;
        };
    }

    private static Value assertTrue(List<Value> arguments, EvaluationContext context) {
        if (arguments.get(0) instanceof BooleanValue(boolean holds) && holds) {
            return Value.TRUE;
        }
        String message = arguments.size() > 1 ? ": " + Arguments.string(arguments.get(1), "assert") : ".";
        throw Failure.argument("AssertionFailed", "The assertion does not hold" + message);
    }

    /** A version 4 UUID: 122 random bits. */
    private static UUID randomUuid(RandomGenerator random) {
        long high = random.nextLong() & 0xffff_ffff_ffff_0fffL | 0x4000L;
        long low = random.nextLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
