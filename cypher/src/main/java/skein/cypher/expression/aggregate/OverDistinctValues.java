package skein.cypher.expression.aggregate;

import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.DistinctValues;
import skein.cypher.expression.value.Footprint;
import skein.graph.Value;

/** Hands every value that is not null to an accumulator, equivalent ones only once. */
final class OverDistinctValues implements Aggregator {
    private final Evaluator argument;
    private final Accumulator accumulator;
    private final DistinctValues seen = new DistinctValues();

    OverDistinctValues(Evaluator argument, Accumulator accumulator) {
        this.argument = argument;
        this.accumulator = accumulator;
    }

    @Override
    public void add(Value[] row, EvaluationContext context) {
        Value value = argument.evaluate(row, context);
        if (!value.isNull() && seen.add(value)) {
            context.reserveMemory(Footprint.HASH_ENTRY_BYTES + Footprint.bytes(value));
            accumulator.add(value);
        }
    }

    @Override
    public Value result() {
        return accumulator.result();
    }
}
