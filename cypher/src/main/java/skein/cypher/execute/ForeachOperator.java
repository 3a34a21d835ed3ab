package skein.cypher.execute;

import skein.cypher.expression.Evaluator;
import skein.graph.Value;

/** Runs an inner plan to its end for every element of a list; the input row goes on once. */
final class ForeachOperator implements Operator {
    private final Operator input;
    private final Evaluator list;
    private final int slot;
    private final Operator inner;

    ForeachOperator(Operator input, Evaluator list, int slot, Operator inner) {
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
                for (Value element : UnwindOperator.elements(run.evaluate(list))) {
                    run.frame[slot] = element;
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
