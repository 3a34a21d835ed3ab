package skein.cypher.expression;

import skein.graph.Value;

/** A compiled expression. Immutable and free of state; safe to share between runs. */
@FunctionalInterface
public interface Evaluator {
    /**
     * The value of the expression for one row.
     *
     * @param row slots as the planner laid them out; never changed by an evaluator except for slots that the compiler
     *     reserved for the expression's own local variables
     */
    Value evaluate(Value[] row, EvaluationContext context);
}
