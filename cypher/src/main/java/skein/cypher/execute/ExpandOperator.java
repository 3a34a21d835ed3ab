package skein.cypher.execute;

import org.jspecify.annotations.Nullable;
import skein.cypher.plan.LogicalPlan.Expand;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;

/** From a bound node over one relationship. */
final class ExpandOperator implements Operator {
    private final Operator input;
    private final Expand plan;
    private final Uniqueness uniqueness;

    ExpandOperator(Operator input, Expand plan) {
        this.input = input;
        this.plan = plan;
        this.uniqueness = new Uniqueness(plan.uniqueAmong());
    }

    @Override
    public Cursor open(Execution run) {
        return new Walk(input, run);
    }

    private final class Walk extends Pipe {
        private final TypeTokens types;
        private @Nullable RelationshipCursor relationships;
        private long wanted;

        Walk(Operator input, Execution run) {
            super(input, run);
            this.types = new TypeTokens(plan.steps().types(), run);
        }

        @Override
        public boolean next() {
            while (true) {
                RelationshipCursor open = relationships;
                if (open != null && advance(open)) {
                    return true;
                }
                relationships = null;
                if (!below.next()) {
                    return false;
                }
                start();
            }
        }

        private boolean advance(RelationshipCursor open) {
            while (open.next()) {
                run.checkTermination();
                if (plan.into() && open.neighbour() != wanted || uniqueness.isUsed(open.relationship(), run.frame)) {
                    continue;
                }
                run.frame[plan.relationship().slot()] = new RelationshipReference(open.relationship());
                if (!plan.into()) {
                    run.frame[plan.to().slot()] = new NodeReference(open.neighbour());
                }
                return true;
            }
            return false;
        }

        private void start() {
            int @Nullable [] tokens = types.now();
            if (tokens == null || !(run.frame[plan.from().slot()] instanceof NodeReference from)) {
                return;
            }
            if (!plan.into()) {
                relationships = run.expand(from.id(), plan.steps().direction(), tokens);
            } else if (run.frame[plan.to().slot()] instanceof NodeReference to) {
                startInto(from.id(), to.id(), tokens);
            }
        }

        /** Walks from the end that has fewer relationships. */
        private void startInto(long from, long to, int[] tokens) {
            Direction direction = plan.steps().direction();
            Direction reversed = direction.reversed();
            boolean backwards = from != to
                    && run.transaction.degree(to, reversed, tokens) < run.transaction.degree(from, direction, tokens);
            relationships = backwards ? run.expand(to, reversed, tokens) : run.expand(from, direction, tokens);
            wanted = backwards ? from : to;
        }

        @Override
        public void reset() {
            super.reset();
            relationships = null;
        }
    }
}
