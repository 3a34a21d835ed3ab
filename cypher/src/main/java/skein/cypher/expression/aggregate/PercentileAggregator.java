package skein.cypher.expression.aggregate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.EquivalenceKey;
import skein.cypher.expression.value.Failure;
import skein.cypher.expression.value.Footprint;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.Ordering;
import skein.cypher.expression.value.TypeName;
import skein.graph.Value;

/**
 * {@code percentileDisc}, the smallest value that the given share of values does not exceed, and
 * {@code percentileCont}, which interpolates between the two nearest values. Null over nothing.
 */
final class PercentileAggregator implements Aggregator {
    private final Evaluator argument;
    private final Evaluator percentile;
    private final boolean distinct;
    private final boolean continuous;
    private final List<Value> values = new ArrayList<>();
    private final Set<EquivalenceKey> seen = new HashSet<>();
    private double share;
    private @Nullable EvaluationContext run;

    PercentileAggregator(Evaluator argument, Evaluator percentile, boolean distinct, boolean continuous) {
        this.argument = argument;
        this.percentile = percentile;
        this.distinct = distinct;
        this.continuous = continuous;
    }

    @Override
    public void add(Value[] row, EvaluationContext context) {
        run = context;
        Value value = argument.evaluate(row, context);
        share = share(percentile.evaluate(row, context));
        if (value.isNull() || distinct && !seen.add(EquivalenceKey.of(value))) {
            return;
        }
        if (!Numbers.isNumber(value)) {
            throw Failure.type(
                    "InvalidArgumentValue",
                    "A percentile needs numbers but was given " + TypeName.withArticle(value) + ".");
        }
        context.reserveMemory(Footprint.bytes(value));
        values.add(value);
    }

    private static double share(Value percentile) {
        if (!Numbers.isNumber(percentile)) {
            throw Failure.type(
                    "InvalidArgumentValue",
                    "The share of a percentile must be a number but is " + TypeName.withArticle(percentile) + ".");
        }
        double share = Numbers.asDouble(percentile);
        if (!(share >= 0 && share <= 1)) {
            throw Failure.argument(
                    "NumberOutOfRange", "The share of a percentile must lie between 0.0 and 1.0 but is " + share + ".");
        }
        return share;
    }

    @Override
    public Value result() {
        if (values.isEmpty()) {
            return Value.NULL;
        }
        values.sort((a, b) -> {
            checkTermination();
            return Ordering.ASCENDING.compare(a, b);
        });
        return continuous ? interpolated() : values.get(Math.max(0, (int) Math.ceil(share * values.size()) - 1));
    }

    private void checkTermination() {
        EvaluationContext context = run;
        if (context != null) {
            context.checkTermination();
        }
    }

    private Value interpolated() {
        double position = share * (values.size() - 1);
        int below = (int) Math.floor(position);
        int above = (int) Math.ceil(position);
        double fraction = position - below;
        return Value.of(
                Numbers.asDouble(values.get(below)) * (1 - fraction) + Numbers.asDouble(values.get(above)) * fraction);
    }
}
