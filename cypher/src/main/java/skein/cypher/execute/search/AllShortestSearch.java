package skein.cypher.execute.search;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.value.Numbers;
import skein.graph.Value;
import skein.storage.api.GraphReads.RelationshipCursor;

/**
 * Every path of least weight to every node that can be reached, or to one: none visits a node twice. First the weights
 * are found (Dijkstra), keeping every last step that achieves the least; then the steps are followed back.
 */
public final class AllShortestSearch implements PathSearch {
    private static final int BYTES_PER_STATE = 200;
    private static final int BYTES_PER_ARRIVAL = 40;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private final Terrain terrain;
    private final long from;
    private final long to;
    private final int max;
    private final Map<Key, State> states = new HashMap<>();
    private final PriorityQueue<Candidate> waiting = new PriorityQueue<>(AllShortestSearch::compare);
    /** Of the states of a node that are settled, the one of the shortest walk. */
    private final Map<Long, State> shortest = new HashMap<>();
    /** Lightest states of each node, nodes in the order in which their weight was known. */
    private final Map<Long, List<State>> ends = new LinkedHashMap<>();

    private @Nullable Deque<State> targets;
    private @Nullable Way way;
    private long heldBytes;

    /** Walks of different lengths to one node are told apart only if the length is bounded. */
    private record Key(long node, int length) {}

    /** The last step of a walk. */
    private record Arrival(State before, long relationship) {}

    /** What a state weighed when it was put into the queue; it may weigh less by now. */
    private record Candidate(State state, Value total) {}

    private static final class State {
        final long node;
        final int length;
        final int number;
        final List<Arrival> arrivals = new ArrayList<>();
        Value total;
        boolean settled;

        State(long node, int length, int number, Value total) {
            this.node = node;
            this.length = length;
            this.number = number;
            this.total = total;
        }
    }

    public AllShortestSearch(Terrain terrain, long from, long to, int max) {
        this.terrain = terrain;
        this.from = from;
        this.to = to;
        this.max = max;
    }

    private static int compare(Candidate left, Candidate right) {
        int weights = Numbers.compare(left.total, right.total);
        return weights != 0 ? weights : Integer.compare(left.state.number, right.state.number);
    }

    @Override
    public boolean next() {
        Deque<State> left = targets;
        if (left == null) {
            left = new ArrayDeque<>();
            if (from != to) {
                findWeights();
                ends.values().forEach(left::addAll);
            }
            targets = left;
        }
        while (way == null || !way.next()) {
            if (left.isEmpty()) {
                return false;
            }
            way = new Way(left.remove());
        }
        return true;
    }

    private void findWeights() {
        enqueue(state(from, 0, Value.of(0L)));
        while (!waiting.isEmpty()) {
            State state = waiting.remove().state;
            if (state.settled || isBeyondEnd(state) || isNeedless(state)) {
                continue;
            }
            state.settled = true;
            note(state);
            if (state.length < max && state.node != to) {
                leave(state);
            }
        }
    }

    private void enqueue(State state) {
        waiting.add(new Candidate(state, state.total));
    }

    /** A walk that is neither lighter nor shorter than another to the same node leads to nothing. */
    private boolean isNeedless(State state) {
        State other = shortest.get(state.node);
        if (other == null || state.length < other.length) {
            shortest.put(state.node, state);
            return false;
        }
        return Numbers.compare(other.total, state.total) < 0;
    }

    private State state(long node, int length, Value total) {
        State state = new State(node, length, states.size(), total);
        states.put(new Key(node, max == UNBOUNDED ? 0 : length), state);
        hold(BYTES_PER_STATE);
        return state;
    }

    private void hold(long bytes) {
        heldBytes += bytes;
        terrain.holds(heldBytes);
    }

    private boolean isBeyondEnd(State state) {
        List<State> end = ends.get(to);
        return end != null && Numbers.compare(state.total, end.getFirst().total) > 0;
    }

    private void note(State state) {
        if (state.node == from || (to != ANYWHERE && state.node != to)) {
            return;
        }
        List<State> known = ends.computeIfAbsent(state.node, _ -> new ArrayList<>());
        if (known.isEmpty() || Numbers.compare(known.getFirst().total, state.total) == 0) {
            known.add(state);
        }
    }

    private void leave(State state) {
        RelationshipCursor steps = terrain.from(state.node);
        while (steps.next()) {
            terrain.checkTermination();
            if (steps.neighbour() == from) {
                continue;
            }
            WeightedSearch.Step step = WeightedSearch.Step.of(terrain, steps, state.total, () -> new long[0]);
            if (step.admitted()) {
                arrive(state, steps, step.total());
            }
        }
    }

    private void arrive(State before, RelationshipCursor step, Value total) {
        int length = before.length + 1;
        State known = states.get(new Key(step.neighbour(), max == UNBOUNDED ? 0 : length));
        if (known == null) {
            known = state(step.neighbour(), length, total);
            enqueue(known);
        } else {
            int order = Numbers.compare(total, known.total);
            if (order > 0) {
                return;
            }
            if (order < 0) {
                known.arrivals.clear();
                known.total = total;
                enqueue(known);
            }
        }
        known.arrivals.add(new Arrival(before, step.relationship()));
        hold(BYTES_PER_ARRIVAL);
    }

    /** The ways back from a state, one after the other. */
    private final class Way {
        private final State end;
        private final Deque<Integer> choices = new ArrayDeque<>();
        private final List<Arrival> taken = new ArrayList<>();
        private final Deque<State> at = new ArrayDeque<>();

        Way(State end) {
            this.end = end;
            at.push(end);
            choices.push(0);
        }

        boolean next() {
            if (!taken.isEmpty()) {
                back();
            }
            while (!choices.isEmpty()) {
                terrain.checkTermination();
                State state = at.element();
                int choice = choices.pop();
                if (choice == state.arrivals.size()) {
                    back();
                    continue;
                }
                choices.push(choice + 1);
                Arrival arrival = state.arrivals.get(choice);
                if (isOnWay(arrival.before().node)) {
                    continue;
                }
                taken.add(arrival);
                at.push(arrival.before());
                if (arrival.before().node == from) {
                    return true;
                }
                choices.push(0);
            }
            return false;
        }

        /** Leaves the state that was looked at last. */
        private void back() {
            at.pop();
            if (!taken.isEmpty()) {
                taken.removeLast();
            }
        }

        private boolean isOnWay(long node) {
            return at.stream().anyMatch(state -> state.node == node);
        }

        long[] relationships() {
            long[] walk = new long[taken.size()];
            Arrays.setAll(walk, i -> taken.get(walk.length - 1 - i).relationship());
            return walk;
        }
    }

    private Way found() {
        if (way == null) {
            throw new IllegalStateException("no path has been found");
        }
        return way;
    }

    @Override
    public long[] relationships() {
        return found().relationships();
    }

    @Override
    public long end() {
        return found().end.node;
    }

    @Override
    public Value total() {
        return found().end.total;
    }
}
