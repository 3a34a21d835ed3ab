package skein.history;

import java.util.Arrays;

/** Edges between numbered places, each of one kind; kinds are bits, so that a set of them is a mask. */
final class Edges {
    /** The other wrote after this one. */
    static final int WRITE = 1;

    /** The other read what this one wrote. */
    static final int READ = 2;

    /** The other wrote what this one should have read, had it come later: an anti-dependency. */
    static final int ANTI = 4;

    /** The other is the next of the same session. */
    static final int SESSION = 8;

    /** The other began after this one had ended. */
    static final int REAL_TIME = 16;

    /** A transaction starts before it commits. */
    static final int LIFE = 32;

    static final int DATA = WRITE | READ | ANTI;

    private static final int CAPACITY_MIN = 16;

    private int[] from = new int[CAPACITY_MIN];
    private int[] to = new int[CAPACITY_MIN];
    private byte[] kind = new byte[CAPACITY_MIN];
    private int size;

    void add(int fromPlace, int toPlace, int edgeKind) {
        if (size == from.length) {
            from = Arrays.copyOf(from, 2 * size);
            to = Arrays.copyOf(to, 2 * size);
            kind = Arrays.copyOf(kind, 2 * size);
        }
        from[size] = fromPlace;
        to[size] = toPlace;
        kind[size] = (byte) edgeKind;
        size++;
    }

    int size() {
        return size;
    }

    int from(int edge) {
        return from[edge];
    }

    int to(int edge) {
        return to[edge];
    }

    int kind(int edge) {
        return kind[edge];
    }

    int count(int mask) {
        int met = 0;
        for (int edge = 0; edge < size; edge++) {
            met += (kind[edge] & mask) != 0 ? 1 : 0;
        }
        return met;
    }
}
