package skein.cypher.execute;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.value.LongIndex;
import skein.cypher.plan.LogicalPlan.ExpandVariable;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;

/**
 * The nodes that a walk of several relationships can lead to, each once, breadth first. A shortest walk to another node
 * never uses a relationship twice, so it counts as a walk; only walks back to the first node need a closer look.
 */
final class FarNodesOperator implements Operator {
    private static final int CAPACITY_MIN = 16;
    private static final int VALUES_PER_NODE = 2;

    private final Operator input;
    private final ExpandVariable plan;
    private final @Nullable Evaluator condition;

    FarNodesOperator(Operator input, ExpandVariable plan, @Nullable Evaluator condition) {
        this.input = input;
        this.plan = plan;
        this.condition = condition;
    }

    @Override
    public Cursor open(Execution run) {
        return new Search(input, run);
    }

    private final class Search extends Pipe {
        private final TypeTokens types;
        private final boolean bothWays = plan.steps().direction() == Direction.BOTH;
        private final LongIndex reached = new LongIndex();

        /** By number of the node: the first relationship of the walk that reached it. */
        private long[] firstSteps = new long[CAPACITY_MIN];

        private int[] depths = new int[CAPACITY_MIN];
        private int @Nullable [] tokens;
        private @Nullable RelationshipCursor cursor;

        /** Number of the node whose relationships are looked at. */
        private int at;

        private boolean startWanted;

        Search(Operator input, Execution run) {
            super(input, run);
            this.types = new TypeTokens(plan.steps().types(), run);
        }

        @Override
        public boolean next() {
            while (true) {
                if (advance()) {
                    return true;
                }
                if (!below.next()) {
                    return false;
                }
                if (start()) {
                    return true;
                }
            }
        }

        /** Begins at the node of a new row; answers whether that is a result itself. */
        private boolean start() {
            reached.clear();
            cursor = null;
            at = 0;
            if (!(run.frame[plan.from().slot()] instanceof NodeReference from)) {
                return false;
            }
            reach(from.id(), 0, -1);
            tokens = types.now();
            startWanted = plan.min() > 0;
            return !startWanted && emit(from.id());
        }

        private boolean advance() {
            int[] wanted = tokens;
            while (wanted != null && at < reached.size() && depths[at] < plan.max()) {
                RelationshipCursor open = cursor;
                if (open == null) {
                    open = run.expand(reached.key(at), plan.steps().direction(), wanted);
                    cursor = open;
                }
                while (open.next()) {
                    run.checkTermination();
                    if (isUsable(open.relationship()) && arrive(open.neighbour(), open.relationship())) {
                        return true;
                    }
                }
                cursor = null;
                at++;
            }
            return false;
        }

        private boolean isUsable(long relationship) {
            if (condition == null) {
                return true;
            }
            run.frame[plan.step().slot()] = new RelationshipReference(relationship);
            return run.isTrue(condition);
        }

        /** Answers whether this is a new result. */
        private boolean arrive(long node, long relationship) {
            int number = reached.find(node);
            long firstStep = at == 0 ? relationship : firstSteps[at];
            if (number < 0) {
                reach(node, depths[at] + 1, firstStep);
                return emit(node);
            }
            if (startWanted && leadsBack(number, relationship, firstStep)) {
                startWanted = false;
                return emit(reached.key(0));
            }
            return false;
        }

        /** Whether a walk from the first node to itself, no relationship twice, uses this relationship. */
        private boolean leadsBack(int number, long relationship, long firstStep) {
            if (number == 0) {
                return at == 0 || !bothWays || relationship != firstStep;
            }
            return bothWays && firstSteps[number] != firstStep && depths[at] + depths[number] + 1 <= plan.max();
        }

        private void reach(long node, int depth, long firstStep) {
            run.reserveValues(VALUES_PER_NODE);
            int number = reached.add(node);
            if (number == depths.length) {
                depths = Arrays.copyOf(depths, 2 * number);
                firstSteps = Arrays.copyOf(firstSteps, 2 * number);
            }
            depths[number] = depth;
            firstSteps[number] = firstStep;
        }

        private boolean emit(long node) {
            run.frame[plan.to().slot()] = new NodeReference(node);
            run.frame[plan.relationships().slot()] = Value.NULL;
            return true;
        }

        @Override
        public void reset() {
            super.reset();
            reached.clear();
            cursor = null;
            at = 0;
        }
    }
}
