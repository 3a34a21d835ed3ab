package skein.cypher.expression.function;

import java.util.List;
import skein.cypher.expression.Evaluator;

/** A function with what it computes. */
record FunctionDefinition(FunctionSignature signature, Binder binder) {
    /** Makes the evaluator of one call from the evaluators of its arguments, whose number has been checked. */
    @FunctionalInterface
    interface Binder {
        Evaluator bind(List<Evaluator> arguments);
    }
}
