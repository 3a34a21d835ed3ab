package skein.cypher.execute;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.plan.Column;
import skein.graph.Value;

/** Takes all rows before it lets the first one pass. */
final class AccumulateOperator implements Operator {
    private final Operator input;
    private final int[] live;

    AccumulateOperator(Operator input, List<Column> live) {
        this.input = input;
        this.live = Execution.slotsOf(live);
    }

    @Override
    public Cursor open(Execution run) {
        return new Barrier(run);
    }

    private final class Barrier extends Pipe {
        private @Nullable Deque<Value[]> rows;

        Barrier(Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            if (rows == null) {
                rows = collect();
            }
            Value @Nullable [] row = rows.poll();
            if (row == null) {
                return false;
            }
            run.restore(live, row);
            return true;
        }

        private Deque<Value[]> collect() {
            Deque<Value[]> all = new ArrayDeque<>();
            while (below.next()) {
                run.checkTermination();
                all.add(run.save(live));
            }
            return all;
        }

        @Override
        public void reset() {
            super.reset();
            rows = null;
        }
    }
}
