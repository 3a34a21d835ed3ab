package skein.cypher.expression.aggregate;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.SlotResolver;
import skein.cypher.expression.compile.ExpressionCompiler;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.CountStar;
import skein.cypher.syntax.Expression.FunctionCall;

/** A compiled aggregate: makes an {@link Aggregator} for every group. */
@FunctionalInterface
public interface Aggregation {
    /** An aggregator that has seen no row. */
    Aggregator newAggregator();

    /**
     * Compiles {@code count(*)} or the call of an aggregate. The semantic check has made sure that it is one and has
     * the right number of arguments.
     */
    static Aggregation compile(Expression aggregate, SlotResolver slots) {
        return switch (aggregate) {
            case CountStar ignored -> RowCount::new;
            case FunctionCall call -> compile(call, slots);
            default -> throw new IllegalArgumentException("not an aggregate: " + aggregate);
        };
    }

    private static Aggregation compile(FunctionCall call, SlotResolver slots) {
        List<Evaluator> arguments = call.arguments().stream()
                .map(argument -> ExpressionCompiler.compile(argument, slots))
                .toList();
        Evaluator value = arguments.get(0);
        boolean distinct = call.distinct();
        return switch (call.name().toLowerCase(Locale.ROOT)) {
            case "count" -> over(value, distinct, false, Count::new);
            case "sum" -> over(value, distinct, false, Sum::new);
            case "avg" -> over(value, distinct, false, Average::new);
            case "min" -> over(value, distinct, false, () -> new Extreme(-1));
            case "max" -> over(value, distinct, false, () -> new Extreme(1));
            case "stdev" -> over(value, distinct, false, () -> new StandardDeviation(true));
            case "stdevp" -> over(value, distinct, false, () -> new StandardDeviation(false));
            case "percentiledisc" -> () -> new PercentileAggregator(value, arguments.get(1), distinct, false);
            case "percentilecont" -> () -> new PercentileAggregator(value, arguments.get(1), distinct, true);
            case "collect" ->
                arguments.size() == 1
                        ? over(value, distinct, true, Collect::new)
                        : () -> new CollectMap(value, arguments.get(1));
            default -> throw new IllegalArgumentException("not an aggregate: " + call.name());
        };
    }

    /** An aggregation over the values of one expression, null left out. */
    private static Aggregation over(
            Evaluator argument, boolean distinct, boolean keepsValues, Supplier<Accumulator> accumulators) {
        return distinct
                ? () -> new OverDistinctValues(argument, accumulators.get())
                : () -> new OverValues(argument, keepsValues, accumulators.get());
    }
}
