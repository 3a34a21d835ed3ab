package skein.cypher.execute;

import java.util.Arrays;
import skein.cypher.expression.value.LongIndex;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;

/**
 * One end of a search for shortest walks: the nodes reached so far, level by level, each with every relationship over
 * which a shortest walk arrives there. Belongs to one run.
 */
final class BreadthFirst {
    private static final int NONE = -1;
    private static final int CAPACITY_MIN = 16;
    /** Rough size of a reached node with its first arrival, in values. */
    private static final int VALUES_PER_NODE = 3;

    private final Execution run;
    private final Direction direction;
    private final Usable usable;
    private final boolean everyArrival;
    private final LongIndex nodes = new LongIndex();

    /** By place of a node: its newest arrival, or {@link #NONE}. */
    private int[] newest = new int[CAPACITY_MIN];

    private long[] relationships = new long[CAPACITY_MIN];
    private int[] from = new int[CAPACITY_MIN];
    /** By arrival: the one before it at the same node. */
    private int[] before = new int[CAPACITY_MIN];

    private int arrivals;
    private int levelBegin;
    private int depth;

    /** Whether a walk may use a relationship. */
    @FunctionalInterface
    interface Usable {
        boolean test(long relationship);
    }

    /** @param everyArrival keep all relationships that arrive at a node on a shortest walk, not only the first */
    BreadthFirst(Execution run, long start, Direction direction, Usable usable, boolean everyArrival) {
        this.run = run;
        this.direction = direction;
        this.usable = usable;
        this.everyArrival = everyArrival;
        reach(start);
    }

    /** Steps from the start to the newest level. */
    int depth() {
        return depth;
    }

    /** Nodes of the newest level. */
    int frontier() {
        return nodes.size() - levelBegin;
    }

    int levelBegin() {
        return levelBegin;
    }

    int levelEnd() {
        return nodes.size();
    }

    long node(int place) {
        return nodes.key(place);
    }

    /** The place of a node, or -1. */
    int place(long node) {
        return nodes.find(node);
    }

    /** The newest arrival at a place, or -1 at the start; {@link #before} tells the others. */
    int newest(int place) {
        return newest[place];
    }

    int before(int arrival) {
        return before[arrival];
    }

    long relationship(int arrival) {
        return relationships[arrival];
    }

    int from(int arrival) {
        return from[arrival];
    }

    /**
     * Reaches the next level.
     *
     * @param other where to look for a meeting
     * @return whether a node of the new level is one that the other end has reached; without {@code everyArrival} the
     *     level is left unfinished then, with that node as the last
     */
    boolean advance(int[] types, BreadthFirst other) {
        int end = nodes.size();
        int begin = levelBegin;
        boolean met = false;
        levelBegin = end;
        depth++;
        for (int place = begin; place < end; place++) {
            RelationshipCursor cursor = run.expand(nodes.key(place), direction, types);
            while (cursor.next()) {
                run.checkTermination();
                if (arrive(cursor.neighbour(), cursor.relationship(), place, end)
                        && other.place(cursor.neighbour()) >= 0) {
                    met = true;
                    if (!everyArrival) {
                        return true;
                    }
                }
            }
        }
        return met;
    }

    /** Answers whether the node is new. */
    private boolean arrive(long node, long relationship, int fromPlace, int level) {
        int place = place(node);
        boolean fresh = place < 0;
        if (!fresh && (place < level || !everyArrival) || !usable.test(relationship)) {
            return false;
        }
        if (fresh) {
            place = reach(node);
        }
        note(place, relationship, fromPlace);
        return fresh;
    }

    private int reach(long node) {
        run.reserveValues(VALUES_PER_NODE);
        int place = nodes.add(node);
        if (place == newest.length) {
            newest = Arrays.copyOf(newest, 2 * place);
        }
        newest[place] = NONE;
        return place;
    }

    private void note(int place, long relationship, int fromPlace) {
        if (arrivals == relationships.length) {
            relationships = Arrays.copyOf(relationships, 2 * arrivals);
            from = Arrays.copyOf(from, 2 * arrivals);
            before = Arrays.copyOf(before, 2 * arrivals);
        }
        relationships[arrivals] = relationship;
        from[arrivals] = fromPlace;
        before[arrivals] = newest[place];
        newest[place] = arrivals++;
    }
}
