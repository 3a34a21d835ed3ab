package skein.cypher.execute;

import java.util.Iterator;
import skein.graph.Value;

/** Runs an inner plan to its end for every element of a list; the input row goes on once. */
final class ForeachOperator implements Operator {
    private final Operator input;
    private final ListElements list;
    private final int slot;
    private final Operator inner;

    ForeachOperator(Operator input, ListElements list, int slot, Operator inner) {
        this.input = input;
        this.list = list;
        this.slot = slot;
        this.inner = inner;
    }

    @Override
    public Cursor open(Execution run) {
        Cursor body = inner.open(run);
        return new Pipe(input, run) {
            @Override
            public boolean next() {
                if (!below.next()) {
                    return false;
                }
                for (Iterator<Value> elements = list.of(run); elements.hasNext(); ) {
                    run.checkTermination();
                    run.frame[slot] = elements.next();
                    body.reset();
                    while (body.next()) {
                        run.checkTermination();
                    }
                }
                return true;
            }
        };
    }
}
