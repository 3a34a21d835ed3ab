package skein.cypher.execute;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.plan.Column;
import skein.graph.Value;

/**
 * Each input row with those rows of an inner plan that have equivalent keys; without keys, with all of them. The inner
 * plan runs once, when the first input row is there.
 */
final class HashJoinOperator implements Operator {
    private final Operator input;
    private final Operator inner;
    private final Evaluator[] keys;
    private final Evaluator[] innerKeys;
    private final int[] introduced;

    HashJoinOperator(
            Operator input, Operator inner, List<Evaluator> keys, List<Evaluator> innerKeys, List<Column> introduced) {
        this.input = input;
        this.inner = inner;
        this.keys = keys.toArray(Evaluator[]::new);
        this.innerKeys = innerKeys.toArray(Evaluator[]::new);
        this.introduced = Execution.slotsOf(introduced);
    }

    @Override
    public Cursor open(Execution run) {
        return new Pairs(run);
    }

    private final class Pairs extends Pipe {
        private final Cursor rows;
        private @Nullable KeptRows kept;
        private Iterator<Value[]> matching = Collections.emptyIterator();

        Pairs(Execution run) {
            super(input, run);
            this.rows = inner.open(run);
        }

        @Override
        public boolean next() {
            while (!matching.hasNext()) {
                run.checkTermination();
                if (!below.next()) {
                    return false;
                }
                KeptRows table = kept;
                if (table == null) {
                    rows.reset();
                    table = KeptRows.of(rows, innerKeys, introduced, run);
                    kept = table;
                }
                matching = table.matching(keys, run).iterator();
            }
            run.checkTermination();
            run.restore(introduced, matching.next());
            return true;
        }

        @Override
        public void reset() {
            super.reset();
            kept = null;
            matching = Collections.emptyIterator();
        }
    }
}
