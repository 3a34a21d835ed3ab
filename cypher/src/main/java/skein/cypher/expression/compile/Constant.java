package skein.cypher.expression.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.EvaluationContext;
import skein.cypher.expression.Evaluator;
import skein.graph.Value;
import skein.vocabulary.SkeinException;

/** An expression whose value is known before any run. */
record Constant(Value value) implements Evaluator {
    static final Constant NULL = new Constant(Value.NULL);

    private static final Value[] NO_ROW = {};

    @Override
    public Value evaluate(Value[] row, EvaluationContext context) {
        return value;
    }

    /** The constant an evaluator stands for, or null. */
    static @Nullable Value valueOf(Evaluator evaluator) {
        return evaluator instanceof Constant(Value value) ? value : null;
    }

    /** The values of those evaluators that are constants. */
    static List<Value> valuesOf(List<Evaluator> evaluators) {
        return evaluators.stream()
                .filter(Constant.class::isInstance)
                .map(constant -> ((Constant) constant).value())
                .toList();
    }

    /**
     * Computes an evaluator once if its operands are constants. An operation that fails is left to fail at run time,
     * where it may never be reached.
     *
     * @param evaluator depends on nothing but its operands
     */
    static Evaluator fold(Evaluator evaluator, Evaluator... operands) {
        if (valuesOf(List.of(operands)).size() < operands.length) {
            return evaluator;
        }
        try {
            return new Constant(evaluator.evaluate(NO_ROW, NoRun.INSTANCE));
        } catch (SkeinException e) {
            return evaluator;
        }
    }
}
