package skein.cypher.execute;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import skein.cypher.expression.Evaluator;
import skein.graph.Value;
import skein.graph.Value.ListValue;

/** One row per element of a list. Null is an empty list; anything else that is no list is a list of itself. */
final class UnwindOperator implements Operator {
    private final Operator input;
    private final Evaluator list;
    private final int slot;

    UnwindOperator(Operator input, Evaluator list, int slot) {
        this.input = input;
        this.list = list;
        this.slot = slot;
    }

    static List<Value> elements(Value value) {
        return switch (value) {
            case ListValue values -> values.values();
            case Value.NullValue nothing -> List.of();
            default -> List.of(value);
        };
    }

    @Override
    public Cursor open(Execution run) {
        return new Elements(run);
    }

    private final class Elements extends Pipe {
        private Iterator<Value> elements = Collections.emptyIterator();

        Elements(Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            while (!elements.hasNext()) {
                if (!below.next()) {
                    return false;
                }
                elements = elements(run.evaluate(list)).iterator();
            }
            run.checkTermination();
            run.frame[slot] = elements.next();
            return true;
        }

        @Override
        public void reset() {
            super.reset();
            elements = Collections.emptyIterator();
        }
    }
}
