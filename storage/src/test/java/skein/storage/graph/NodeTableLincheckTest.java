package skein.storage.graph;

import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;

/**
 * The applier puts versions before versions, in two pages of which the second has to be made, and counts; a snapshot
 * shows the version and the count it always showed, however far the applier is with the next.
 */
@Param(name = "page", gen = IntGen.class, conf = "0:1")
public final class NodeTableLincheckTest {
    private static final int PAGE_SLOTS = 1 << NodeTable.PAGE_BITS;
    private static final long NOTHING_IS_FORGOTTEN = 0;

    private final NodeTable nodes = new NodeTable();
    private final VersionedCount count = new VersionedCount();
    private volatile long published;

    @Operation(nonParallelGroup = "applier")
    public void write(@Param(name = "page") int page) {
        long commitTs = published + 1;
        int slot = page * PAGE_SLOTS;
        NodeVersion version = new NodeVersion(commitTs, new int[] {(int) commitTs}, new byte[0]);
        version.older = nodes.head(slot);
        nodes.publish(slot, version);
        count.add(1, commitTs, NOTHING_IS_FORGOTTEN);
        published = commitTs;
    }

    @Operation
    public String look(@Param(name = "page") int page) {
        long snapshot = published;
        NodeVersion version = nodes.at(page * PAGE_SLOTS, snapshot);
        String shown = version == null ? "nothing" : version.commitTs() + " " + version.labels()[0];
        return snapshot + ": " + shown + ", " + count.at(snapshot) + " in all";
    }

    @Test
    void aSnapshotShowsItsVersions() {
        Interleavings.explore(NodeTableLincheckTest.class);
    }
}
