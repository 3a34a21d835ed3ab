package skein.cypher.execute;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.expression.value.DistinctValues;
import skein.cypher.expression.value.EquivalenceKey;
import skein.cypher.plan.Column;

/** The first row of each set of rows whose columns are equivalent. */
final class DistinctOperator implements Operator {
    private final Operator input;
    private final int[] slots;

    DistinctOperator(Operator input, List<Column> columns) {
        this.input = input;
        this.slots = columns.stream().mapToInt(Column::slot).toArray();
    }

    @Override
    public Cursor open(Execution run) {
        return slots.length == 1 ? ofOne(run) : ofSeveral(run);
    }

    private Cursor ofOne(Execution run) {
        int slot = slots[0];
        return new Pipe(input, run) {
            private final DistinctValues seen = new DistinctValues();

            @Override
            public boolean next() {
                while (below.next()) {
                    run.checkTermination();
                    if (seen.add(run.frame[slot])) {
                        run.reserveValues(2);
                        return true;
                    }
                }
                return false;
            }

            @Override
            public void reset() {
                super.reset();
                seen.clear();
            }
        };
    }

    private Cursor ofSeveral(Execution run) {
        return new Pipe(input, run) {
            private final Set<EquivalenceKey> seen = new HashSet<>();

            @Override
            public boolean next() {
                while (below.next()) {
                    run.checkTermination();
                    if (seen.add(EquivalenceKey.of(run.copy(slots)))) {
                        run.reserveValues(slots.length + 1L);
                        return true;
                    }
                }
                return false;
            }

            @Override
            public void reset() {
                super.reset();
                seen.clear();
            }
        };
    }
}
