package skein.cypher.execute;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.plan.LogicalPlan.ExpandVariable;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphReads.RelationshipCursor;

/** From a bound node over several relationships, depth first, no relationship twice on one walk. */
final class ExpandVariableOperator implements Operator {
    private static final int FIRST_DEPTH = 8;

    private final Operator input;
    private final ExpandVariable plan;
    private final @Nullable Evaluator condition;
    private final Uniqueness uniqueness;

    ExpandVariableOperator(Operator input, ExpandVariable plan, @Nullable Evaluator condition) {
        this.input = input;
        this.plan = plan;
        this.condition = condition;
        this.uniqueness = new Uniqueness(plan.uniqueAmong());
    }

    @Override
    public Cursor open(Execution run) {
        return new Walk(input, run);
    }

    private final class Walk extends Pipe {
        private final TypeTokens types;
        /** The walk's relationships are {@code path[0..depth)}; it stands at {@code nodes[depth]}. */
        private long[] path = new long[FIRST_DEPTH];

        private long[] nodes = new long[FIRST_DEPTH + 1];
        private @Nullable RelationshipCursor[] open = new RelationshipCursor[FIRST_DEPTH + 1];
        /** -1 when there is no walk. */
        private int depth = -1;

        private long wanted;

        Walk(Operator input, Execution run) {
            super(input, run);
            this.types = new TypeTokens(plan.steps().types(), run);
        }

        @Override
        public boolean next() {
            while (true) {
                if (depth < 0) {
                    if (!below.next()) {
                        return false;
                    }
                    if (start() && emit()) {
                        return true;
                    }
                } else if (!step()) {
                    depth--;
                } else if (emit()) {
                    return true;
                }
            }
        }

        private boolean start() {
            if (!(run.frame[plan.from().slot()] instanceof NodeReference from)) {
                return false;
            }
            if (plan.into()) {
                if (!(run.frame[plan.to().slot()] instanceof NodeReference to)) {
                    return false;
                }
                wanted = to.id();
            }
            depth = 0;
            nodes[0] = from.id();
            open[0] = null;
            return true;
        }

        /** One relationship further from where the walk stands; false when there is none left. */
        private boolean step() {
            if (depth >= plan.max()) {
                return false;
            }
            RelationshipCursor cursor = open[depth];
            if (cursor == null) {
                int @Nullable [] tokens = types.now();
                if (tokens == null) {
                    return false;
                }
                cursor = run.expand(nodes[depth], plan.steps().direction(), tokens);
                open[depth] = cursor;
            }
            while (cursor.next()) {
                run.checkTermination();
                if (isUsable(cursor.relationship())) {
                    push(cursor.relationship(), cursor.neighbour());
                    return true;
                }
            }
            return false;
        }

        private boolean isUsable(long relationship) {
            for (int i = 0; i < depth; i++) {
                if (path[i] == relationship) {
                    return false;
                }
            }
            if (uniqueness.isUsed(relationship, run.frame)) {
                return false;
            }
            if (condition == null) {
                return true;
            }
            run.frame[plan.step().slot()] = new RelationshipReference(relationship);
            return run.isTrue(condition);
        }

        private void push(long relationship, long neighbour) {
            if (depth == path.length) {
                path = Arrays.copyOf(path, 2 * depth);
                nodes = Arrays.copyOf(nodes, 2 * depth + 1);
                open = Arrays.copyOf(open, 2 * depth + 1);
            }
            path[depth] = relationship;
            depth++;
            nodes[depth] = neighbour;
            open[depth] = null;
        }

        private boolean emit() {
            if (depth < plan.min() || plan.into() && nodes[depth] != wanted) {
                return false;
            }
            run.frame[plan.relationships().slot()] = walked();
            if (!plan.into()) {
                run.frame[plan.to().slot()] = new NodeReference(nodes[depth]);
            }
            return true;
        }

        private ListValue walked() {
            Value[] walked = new Value[depth];
            for (int i = 0; i < depth; i++) {
                walked[plan.backwards() ? depth - 1 - i : i] = new RelationshipReference(path[i]);
            }
            return ListValue.ofOwned(walked);
        }

        @Override
        public void reset() {
            super.reset();
            depth = -1;
        }
    }
}
