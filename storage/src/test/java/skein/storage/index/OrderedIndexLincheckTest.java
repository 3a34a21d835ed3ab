package skein.storage.index;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.interleaving.Interleavings;

/**
 * One writer and any readers of a tree whose only leaf is full: the first new entry splits it, and some of the others
 * go into the halves. A walk promises less than one moment: it meets what was there all the time, in order, and nothing
 * twice.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:5")
public final class OrderedIndexLincheckTest {
    private static final int WALKED = 5;

    private final OrderedIndex index = new OrderedIndex();

    public OrderedIndexLincheckTest() {
        EntryRun.Packer packer = new EntryRun.Packer(EntryRun.LEAF_MAX);
        for (int i = 0; i < EntryRun.LEAF_MAX; i++) {
            packer.add(always(i), i);
        }
        index.load(packer.toRun(), EntryRun.LEAF_MAX, EntryRun.LEAF_MAX);
    }

    /** Even ones are there and stay. */
    private static IndexKey always(int number) {
        return IndexKey.of(Value.of(2L * number));
    }

    /** Odd ones come and go, near the middle and at the end. */
    private static IndexKey sometimes(int number) {
        int near = number % 2 == 0 ? EntryRun.LEAF_MAX : 2 * EntryRun.LEAF_MAX;
        return IndexKey.of(Value.of(near - 3L + 2L * (number / 2)));
    }

    @Operation(nonParallelGroup = "writer")
    public boolean add(@Param(name = "key") int key) {
        return index.add(sometimes(key), key);
    }

    @Operation(nonParallelGroup = "writer")
    public boolean remove(@Param(name = "key") int key) {
        return index.remove(sometimes(key), key);
    }

    @Operation
    public boolean contains(@Param(name = "key") int key) {
        return index.contains(sometimes(key), key);
    }

    @Operation
    public boolean containsWhatStays() {
        return index.contains(always(EntryRun.LEAF_MAX / 2), EntryRun.LEAF_MAX / 2);
    }

    /** Whether a walk over the middle meets what stays, each once and in order. */
    @Operation
    public boolean walkMeetsWhatStays() {
        int first = EntryRun.LEAF_MAX / 2 - WALKED;
        IndexCursor cursor = index.find(new KeyRange(always(first), always(first + 2 * WALKED), false), true);
        int expected = first;
        for (int slot = cursor.next(); slot >= 0; slot = cursor.next()) {
            if (slot >= WALKED + 1) {
                if (slot != expected) {
                    return false;
                }
                expected++;
            }
        }
        return expected == first + 2 * WALKED;
    }

    @Test
    void readsBesideOneWriterAreLinearizable() {
        Interleavings.explore(OrderedIndexLincheckTest.class);
    }
}
