package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.Ordering;
import skein.cypher.plan.Column;
import skein.graph.Value;

/** Sorts all rows, or finds the first few of them in order. Rows that compare equal stay in the order they came. */
final class SortOperator implements Operator {
    private final Operator input;
    private final Evaluator[] keys;
    private final int[] live;
    private final List<Evaluator> first;
    private final Comparator<Row> order;

    /** @param number place in the order of arrival */
    private record Row(Value[] keys, Value[] values, long number) {}

    /**
     * @param ascending one per key
     * @param first evaluate to numbers whose sum is how many sorted rows are needed; empty for all
     */
    SortOperator(Operator input, List<Evaluator> keys, boolean[] ascending, List<Column> live, List<Evaluator> first) {
        this.input = input;
        this.keys = keys.toArray(Evaluator[]::new);
        this.live = Execution.slotsOf(live);
        this.first = List.copyOf(first);
        this.order = order(ascending);
    }

    private static Comparator<Row> order(boolean[] ascending) {
        return (a, b) -> {
            for (int i = 0; i < ascending.length; i++) {
                int compared = Ordering.ASCENDING.compare(a.keys[i], b.keys[i]);
                if (compared != 0) {
                    return ascending[i] ? compared : -compared;
                }
            }
            return Long.compare(a.number, b.number);
        };
    }

    @Override
    public Cursor open(Execution run) {
        return new Sorted(run);
    }

    private final class Sorted extends Pipe {
        private @Nullable Iterator<Row> rows;
        private long arrived;

        Sorted(Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            if (rows == null) {
                rows = (first.isEmpty() ? all() : first(needed())).iterator();
            }
            if (!rows.hasNext()) {
                return false;
            }
            run.restore(live, rows.next().values);
            return true;
        }

        private long needed() {
            long needed = 0;
            for (Evaluator count : first) {
                long more = CountOperator.evaluate(count, "LIMIT", run);
                needed = needed + more < 0 ? Long.MAX_VALUE : needed + more;
            }
            return needed;
        }

        private Row row() {
            run.checkTermination();
            Value[] sortedBy = new Value[keys.length];
            for (int i = 0; i < keys.length; i++) {
                sortedBy[i] = run.evaluate(keys[i]);
            }
            return new Row(sortedBy, run.copy(live), arrived++);
        }

        private void reserveRow() {
            run.reserveValues(keys.length + live.length + 2L);
        }

        private List<Row> all() {
            List<Row> all = new ArrayList<>();
            while (below.next()) {
                all.add(row());
                reserveRow();
            }
            all.sort(interruptible());
            return all;
        }

        /** Keeps the best rows so far, the worst of them on top. */
        private List<Row> first(long needed) {
            PriorityQueue<Row> best = new PriorityQueue<>(Collections.reverseOrder(order));
            while (below.next()) {
                Row row = row();
                if (best.size() < needed) {
                    best.add(row);
                    reserveRow();
                } else if (needed > 0 && order.compare(row, best.element()) < 0) {
                    best.remove();
                    best.add(row);
                }
            }
            List<Row> sorted = new ArrayList<>(best);
            sorted.sort(interruptible());
            return sorted;
        }

        /** Sorting millions of rows takes seconds. */
        private Comparator<Row> interruptible() {
            return (a, b) -> {
                run.checkTermination();
                return order.compare(a, b);
            };
        }

        @Override
        public void reset() {
            super.reset();
            rows = null;
        }
    }
}
