package skein.cypher.plan;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.plan.PatternGraph.Edge;

/**
 * In which order one MATCH binds its nodes and relationships. Orders are extended step by step, the cheapest unfinished
 * one first, and of two orders that have bound the same only the cheaper one goes on: dynamic programming over what is
 * bound, which finds the best order. Beyond {@link #EDGES_MAX} relationships, or once {@link #STATES_MAX} unfinished
 * orders have been looked at, the rest is greedy: the step that leaves least to do.
 */
final class JoinOrder {
    static final int EDGES_MAX = 12;
    static final int STATES_MAX = 2_000;

    /** A scan that finds at most so many may begin anew although something bound could be walked from. */
    private static final double FEW = 100;

    /** Where nothing is expected, some orders are still better than others. */
    private static final double ROWS_MIN = 0.01;

    private final PatternSteps steps;
    private final List<String> nodes;
    private final List<Edge> edges;

    private final boolean exhaustive;

    /**
     * @param steps what can be done and what it costs
     * @param thorough false where all orders are alike, in an empty graph
     */
    JoinOrder(PatternSteps steps, Set<String> nodes, List<Edge> edges, boolean thorough) {
        this.steps = steps;
        this.nodes = List.copyOf(nodes);
        this.edges = List.copyOf(edges);
        this.exhaustive = thorough && edges.size() <= EDGES_MAX;
    }

    /** One thing to do. */
    sealed interface Action {
        /** Find the nodes that a node stands for. */
        record Start(StartPoint point) implements Action {}

        /** Follow a relationship from an end that is bound, or bind the ends of one that is. */
        record Walk(Edge edge) implements Action {}

        /** Go through all relationships of the types. */
        record ScanEdge(Edge edge) implements Action {}

        /** Find relationships by id or through an index; their ends are bound by a walk. */
        record SeekEdge(EdgeSeek seek) implements Action {}
    }

    /**
     * @param rows about how many there are in the end, for one row before
     * @param stuck a path expansion that speaks of what is not bound, so that the order is none
     */
    record Order(List<Action> actions, double cost, double rows, Optional<Edge> stuck) {}

    /** An order that has got somewhere. */
    static final class State {
        final Set<String> bound;
        final BitSet walked;
        final double cost;
        final double rows;
        private final @Nullable State before;
        private final @Nullable Action action;

        private State(
                Set<String> bound,
                BitSet walked,
                double cost,
                double rows,
                @Nullable State before,
                @Nullable Action action) {
            this.bound = bound;
            this.walked = walked;
            this.cost = cost;
            this.rows = rows;
            this.before = before;
            this.action = action;
        }

        private List<Action> actions() {
            List<Action> actions = new ArrayList<>();
            State at = this;
            while (at.before != null && at.action != null) {
                actions.add(at.action);
                at = at.before;
            }
            return actions.reversed();
        }
    }

    /** What has been reached: two orders with the same are two ways to the same rows. */
    private record Reached(Set<String> bound, BitSet walked) {}

    /** The best order found, from what is bound at first. */
    Order best(Set<String> bound) {
        State first = new State(Set.copyOf(bound), new BitSet(), 0, 1, null, null);
        PriorityQueue<State> open = new PriorityQueue<>(Comparator.comparingDouble((State state) -> state.cost));
        Set<Reached> settled = new HashSet<>();
        open.add(first);
        int looked = 0;
        while (true) {
            State cheapest = open.remove();
            if (isWhole(cheapest)) {
                return finished(cheapest);
            }
            if (!exhaustive || ++looked > STATES_MAX) {
                return greedily(cheapest);
            }
            if (settled.add(new Reached(cheapest.bound, cheapest.walked))) {
                open.addAll(after(cheapest));
            }
            if (open.isEmpty()) {
                return stuck(cheapest);
            }
        }
    }

    private Order greedily(State from) {
        State state = from;
        while (!isWhole(state)) {
            Optional<State> best = after(state).stream().min(Comparator.comparingDouble(next -> next.cost + next.rows));
            if (best.isEmpty()) {
                return stuck(state);
            }
            state = best.get();
        }
        return finished(state);
    }

    private static Order finished(State state) {
        return new Order(state.actions(), state.cost, state.rows, Optional.empty());
    }

    private Order stuck(State state) {
        Edge left = edges.get(state.walked.nextClearBit(0));
        return new Order(List.of(), Double.MAX_VALUE, Double.MAX_VALUE, Optional.of(left));
    }

    private boolean isWhole(State state) {
        return state.walked.cardinality() == edges.size() && state.bound.containsAll(nodes);
    }

    private List<State> after(State state) {
        List<State> next = new ArrayList<>();
        for (int i = 0; i < edges.size(); i++) {
            if (!state.walked.get(i) && steps.isReady(edges.get(i), state.bound)) {
                next.add(walk(state, i));
            }
        }
        boolean stuck = next.isEmpty();
        for (String node : nodes) {
            if (!state.bound.contains(node)) {
                StartPoint point = steps.start(node, state.bound);
                if (stuck || point.isSeek() && point.rows() <= FEW) {
                    next.add(extended(state, new Action.Start(point), steps.starting(point, state.bound), -1));
                }
            }
        }
        if (stuck) {
            startWithRelationships(state, next);
        }
        return next;
    }

    private State walk(State state, int edge) {
        return extended(state, new Action.Walk(edges.get(edge)), steps.walking(edges.get(edge), state.bound), edge);
    }

    private void startWithRelationships(State state, List<State> next) {
        for (int i = 0; i < edges.size(); i++) {
            Edge edge = edges.get(i);
            if (state.walked.get(i)) {
                continue;
            }
            Optional<EdgeSeek> seek = steps.seek(edge, state.bound);
            seek.ifPresent(found ->
                    next.add(extended(state, new Action.SeekEdge(found), steps.seeking(found, state.bound), -1)));
            if (steps.canScan(edge, state.bound)) {
                next.add(extended(state, new Action.ScanEdge(edge), steps.scanning(edge, state.bound), i));
            }
        }
    }

    private State extended(State state, Action action, PatternSteps.Step step, int walked) {
        Set<String> bound = new LinkedHashSet<>(state.bound);
        bound.addAll(step.binds());
        BitSet done = state.walked;
        if (walked >= 0) {
            done = (BitSet) state.walked.clone();
            done.set(walked);
        }
        return new State(
                bound,
                done,
                state.cost + Math.max(state.rows, ROWS_MIN) * step.cost(),
                Cardinality.bounded(state.rows * step.rows()),
                state,
                action);
    }
}
