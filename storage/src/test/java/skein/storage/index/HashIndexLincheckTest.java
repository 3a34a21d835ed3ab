package skein.storage.index;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;

/**
 * One writer and any readers: what a look-up answers, some order of the changes explains. The hashes meet in one place
 * of the table, which is about to grow; there are few slots, so that single postings become bitmaps.
 */
@Param(name = "hash", gen = IntGen.class, conf = "1:2")
@Param(name = "slot", gen = IntGen.class, conf = "0:2")
public final class HashIndexLincheckTest {
    private static final long SAME_PLACE = 16;
    private static final int KEYS_BEFORE = 9;

    private final HashIndex index = new HashIndex();

    public HashIndexLincheckTest() {
        for (int i = 0; i < KEYS_BEFORE; i++) {
            index.add(i % 3 + 1 + (1L + i) * 1024, 7);
        }
        index.add(SAME_PLACE, 0);
    }

    @Operation(nonParallelGroup = "writer")
    public void add(@Param(name = "hash") int hash, @Param(name = "slot") int slot) {
        index.add(hash * SAME_PLACE, slot);
    }

    @Operation(nonParallelGroup = "writer")
    public void remove(@Param(name = "hash") int hash, @Param(name = "slot") int slot) {
        index.remove(hash * SAME_PLACE, slot);
    }

    @Operation
    public boolean contains(@Param(name = "hash") int hash, @Param(name = "slot") int slot) {
        HashIndex.Hits hits = index.find(hash * SAME_PLACE);
        for (int met = hits.next(); met >= 0; met = hits.next()) {
            if (met == slot) {
                return true;
            }
        }
        return false;
    }

    @Test
    void lookUpsBesideOneWriterAreLinearizable() {
        Interleavings.explore(HashIndexLincheckTest.class);
    }
}
