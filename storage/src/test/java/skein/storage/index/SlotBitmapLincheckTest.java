package skein.storage.index;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;

/** One writer and any readers of a set of slots, which lie in two containers and close to one another in each. */
@Param(name = "slot", gen = IntGen.class, conf = "0:4")
public final class SlotBitmapLincheckTest {
    private static final int CONTAINER = 1 << 16;

    private final SlotBitmap slots = new SlotBitmap();

    private static int slot(int number) {
        return number % 2 * CONTAINER + number / 2;
    }

    @Operation(nonParallelGroup = "writer")
    public boolean add(@Param(name = "slot") int number) {
        return slots.add(slot(number));
    }

    @Operation(nonParallelGroup = "writer")
    public boolean remove(@Param(name = "slot") int number) {
        return slots.remove(slot(number));
    }

    @Operation
    public boolean contains(@Param(name = "slot") int number) {
        return slots.contains(slot(number));
    }

    @Test
    void readsBesideOneWriterAreLinearizable() {
        Interleavings.explore(SlotBitmapLincheckTest.class);
    }
}
