package skein.storage.tx;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;
import skein.storage.tx.PendingTable.Effect;

/** Records enter and leave under one lock, anybody looks without it: as if one after the other. */
@Param(name = "slot", gen = IntGen.class, conf = "0:1")
@Param(name = "lsn", gen = IntGen.class, conf = "1:3")
public final class PendingTableLincheckTest {
    private static final int THREADS = 3;

    private final PendingTable pending = new PendingTable();

    private static long[] keys(int slot) {
        return new long[] {PendingTable.key(Effect.NODE_LINK, slot)};
    }

    @Operation(nonParallelGroup = "lock")
    public void enter(@Param(name = "slot") int slot, @Param(name = "lsn") int lsn) {
        pending.enter(keys(slot), lsn);
    }

    @Operation(nonParallelGroup = "lock")
    public void leave(@Param(name = "slot") int slot, @Param(name = "lsn") int lsn) {
        pending.leave(keys(slot), lsn);
    }

    @Operation
    public boolean contains(@Param(name = "slot") int slot) {
        return pending.contains(Effect.NODE_LINK, slot, 0);
    }

    @Test
    void lookingEnteringAndLeavingAreLinearizable() {
        Interleavings.explore(PendingTableLincheckTest.class, THREADS);
    }
}
