package skein.cypher.execute.search;

import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.GraphReads.RelationshipCursor;

/** One shortest path to every node that can be reached, nearest first; the first node itself is not among them. */
public final class BreadthFirstSearch implements PathSearch {
    private final Terrain terrain;
    private final long to;
    private final int min;
    private final int max;
    private final WalkTree tree;
    private final NodePlaces seen = new NodePlaces();
    private @Nullable RelationshipCursor open;
    /** The place that is being left. */
    private int at;

    private int found;
    private boolean over;

    /** @param to {@link #ANYWHERE}, or the only node that is looked for */
    public BreadthFirstSearch(Terrain terrain, long from, long to, int min, int max) {
        this.terrain = terrain;
        this.to = to;
        this.min = min;
        this.max = max;
        this.tree = new WalkTree(from);
        this.over = from == to;
        seen.put(from, 0);
    }

    @Override
    public boolean next() {
        while (!over) {
            RelationshipCursor steps = open;
            if (steps == null) {
                if (at == tree.count() || tree.length(at) >= max) {
                    return false;
                }
                steps = terrain.from(tree.node(at));
                open = steps;
            }
            if (leave(steps)) {
                return true;
            }
            open = null;
            at++;
        }
        return false;
    }

    /** Goes on to the nodes behind the place; true when one of them is a result. */
    private boolean leave(RelationshipCursor steps) {
        while (steps.next()) {
            terrain.checkTermination();
            long node = steps.neighbour();
            if (seen.get(node) != NodePlaces.NONE
                    || !terrain.admits(steps.relationship(), node, () -> tree.walk(at), Value.NULL)) {
                continue;
            }
            int place = tree.add(at, steps.relationship(), node);
            seen.put(node, place);
            terrain.holds((long) tree.count() * (WalkTree.BYTES_PER_PLACE + NodePlaces.BYTES_PER_NODE));
            over = node == to;
            if ((over || to == ANYWHERE) && tree.length(place) >= min) {
                found = place;
                return true;
            }
        }
        return false;
    }

    @Override
    public long[] relationships() {
        return tree.walk(found);
    }

    @Override
    public long end() {
        return tree.node(found);
    }
}
