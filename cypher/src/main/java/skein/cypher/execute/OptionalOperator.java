package skein.cypher.execute;

import skein.cypher.plan.LogicalPlan.OptionalMatch;
import skein.graph.Value;

/** The rows of an inner plan, or one row of nulls. */
final class OptionalOperator implements Operator {
    private final Operator input;
    private final Operator inner;
    private final int[] introduced;

    OptionalOperator(Operator input, Operator inner, OptionalMatch plan) {
        this.input = input;
        this.inner = inner;
        this.introduced = Execution.slotsOf(plan.introduced());
    }

    @Override
    public Cursor open(Execution run) {
        return new Attempt(run);
    }

    private final class Attempt extends Pipe {
        private final Cursor rows;
        private boolean active;

        Attempt(Execution run) {
            super(input, run);
            this.rows = inner.open(run);
        }

        @Override
        public boolean next() {
            if (active && rows.next()) {
                return true;
            }
            active = false;
            if (!below.next()) {
                return false;
            }
            rows.reset();
            active = rows.next();
            if (!active) {
                for (int slot : introduced) {
                    run.frame[slot] = Value.NULL;
                }
            }
            return true;
        }

        @Override
        public void reset() {
            super.reset();
            active = false;
        }
    }
}
