package skein.cypher.expression.aggregate;

import skein.cypher.expression.EvaluationContext;
import skein.graph.Value;

/** {@code count(*)}. */
final class RowCount implements Aggregator {
    private long count;

    @Override
    public void add(Value[] row, EvaluationContext context) {
        count++;
    }

    @Override
    public Value result() {
        return Value.of(count);
    }
}
