package skein.cypher.expression.function;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.function.FunctionSignature.Kind;
import skein.cypher.expression.temporal.Between;
import skein.cypher.expression.temporal.DurationConstruction;
import skein.cypher.expression.temporal.TemporalType;
import skein.cypher.expression.value.Failure;
import skein.graph.Value;
import skein.graph.Value.DateTimeValue;
import skein.graph.Value.MapValue;

/** Constructors of dates, times and durations and the functions in their namespaces. */
final class TemporalFunctions {
    private TemporalFunctions() {}

    static void define(Definitions definitions) {
        for (TemporalType type : TemporalType.values()) {
            String name = type.functionName();
            definitions.strict(
                    name, 0, 1, Kind.CONTEXTUAL, (arguments, context) -> construct(type, arguments, context));
            clock(definitions, type, "transaction", Kind.CONTEXTUAL, EvaluationContext::transactionTime);
            clock(definitions, type, "statement", Kind.CONTEXTUAL, EvaluationContext::statementTime);
            clock(definitions, type, "realtime", Kind.VOLATILE, EvaluationContext::realtime);
            definitions.strict(
                    name + ".truncate",
                    1,
                    3,
                    Kind.CONTEXTUAL,
                    (arguments, context) -> truncate(type, arguments, context));
        }
        definitions.binary(
                "datetime.fromepoch",
                (seconds, nanos) -> fromEpoch(
                        Arguments.integer(seconds, "datetime.fromepoch"),
                        Arguments.integer(nanos, "datetime.fromepoch")));
        definitions.unary("datetime.fromepochmillis", value -> {
            long millis = Arguments.integer(value, "datetime.fromepochmillis");
            return fromEpoch(Math.floorDiv(millis, 1_000L), Math.floorMod(millis, 1_000L) * 1_000_000L);
        });
        definitions.unary("duration", DurationConstruction::construct);
        definitions.binary("duration.between", Between::between);
        definitions.binary("duration.inMonths", Between::inMonths);
        definitions.binary("duration.inDays", Between::inDays);
        definitions.binary("duration.inSeconds", Between::inSeconds);
    }

    /** True for the constructors of instants, whose value depends on the present moment unless text is given. */
    static boolean isConstructor(String name) {
        return Arrays.stream(TemporalType.values())
                .anyMatch(type -> type.functionName().equalsIgnoreCase(name));
    }

    private static Value construct(TemporalType type, List<Value> arguments, EvaluationContext context) {
        return arguments.isEmpty()
                ? type.at(context.statementTime())
                : type.construct(arguments.get(0), context::statementTime);
    }

    /** The time on one of the clocks, in the zone given or in the clock's own. */
    private static void clock(
            Definitions definitions,
            TemporalType type,
            String clock,
            Kind kind,
            Function<EvaluationContext, ZonedDateTime> time) {
        definitions.strict(type.functionName() + "." + clock, 0, 1, kind, (arguments, context) -> {
            ZonedDateTime now = time.apply(context);
            return arguments.isEmpty() ? type.at(now) : type.at(now, arguments.get(0));
        });
    }

    private static Value truncate(TemporalType type, List<Value> arguments, EvaluationContext context) {
        String function = type.functionName() + ".truncate";
        String unit = Arguments.string(arguments.get(0), function);
        Value instant = arguments.size() > 1 ? arguments.get(1) : new DateTimeValue(context.statementTime());
        if (arguments.size() > 2 && !(arguments.get(2) instanceof MapValue)) {
            throw Arguments.wrongType(function, "a Map", arguments.get(2));
        }
        MapValue overrides = arguments.size() > 2 ? (MapValue) arguments.get(2) : MapValue.EMPTY;
        return type.truncate(unit, instant, overrides, context.statementTime());
    }

    private static Value fromEpoch(long seconds, long nanos) {
        try {
            return new DateTimeValue(Instant.ofEpochSecond(seconds, nanos).atZone(ZoneOffset.UTC));
        } catch (DateTimeException | ArithmeticException e) {
            throw Failure.argument(
                    "NumberOutOfRange",
                    seconds + " seconds from 1970 is no datetime: years go from -999999999 to 999999999.");
        }
    }
}
