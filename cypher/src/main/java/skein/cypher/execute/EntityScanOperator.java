package skein.cypher.execute;

import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.GraphReads.EntityCursor;

/** For each input row, the nodes or relationships that a source finds. */
final class EntityScanOperator implements Operator {
    private final Operator input;
    private final int slot;
    private final Source source;
    private final LongFunction<Value> reference;

    /** Where ids come from. */
    @FunctionalInterface
    interface Source {
        EntityCursor ids(Execution run);
    }

    EntityScanOperator(Operator input, int slot, Source source, LongFunction<Value> reference) {
        this.input = input;
        this.slot = slot;
        this.source = source;
        this.reference = reference;
    }

    @Override
    public Cursor open(Execution run) {
        return new Scan(input, run);
    }

    private final class Scan extends Pipe {
        private @Nullable EntityCursor ids;

        Scan(Operator input, Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            while (true) {
                run.checkTermination();
                EntityCursor open = ids;
                if (open != null && open.next()) {
                    run.frame[slot] = reference.apply(open.id());
                    return true;
                }
                ids = null;
                if (!below.next()) {
                    return false;
                }
                ids = source.ids(run);
            }
        }

        @Override
        public void reset() {
            super.reset();
            ids = null;
        }
    }
}
