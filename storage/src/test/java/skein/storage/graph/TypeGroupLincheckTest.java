package skein.storage.graph;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;

/**
 * Values of a group that share chunks: the applier makes the next one in the room behind all others, and whoever holds
 * an older one sees what it always showed. The chunk is about to be replaced by a larger one.
 */
public final class TypeGroupLincheckTest {
    private static final int PAIRS_BEFORE = 7;

    private volatile TypeGroup published = TypeGroup.EMPTY;
    private int next;

    public TypeGroupLincheckTest() {
        for (int i = 0; i < PAIRS_BEFORE; i++) {
            append();
        }
    }

    @Operation(nonParallelGroup = "applier")
    public void append() {
        published = published.append(next, 2 * next, false);
        next++;
    }

    @Operation(nonParallelGroup = "applier")
    public void removeOldest() {
        published = published.removeOne(oldest(published), false);
    }

    /** What a value shows at first, and later. */
    @Operation
    public String read() {
        TypeGroup held = published;
        String first = show(held);
        String again = show(held);
        return first.equals(again) ? first : first + " and then " + again;
    }

    private static int oldest(TypeGroup group) {
        int oldest = Integer.MAX_VALUE;
        for (int i = 0; i < group.count(); i++) {
            oldest = Math.min(oldest, group.relationship(i));
        }
        return oldest;
    }

    private static String show(TypeGroup group) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < group.count(); i++) {
            shown.append(group.relationship(i))
                    .append(':')
                    .append(group.neighbour(i))
                    .append(' ');
        }
        return shown.toString();
    }

    @Test
    void olderValuesShowWhatTheyAlwaysShowed() {
        Interleavings.explore(TypeGroupLincheckTest.class);
    }
}
