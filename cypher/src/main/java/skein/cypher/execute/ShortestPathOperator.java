package skein.cypher.execute;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.plan.LogicalPlan.ShortestPath;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.Direction;

/** The shortest walks between two bound nodes, breadth first from both ends, one level at a time. */
final class ShortestPathOperator implements Operator {
    private final Operator input;
    private final ShortestPath plan;
    private final @Nullable Evaluator condition;

    ShortestPathOperator(Operator input, ShortestPath plan, @Nullable Evaluator condition) {
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
        private Iterator<Value> found = Collections.emptyIterator();

        Search(Operator input, Execution run) {
            super(input, run);
            this.types = new TypeTokens(plan.steps().types(), run);
        }

        @Override
        public boolean next() {
            while (!found.hasNext()) {
                if (!below.next()) {
                    return false;
                }
                if (run.frame[plan.from().slot()] instanceof NodeReference from
                        && run.frame[plan.to().slot()] instanceof NodeReference to) {
                    found = search(from.id(), to.id()).iterator();
                }
            }
            run.frame[plan.relationships().slot()] = found.next();
            return true;
        }

        private List<Value> search(long from, long to) {
            if (from == to) {
                return plan.min() == 0 ? List.of(ListValue.EMPTY) : List.of();
            }
            int @Nullable [] tokens = types.now();
            if (tokens == null) {
                return List.of();
            }
            Direction direction = plan.steps().direction();
            BreadthFirst left = new BreadthFirst(run, from, direction, this::isUsable, plan.all());
            BreadthFirst right = new BreadthFirst(run, to, direction.reversed(), this::isUsable, plan.all());
            while (left.depth() + right.depth() < plan.max() && left.frontier() > 0 && right.frontier() > 0) {
                boolean forwards = left.frontier() <= right.frontier();
                boolean met = forwards ? left.advance(tokens, right) : right.advance(tokens, left);
                if (met) {
                    return forwards ? walks(left, right, left) : walks(left, right, right);
                }
            }
            return List.of();
        }

        private boolean isUsable(long relationship) {
            if (condition == null) {
                return true;
            }
            run.frame[plan.step().slot()] = new RelationshipReference(relationship);
            return run.isTrue(condition);
        }

        /** The walks over the nodes where both ends have met: those of the newest level. */
        private List<Value> walks(BreadthFirst left, BreadthFirst right, BreadthFirst advanced) {
            List<Value> walks = new ArrayList<>();
            for (int place = advanced.levelEnd() - 1; place >= advanced.levelBegin(); place--) {
                long node = advanced.node(place);
                int leftPlace = left.place(node);
                int rightPlace = right.place(node);
                if (leftPlace >= 0 && rightPlace >= 0) {
                    List<long[]> tails = trails(right, rightPlace);
                    for (long[] head : trails(left, leftPlace)) {
                        for (long[] tail : tails) {
                            run.checkTermination();
                            walks.add(walk(head, tail));
                            if (!plan.all()) {
                                return walks;
                            }
                        }
                    }
                }
            }
            return walks;
        }

        /** The relationships of the shortest walks from where an end began to a place, in reverse. */
        private List<long[]> trails(BreadthFirst side, int place) {
            List<long[]> trails = new ArrayList<>();
            int length = 0;
            for (int at = place; side.newest(at) >= 0; at = side.from(side.newest(at))) {
                length++;
            }
            long[] trail = new long[length];
            int[] choices = new int[length + 1];
            int step = 0;
            choices[0] = side.newest(place);
            while (step >= 0) {
                run.checkTermination();
                if (step == length) {
                    trails.add(trail.clone());
                    run.reserveValues(length);
                    step--;
                } else if (choices[step] < 0) {
                    step--;
                } else {
                    int arrival = choices[step];
                    choices[step] = side.before(arrival);
                    trail[step++] = side.relationship(arrival);
                    choices[step] = side.newest(side.from(arrival));
                }
            }
            return trails;
        }

        /** @param head in reverse */
        private static Value walk(long[] head, long[] tail) {
            Value[] walked = new Value[head.length + tail.length];
            for (int i = 0; i < head.length; i++) {
                walked[i] = new RelationshipReference(head[head.length - 1 - i]);
            }
            for (int i = 0; i < tail.length; i++) {
                walked[head.length + i] = new RelationshipReference(tail[i]);
            }
            return ListValue.ofOwned(walked);
        }

        @Override
        public void reset() {
            super.reset();
            found = Collections.emptyIterator();
        }
    }
}
