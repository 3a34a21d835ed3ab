package skein.cypher.execute.search;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.GraphReads.RelationshipCursor;

/** Paths between two nodes that visit no node twice, shortest first (Yen's method with breadth-first searches). */
public final class KShortestSearch implements PathSearch {
    private static final int BYTES_PER_STEP = 16;

    private final Terrain terrain;
    private final long to;
    private final int min;
    private final int max;
    private final Set<Route> answered = new LinkedHashSet<>();
    private final TreeSet<Route> candidates = new TreeSet<>();
    private long left;
    private long heldBytes;
    private @Nullable Route current;

    /** @param nodes one more than relationships */
    private record Route(long[] relationships, long[] nodes) implements Comparable<Route> {
        @Override
        public int compareTo(Route other) {
            int lengths = Integer.compare(relationships.length, other.relationships.length);
            return lengths != 0 ? lengths : Arrays.compare(relationships, other.relationships);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Route route && Arrays.equals(relationships, route.relationships);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(relationships);
        }

        boolean beginsLike(Route other, int steps) {
            return relationships.length > steps
                    && Arrays.equals(relationships, 0, steps, other.relationships, 0, steps);
        }
    }

    /** @param count how many paths are wanted */
    public KShortestSearch(Terrain terrain, long from, long to, int min, int max, long count) {
        this.terrain = terrain;
        this.to = to;
        this.min = min;
        this.max = max;
        this.left = from == to ? 0 : count;
        if (left > 0) {
            shortest(new Route(new long[0], new long[] {from}), new HashSet<>());
        }
    }

    @Override
    public boolean next() {
        while (left > 0) {
            Route before = current;
            if (before != null) {
                deviate(before);
            }
            current = candidates.pollFirst();
            if (current == null) {
                left = 0;
                return false;
            }
            answered.add(current);
            if (current.relationships.length >= min) {
                left--;
                return true;
            }
        }
        return false;
    }

    /** Leaves a path at each of its nodes by a way that no path with the same beginning has taken. */
    private void deviate(Route route) {
        for (int steps = 0; steps < route.relationships.length; steps++) {
            Set<Long> taken = new HashSet<>();
            for (Route other : answered) {
                if (other.beginsLike(route, steps)) {
                    taken.add(other.relationships[steps]);
                }
            }
            Route root = new Route(Arrays.copyOf(route.relationships, steps), Arrays.copyOf(route.nodes, steps + 1));
            shortest(root, taken);
        }
    }

    /** Finds the shortest way on from a beginning that takes none of the relationships first. */
    private void shortest(Route root, Set<Long> taken) {
        int room = max == Integer.MAX_VALUE ? max : max - root.relationships.length;
        if (room <= 0) {
            return;
        }
        long start = root.nodes[root.nodes.length - 1];
        Detour detour = new Detour(root, taken);
        BreadthFirstSearch search = new BreadthFirstSearch(detour, start, to, 1, room);
        if (search.next()) {
            Route found = extended(root, search.relationships());
            if (!answered.contains(found) && candidates.add(found)) {
                heldBytes += (long) found.nodes.length * BYTES_PER_STEP;
                terrain.holds(heldBytes);
            }
        }
    }

    private Route extended(Route root, long[] way) {
        long[] relationships = Arrays.copyOf(root.relationships, root.relationships.length + way.length);
        long[] nodes = Arrays.copyOf(root.nodes, relationships.length + 1);
        for (int i = 0; i < way.length; i++) {
            int step = root.relationships.length + i;
            relationships[step] = way[i];
            nodes[step + 1] = behind(nodes[step], way[i]);
        }
        return new Route(relationships, nodes);
    }

    private long behind(long node, long relationship) {
        RelationshipCursor steps = terrain.from(node);
        while (steps.next()) {
            if (steps.relationship() == relationship) {
                return steps.neighbour();
            }
        }
        throw new IllegalStateException("relationship " + relationship + " has gone from node " + node);
    }

    /** The terrain without the nodes of a beginning and without the first steps that were taken before. */
    private final class Detour implements Terrain {
        private final Set<Long> barred = new HashSet<>();
        private final Set<Long> taken;

        Detour(Route root, Set<Long> taken) {
            for (long node : root.nodes) {
                barred.add(node);
            }
            this.taken = taken;
        }

        @Override
        public RelationshipCursor from(long node) {
            return terrain.from(node);
        }

        @Override
        public boolean admits(long relationship, long node, Supplier<long[]> walked, Value total) {
            return !barred.contains(node)
                    && !(taken.contains(relationship) && walked.get().length == 0)
                    && terrain.admits(relationship, node, walked, total);
        }

        @Override
        public boolean judgesTotal() {
            return false;
        }

        @Override
        public Value weight(long relationship, long node) {
            return Value.NULL;
        }

        /** It is gone before the next path is answered. */
        @Override
        public void holds(long bytes) {
            terrain.holds(heldBytes + bytes);
        }

        @Override
        public void checkTermination() {
            terrain.checkTermination();
        }
    }

    @Override
    public long[] relationships() {
        return route().relationships.clone();
    }

    @Override
    public long end() {
        return route().nodes[route().nodes.length - 1];
    }

    private Route route() {
        if (current == null) {
            throw new IllegalStateException("no path has been found");
        }
        return current;
    }
}
