package skein.storage.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Entries in any order, kept as sorted runs until all are there, then merged into an index. Each of several threads
 * fills its own; {@link #load} takes them all.
 */
public final class SortedRuns {
    private static final int RUN_ENTRIES = 1 << 14;

    private final List<EntryRun> runs = new ArrayList<>();
    private final IndexKey[] keys = new IndexKey[RUN_ENTRIES];
    private final int[] slots = new int[RUN_ENTRIES];
    private int size;

    public void add(IndexKey key, int slot) {
        if (size == RUN_ENTRIES) {
            endRun();
        }
        keys[size] = key;
        slots[size++] = slot;
    }

    /** Fills an empty index with all of these. */
    public static void load(OrderedIndex index, List<SortedRuns> parts) {
        PriorityQueue<Front> fronts = new PriorityQueue<>(Comparator.naturalOrder());
        for (SortedRuns part : parts) {
            part.endRun();
            part.runs.stream().map(Front::new).forEach(fronts::add);
        }
        IndexLoader loader = new IndexLoader();
        for (Front front = fronts.poll(); front != null; front = fronts.poll()) {
            loader.add(front.run, front.at);
            // while nothing else is in between there is no need to ask the queue
            while (front.advance()) {
                Front other = fronts.peek();
                if (other != null && other.compareTo(front) < 0) {
                    fronts.add(front);
                    break;
                }
                loader.add(front.run, front.at);
            }
        }
        loader.finish(index);
    }

    private void endRun() {
        if (size == 0) {
            return;
        }
        Integer[] order = new Integer[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        Arrays.sort(order, (a, b) -> {
            int compared = keys[a].compareTo(keys[b]);
            return compared != 0 ? compared : Integer.compare(slots[a], slots[b]);
        });
        EntryRun.Packer packer = new EntryRun.Packer(size);
        for (int place : order) {
            packer.add(keys[place], slots[place]);
        }
        runs.add(packer.toRun());
        size = 0;
    }

    /** A run and how far it has been merged. */
    private static final class Front implements Comparable<Front> {
        private final EntryRun run;
        private int at;

        private Front(EntryRun run) {
            this.run = run;
        }

        private boolean advance() {
            return ++at < run.size();
        }

        @Override
        public int compareTo(Front other) {
            return run.compare(at, other.run, other.at);
        }
    }
}
