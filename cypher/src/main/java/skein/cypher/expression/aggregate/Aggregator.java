package skein.cypher.expression.aggregate;

import skein.cypher.expression.EvaluationContext;
import skein.graph.Value;

/** One aggregate over the rows of one group. Used by one thread. */
public interface Aggregator {
    /** Takes one more row into account. */
    void add(Value[] row, EvaluationContext context);

    /** The aggregate over all rows so far. May be asked for at any time, also without any row. */
    Value result();
}
