package skein.cypher.execute;

import java.util.Collections;
import java.util.Iterator;
import skein.graph.Value;

/** One row per element of a list. */
final class UnwindOperator implements Operator {
    private final Operator input;
    private final ListElements list;
    private final int slot;

    UnwindOperator(Operator input, ListElements list, int slot) {
        this.input = input;
        this.list = list;
        this.slot = slot;
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
                elements = list.of(run);
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
