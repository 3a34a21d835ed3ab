package skein.storage.index;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;

/** As {@link SlotBitmapLincheckTest} where a container is about to turn from a list into bits; threads run freely. */
@Param(name = "slot", gen = IntGen.class, conf = "0:3")
public final class SlotContainerLincheckTest {
    /** Every second slot below {@link SlotContainer#LIST_MAX} and, but for one, above. */
    private static final long EVERY_SECOND = 0x5555_5555_5555_5555L;

    private static final int WORDS = 1 << 10;

    private final SlotBitmap slots = new SlotBitmap();

    public SlotContainerLincheckTest() {
        long[] words = new long[WORDS];
        for (int i = 0; i < 2 * SlotContainer.LIST_MAX / Long.SIZE; i++) {
            words[i] = EVERY_SECOND;
        }
        words[0] &= ~3L;
        slots.addAll(0, words);
    }

    @Operation(nonParallelGroup = "writer")
    public boolean add(@Param(name = "slot") int slot) {
        return slots.add(slot);
    }

    @Operation(nonParallelGroup = "writer")
    public boolean remove(@Param(name = "slot") int slot) {
        return slots.remove(slot);
    }

    @Operation
    public int next(@Param(name = "slot") int slot) {
        return slots.nextAtOrAbove(slot);
    }

    @Operation
    public boolean contains(@Param(name = "slot") int slot) {
        return slots.contains(slot);
    }

    @Test
    void readsBesideOneWriterAreLinearizable() {
        Interleavings.stress(SlotContainerLincheckTest.class);
    }
}
