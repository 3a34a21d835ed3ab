package skein.storage.memory;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.storage.memory.MemoryPool.Purpose;
import skein.vocabulary.SkeinException;

/** Whoever asks is refused only when the bytes are not there, and a refusal takes nothing from anybody else. */
@Param(name = "bytes", gen = IntGen.class, conf = "1:5")
public final class MemoryPoolLincheckTest {
    private static final int THREADS = 3;

    private final MemoryPool pool = new MemoryPool(6, 2);

    @Operation
    public boolean grow(@Param(name = "bytes") int bytes) {
        return reserve(bytes, Purpose.GROWTH);
    }

    @Operation
    public boolean work(@Param(name = "bytes") int bytes) {
        return reserve(bytes, Purpose.WORK);
    }

    @Operation
    public void giveBack(@Param(name = "bytes") int bytes) {
        pool.adjust(-bytes);
    }

    @Operation
    public long used() {
        return pool.usedBytes();
    }

    private boolean reserve(int bytes, Purpose purpose) {
        try {
            pool.reserve(bytes, purpose, "a test");
            return true;
        } catch (SkeinException refused) {
            return false;
        }
    }

    @Test
    void reservingAndGivingBackAreLinearizable() {
        Interleavings.explore(MemoryPoolLincheckTest.class, THREADS);
    }
}
