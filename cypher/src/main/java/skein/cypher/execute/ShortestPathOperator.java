package skein.cypher.execute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.plan.LogicalPlan.ShortestPath;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.GraphReads.RelationshipCursor;

/** The shortest walks between two bound nodes, breadth first, one level at a time. */
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

    /** The last relationship of a shortest walk to a node. */
    private record Arrival(long relationship, long from) {}

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
            Map<Long, List<Arrival>> arrivals = new HashMap<>();
            arrivals.put(from, List.of());
            List<Long> level = List.of(from);
            for (int length = 1; length <= plan.max() && !level.isEmpty(); length++) {
                level = nextLevel(level, arrivals);
                if (arrivals.containsKey(to)) {
                    return walks(from, to, arrivals);
                }
            }
            return List.of();
        }

        private List<Long> nextLevel(List<Long> level, Map<Long, List<Arrival>> arrivals) {
            Map<Long, List<Arrival>> fresh = new HashMap<>();
            List<Long> reached = new ArrayList<>();
            int @Nullable [] tokens = types.now();
            if (tokens == null) {
                return reached;
            }
            for (long node : level) {
                RelationshipCursor cursor =
                        run.transaction.expand(node, plan.steps().direction(), tokens);
                while (cursor.next()) {
                    run.checkTermination();
                    long neighbour = cursor.neighbour();
                    if (arrivals.containsKey(neighbour) || !isUsable(cursor.relationship())) {
                        continue;
                    }
                    if (!fresh.containsKey(neighbour)) {
                        reached.add(neighbour);
                        run.reserveValues(2);
                    }
                    fresh.computeIfAbsent(neighbour, _ -> new ArrayList<>())
                            .add(new Arrival(cursor.relationship(), node));
                }
            }
            arrivals.putAll(fresh);
            return reached;
        }

        private boolean isUsable(long relationship) {
            if (condition == null) {
                return true;
            }
            run.frame[plan.step().slot()] = new RelationshipReference(relationship);
            return run.isTrue(condition);
        }

        private List<Value> walks(long from, long to, Map<Long, List<Arrival>> arrivals) {
            List<Value> walks = new ArrayList<>();
            ArrayDeque<Iterator<Arrival>> choices = new ArrayDeque<>();
            ArrayDeque<Value> walked = new ArrayDeque<>();
            choices.push(arrivals.getOrDefault(to, List.of()).iterator());
            while (!choices.isEmpty()) {
                run.checkTermination();
                if (!choices.peek().hasNext()) {
                    choices.pop();
                    walked.poll();
                    continue;
                }
                Arrival last = choices.peek().next();
                walked.push(new RelationshipReference(last.relationship()));
                if (last.from() == from) {
                    walks.add(new ListValue(List.copyOf(walked)));
                    if (!plan.all()) {
                        return walks;
                    }
                    walked.pop();
                } else {
                    choices.push(arrivals.getOrDefault(last.from(), List.of()).iterator());
                }
            }
            return walks;
        }

        @Override
        public void reset() {
            super.reset();
            found = Collections.emptyIterator();
        }
    }
}
