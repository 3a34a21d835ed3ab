package skein.cypher.execute;

import org.jspecify.annotations.Nullable;
import skein.cypher.plan.LogicalPlan.ScanAllByEdgeType;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphReads.EntityCursor;

/** For each input row, all relationships of some types with their ends. */
final class RelationshipScanOperator implements Operator {
    private final Operator input;
    private final ScanAllByEdgeType plan;
    private final Uniqueness uniqueness;

    RelationshipScanOperator(Operator input, ScanAllByEdgeType plan) {
        this.input = input;
        this.plan = plan;
        this.uniqueness = new Uniqueness(plan.uniqueAmong());
    }

    @Override
    public Cursor open(Execution run) {
        return new Scan(input, run);
    }

    private final class Scan extends Pipe {
        private final TypeTokens types;
        private final RelationshipEnds ends;
        private @Nullable EntityCursor relationships;
        /** Which of the types is being scanned. */
        private int type = Integer.MAX_VALUE;

        private int[] tokens = {};

        Scan(Operator input, Execution run) {
            super(input, run);
            this.types = new TypeTokens(plan.types(), run);
            this.ends = new RelationshipEnds(run, plan.left(), false, plan.right(), false, plan.arrow());
        }

        @Override
        public boolean next() {
            while (true) {
                run.checkTermination();
                if (ends.next()) {
                    return true;
                }
                EntityCursor open = relationships;
                if (open != null && open.next() && run.mayHop()) {
                    take(open.id());
                } else if (!openNext()) {
                    return false;
                }
            }
        }

        private void take(long relationship) {
            if (!uniqueness.isUsed(relationship, run.frame)) {
                run.frame[plan.relationship().slot()] = new RelationshipReference(relationship);
                ends.offer(run.transaction.startOf(relationship), run.transaction.endOf(relationship));
            }
        }

        private boolean openNext() {
            if (type < tokens.length) {
                relationships = run.transaction.relationshipsWithType(tokens[type++]);
                return true;
            }
            relationships = null;
            if (!below.next()) {
                return false;
            }
            int @Nullable [] now = types.now();
            tokens = now == null ? new int[0] : now;
            type = 0;
            if (plan.types().isEmpty()) {
                relationships = run.transaction.relationships();
            }
            return true;
        }

        @Override
        public void reset() {
            super.reset();
            relationships = null;
            type = Integer.MAX_VALUE;
            ends.clear();
        }
    }
}
