package skein.cypher.execute.search;

import java.util.Arrays;

/** A small number for each node that was met. */
final class NodePlaces {
    static final int NONE = -1;

    /** What a node takes at the fullest. */
    static final int BYTES_PER_NODE = 24;

    private static final int FIRST_CAPACITY = 16;

    private long[] nodes = new long[FIRST_CAPACITY];
    private int[] places = empty(FIRST_CAPACITY);
    private int count;

    private static int[] empty(int capacity) {
        int[] places = new int[capacity];
        Arrays.fill(places, NONE);
        return places;
    }

    /** The number of a node, or {@link #NONE}. */
    int get(long node) {
        return places[find(node)];
    }

    /** Replaces the number if the node has one. */
    void put(long node, int place) {
        int index = find(node);
        if (places[index] == NONE) {
            count++;
        }
        nodes[index] = node;
        places[index] = place;
        if (2 * count > nodes.length) {
            grow();
        }
    }

    private int find(long node) {
        int mask = nodes.length - 1;
        long mixed = node * 0x9E3779B97F4A7C15L;
        int index = (int) (mixed >>> 32) & mask;
        while (places[index] != NONE && nodes[index] != node) {
            index = index + 1 & mask;
        }
        return index;
    }

    private void grow() {
        long[] oldNodes = nodes;
        int[] oldPlaces = places;
        nodes = new long[2 * oldNodes.length];
        places = empty(nodes.length);
        for (int i = 0; i < oldNodes.length; i++) {
            if (oldPlaces[i] != NONE) {
                int index = find(oldNodes[i]);
                nodes[index] = oldNodes[i];
                places[index] = oldPlaces[i];
            }
        }
    }
}
