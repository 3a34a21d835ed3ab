package skein.cypher.expression;

import java.util.List;
import skein.graph.Value;

/** Makes evaluators of calls. */
public interface CallBinder {
    /** The evaluator of a call with these arguments; refused as a client's error when there is no such function. */
    Evaluator bind(String name, List<Evaluator> arguments);

    /** Whether a call with these arguments may be computed once for all runs. */
    boolean isConstant(String name, List<Value> arguments);
}
