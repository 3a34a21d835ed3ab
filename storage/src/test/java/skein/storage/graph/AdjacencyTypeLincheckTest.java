package skein.storage.graph;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;

/** Threads of recovery that fill one array agree on its type, whoever comes first. */
@Param(name = "type", gen = IntGen.class, conf = "0:1")
public final class AdjacencyTypeLincheckTest {
    private static final int THREADS = 3;

    private final int[] pairs = Adjacency.room(1);

    @Operation
    public void note(@Param(name = "type") int type) {
        Adjacency.note(pairs, type);
    }

    @Operation
    public boolean mixed() {
        return Adjacency.typeOf(pairs) == Adjacency.MIXED;
    }

    @Test
    void typesAreNotedInAnyOrder() {
        Interleavings.explore(AdjacencyTypeLincheckTest.class, THREADS);
    }
}
