package skein.cypher.expression;

import skein.graph.Value;
import skein.graph.Value.BooleanValue;

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

    /** Whether the value is true; WHERE keeps a row only then, not for null, false or anything else. */
    default boolean isTrue(Value[] row, EvaluationContext context) {
        return evaluate(row, context) instanceof BooleanValue(boolean condition) && condition;
    }
}
