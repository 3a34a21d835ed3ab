package skein.cypher.execute;

import java.util.Iterator;
import java.util.List;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.function.IntegerRange;
import skein.graph.Value;

/** The elements of a list, one after the other; the list itself exists only where it did already. */
interface ListElements {
    /** Of the row that stands in the frame. */
    Iterator<Value> of(Execution run);

    /** Null is an empty list; anything else that is no list is a list of itself. */
    static ListElements of(Evaluator list) {
        return run -> switch (run.evaluate(list)) {
            case Value.ListValue values -> values.values().iterator();
            case Value.NullValue nothing -> List.<Value>of().iterator();
            case Value value -> List.of(value).iterator();
        };
    }

    /** Of a call of {@code range}, whose list could be larger than the memory there is. */
    static ListElements ofRange(List<Evaluator> arguments) {
        return run ->
                IntegerRange.of(arguments.stream().map(run::evaluate).toList()).iterator();
    }
}
