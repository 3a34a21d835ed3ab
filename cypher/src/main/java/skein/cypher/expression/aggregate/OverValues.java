package skein.cypher.expression.aggregate;

import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.Footprint;
import skein.graph.Value;

/** Hands every value that is not null to an accumulator. */
final class OverValues implements Aggregator {
    private final Evaluator argument;
    private final boolean keepsValues;
    private final Accumulator accumulator;

    OverValues(Evaluator argument, boolean keepsValues, Accumulator accumulator) {
        this.argument = argument;
        this.keepsValues = keepsValues;
        this.accumulator = accumulator;
    }

    @Override
    public void add(Value[] row, EvaluationContext context) {
        Value value = argument.evaluate(row, context);
        if (!value.isNull()) {
            if (keepsValues) {
                context.reserveMemory(Footprint.bytes(value));
            }
            accumulator.add(value);
        }
    }

    @Override
    public Value result() {
        return accumulator.result();
    }
}
