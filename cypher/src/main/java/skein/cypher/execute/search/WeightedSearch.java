package skein.cypher.execute.search;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import skein.cypher.expression.operator.Arithmetic;
import skein.cypher.expression.value.Numbers;
import skein.graph.Value;
import skein.storage.api.GraphReads.RelationshipCursor;

/**
 * One path of least weight to every node that can be reached, lightest first (Dijkstra); the first node itself is not
 * among them. With a bound on the length, a heavier walk of fewer steps is kept beside a lighter one: it may lead on
 * where the lighter one has come to its end.
 */
public final class WeightedSearch implements PathSearch {
    private static final int BYTES_PER_ARRIVAL = WalkTree.BYTES_PER_PLACE + NodePlaces.BYTES_PER_NODE + 64;

    private final Terrain terrain;
    private final long from;
    private final long to;
    private final int max;
    private final WalkTree tree;
    private final List<Value> totals = new ArrayList<>();
    private final PriorityQueue<Integer> waiting;
    /** The place of the shortest walk so far to a node whose weight is final. */
    private final NodePlaces settled = new NodePlaces();

    private int found;
    private boolean over;

    /** @param max the most steps of a path */
    public WeightedSearch(Terrain terrain, long from, long to, int max) {
        this.terrain = terrain;
        this.from = from;
        this.to = to;
        this.max = max;
        this.tree = new WalkTree(from);
        this.over = from == to;
        this.waiting = new PriorityQueue<>(this::compare);
        totals.add(Value.of(0L));
        waiting.add(0);
    }

    private int compare(int left, int right) {
        int weights = Numbers.compare(totals.get(left), totals.get(right));
        if (weights != 0) {
            return weights;
        }
        int lengths = Integer.compare(tree.length(left), tree.length(right));
        return lengths != 0 ? lengths : Integer.compare(left, right);
    }

    @Override
    public boolean next() {
        while (!over && !waiting.isEmpty()) {
            int place = waiting.remove();
            long node = tree.node(place);
            int before = settled.get(node);
            if (isNeedless(before, tree.length(place))) {
                continue;
            }
            settled.put(node, place);
            leave(place);
            if (before == NodePlaces.NONE && node != from && (to == ANYWHERE || to == node)) {
                over = node == to;
                found = place;
                return true;
            }
        }
        return false;
    }

    /** Whether a walk of so many steps has no use beside the one that is settled. */
    private boolean isNeedless(int before, int length) {
        return before != NodePlaces.NONE && (max == Integer.MAX_VALUE || tree.length(before) <= length);
    }

    private void leave(int place) {
        if (tree.length(place) >= max || tree.node(place) == to) {
            return;
        }
        RelationshipCursor steps = terrain.from(tree.node(place));
        while (steps.next()) {
            terrain.checkTermination();
            long node = steps.neighbour();
            if (isNeedless(settled.get(node), tree.length(place) + 1)) {
                continue;
            }
            Step step = Step.of(terrain, steps, totals.get(place), () -> tree.walk(place));
            if (step.admitted()) {
                totals.add(step.total());
                waiting.add(tree.add(place, steps.relationship(), node));
                terrain.holds((long) tree.count() * BYTES_PER_ARRIVAL);
            }
        }
    }

    /** A step and what the walk weighs with it. */
    record Step(boolean admitted, Value total) {
        private static final Step REFUSED = new Step(false, Value.NULL);

        /** The weight of a step that is not admitted is not asked for, unless it decides that. */
        static Step of(Terrain terrain, RelationshipCursor step, Value before, Supplier<long[]> walked) {
            long relationship = step.relationship();
            long node = step.neighbour();
            if (terrain.judgesTotal()) {
                Value total = Arithmetic.add(before, terrain.weight(relationship, node));
                return terrain.admits(relationship, node, walked, total) ? new Step(true, total) : REFUSED;
            }
            return terrain.admits(relationship, node, walked, Value.NULL)
                    ? new Step(true, Arithmetic.add(before, terrain.weight(relationship, node)))
                    : REFUSED;
        }
    }

    @Override
    public long[] relationships() {
        return tree.walk(found);
    }

    @Override
    public long end() {
        return tree.node(found);
    }

    @Override
    public Value total() {
        return totals.get(found);
    }
}
