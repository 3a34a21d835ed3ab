package skein.storage.graph;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** One array for each distinct set of labels, so that a node costs a reference and sets compare by identity. */
final class LabelSets {
    static final int[] NONE = new int[0];

    private final Map<Key, int[]> sets = new HashMap<>();

    /** The one array with these labels. Safe for any thread. */
    synchronized int[] intern(int[] labels) {
        if (labels.length == 0) {
            return NONE;
        }
        int[] sorted = labels.clone();
        Arrays.sort(sorted);
        return sets.computeIfAbsent(new Key(sorted), Key::labels);
    }

    /** For one thread that asks often. */
    Cache cache() {
        return new Cache(this);
    }

    int[] with(int[] labels, int label) {
        int[] more = Arrays.copyOf(labels, labels.length + 1);
        more[labels.length] = label;
        return intern(more);
    }

    int[] without(int[] labels, int label) {
        return intern(Arrays.stream(labels).filter(mine -> mine != label).toArray());
    }

    /** Sets that one thread has met, looked up without a lock. */
    static final class Cache {
        private final LabelSets all;
        private final Map<Key, int[]> met = new HashMap<>();
        private int[] last = NONE;

        private Cache(LabelSets all) {
            this.all = all;
        }

        /** The one array with these labels, which ascend. */
        int[] intern(int[] labels) {
            if (!Arrays.equals(labels, last)) {
                last = labels.length == 0 ? NONE : met.computeIfAbsent(new Key(labels), key -> all.intern(labels));
            }
            return last;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by content below; never leaves this class
    private record Key(int[] labels) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(labels, key.labels);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(labels);
        }
    }
}
