package skein.cypher.execute.search;

import java.util.Arrays;

/** Walks from one node that share their beginnings: each place is one step behind another. */
final class WalkTree {
    /** What a place takes at the fullest. */
    static final int BYTES_PER_PLACE = 48;

    private static final int FIRST_CAPACITY = 16;

    private long[] nodes = new long[FIRST_CAPACITY];
    private long[] relationships = new long[FIRST_CAPACITY];
    private int[] parents = new int[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int count;

    WalkTree(long root) {
        nodes[0] = root;
        parents[0] = -1;
        count = 1;
    }

    int count() {
        return count;
    }

    long node(int place) {
        return nodes[place];
    }

    /** How many steps from the root. */
    int length(int place) {
        return lengths[place];
    }

    /** One step further; answers the new place. */
    int add(int parent, long relationship, long node) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * count);
            relationships = Arrays.copyOf(relationships, 2 * count);
            parents = Arrays.copyOf(parents, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        nodes[count] = node;
        relationships[count] = relationship;
        parents[count] = parent;
        lengths[count] = lengths[parent] + 1;
        return count++;
    }

    /** The relationships from the root to a place. */
    long[] walk(int place) {
        long[] walk = new long[lengths[place]];
        int at = place;
        for (int i = walk.length - 1; i >= 0; i--) {
            walk[i] = relationships[at];
            at = parents[at];
        }
        return walk;
    }
}
