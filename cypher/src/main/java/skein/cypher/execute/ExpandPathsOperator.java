package skein.cypher.execute;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.cypher.execute.search.AllShortestSearch;
import skein.cypher.execute.search.BreadthFirstSearch;
import skein.cypher.execute.search.DepthFirstSearch;
import skein.cypher.execute.search.KShortestSearch;
import skein.cypher.execute.search.PathSearch;
import skein.cypher.execute.search.Terrain;
import skein.cypher.execute.search.WeightedSearch;
import skein.cypher.plan.LogicalPlan.ExpandPaths;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphReads.RelationshipCursor;

/** From a bound node along the paths that a search finds. */
final class ExpandPathsOperator implements Operator {
    private final Operator input;
    private final ExpandPaths plan;
    private final StepJudge judge;
    private final Uniqueness uniqueness;

    ExpandPathsOperator(Operator input, ExpandPaths plan, StepJudge judge) {
        this.input = input;
        this.plan = plan;
        this.judge = judge;
        this.uniqueness = new Uniqueness(plan.uniqueAmong());
    }

    @Override
    public Cursor open(Execution run) {
        return new Walk(input, run);
    }

    private final class Walk extends Pipe implements Terrain {
        private final TypeTokens types;
        private @Nullable PathSearch search;
        private int[] tokens = {};
        private long origin;
        private long accountedBytes;

        Walk(Operator input, Execution run) {
            super(input, run);
            this.types = new TypeTokens(plan.steps().types(), run);
        }

        @Override
        public boolean next() {
            while (true) {
                PathSearch current = search;
                if (current != null && current.next()) {
                    emit(current);
                    return true;
                }
                search = null;
                if (!below.next()) {
                    return false;
                }
                start();
            }
        }

        private void start() {
            int @Nullable [] now = types.now();
            if (!(run.frame[plan.from().slot()] instanceof NodeReference from)) {
                return;
            }
            long to = PathSearch.ANYWHERE;
            if (plan.into()) {
                if (!(run.frame[plan.to().slot()] instanceof NodeReference wanted)) {
                    return;
                }
                to = wanted.id();
            }
            origin = from.id();
            if (now != null) {
                tokens = now;
                search = search(to, plan.max());
            } else if (plan.min() == 0) {
                search = search(to, 0);
            }
        }

        private PathSearch search(long to, int max) {
            return switch (plan.search()) {
                case DEPTH_FIRST -> new DepthFirstSearch(this, origin, to, plan.min(), max);
                case BREADTH_FIRST -> new BreadthFirstSearch(this, origin, to, plan.min(), max);
                case WEIGHTED_SHORTEST -> new WeightedSearch(this, origin, to, max);
                case ALL_SHORTEST -> new AllShortestSearch(this, origin, to, max);
                case K_SHORTEST -> new KShortestSearch(this, origin, to, plan.min(), max, plan.paths());
            };
        }

        private void emit(PathSearch found) {
            long[] relationships = found.relationships();
            Value[] walked = new Value[relationships.length];
            for (int i = 0; i < walked.length; i++) {
                walked[plan.backwards() ? walked.length - 1 - i : i] = new RelationshipReference(relationships[i]);
            }
            run.frame[plan.relationships().slot()] = ListValue.ofOwned(walked);
            if (!plan.into()) {
                run.frame[plan.to().slot()] = new NodeReference(found.end());
            }
            plan.total().ifPresent(total -> run.frame[total.slot()] = found.total());
        }

        @Override
        public RelationshipCursor from(long node) {
            return run.expand(node, plan.steps().direction(), tokens);
        }

        @Override
        public boolean admits(long relationship, long node, Supplier<long[]> walked, Value total) {
            return !uniqueness.isUsed(relationship, run.frame)
                    && judge.admits(run, relationship, node, origin, walked, total);
        }

        @Override
        public boolean judgesTotal() {
            return judge.judgesTotal();
        }

        @Override
        public Value weight(long relationship, long node) {
            return judge.weight(run, relationship, node);
        }

        /** Searches come one after the other: only the largest counts. */
        @Override
        public void holds(long bytes) {
            if (bytes > accountedBytes) {
                run.reserveMemory(bytes - accountedBytes);
                accountedBytes = bytes;
            }
        }

        @Override
        public void checkTermination() {
            run.checkTermination();
        }

        @Override
        public void reset() {
            super.reset();
            search = null;
        }
    }
}
