package skein.cypher.execute;

import org.jspecify.annotations.Nullable;
import skein.graph.Value.NodeReference;
import skein.storage.api.GraphReads.EntityCursor;

/** For each input row, the nodes that a source finds. */
final class NodeScanOperator implements Operator {
    private final Operator input;
    private final int slot;
    private final Source source;

    /** Where nodes come from. */
    @FunctionalInterface
    interface Source {
        EntityCursor nodes(Execution run);
    }

    NodeScanOperator(Operator input, int slot, Source source) {
        this.input = input;
        this.slot = slot;
        this.source = source;
    }

    @Override
    public Cursor open(Execution run) {
        return new Scan(input, run);
    }

    private final class Scan extends Pipe {
        private @Nullable EntityCursor nodes;

        Scan(Operator input, Execution run) {
            super(input, run);
        }

        @Override
        public boolean next() {
            while (true) {
                run.checkTermination();
                EntityCursor open = nodes;
                if (open != null && open.next()) {
                    run.frame[slot] = new NodeReference(open.id());
                    return true;
                }
                nodes = null;
                if (!below.next()) {
                    return false;
                }
                nodes = source.nodes(run);
            }
        }

        @Override
        public void reset() {
            super.reset();
            nodes = null;
        }
    }
}
