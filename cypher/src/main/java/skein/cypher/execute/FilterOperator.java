package skein.cypher.execute;

import java.util.List;
import skein.cypher.expression.Evaluator;
import skein.cypher.plan.Column;

/** Lets rows pass for which a test holds. */
final class FilterOperator implements Operator {
    private final Operator input;
    private final Test test;

    /** A condition on the row in the frame. */
    @FunctionalInterface
    interface Test {
        boolean holds(Execution run);
    }

    FilterOperator(Operator input, Test test) {
        this.input = input;
        this.test = test;
    }

    static Test allTrue(List<Evaluator> predicates) {
        Evaluator[] all = predicates.toArray(Evaluator[]::new);
        return run -> {
            for (Evaluator predicate : all) {
                if (!run.isTrue(predicate)) {
                    return false;
                }
            }
            return true;
        };
    }

    static Test noneNull(List<Column> columns) {
        int[] slots = Execution.slotsOf(columns);
        return run -> {
            for (int slot : slots) {
                if (run.frame[slot].isNull()) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public Cursor open(Execution run) {
        return new Pipe(input, run) {
            @Override
            public boolean next() {
                while (below.next()) {
                    run.checkTermination();
                    if (test.holds(run)) {
                        return true;
                    }
                }
                return false;
            }
        };
    }
}
