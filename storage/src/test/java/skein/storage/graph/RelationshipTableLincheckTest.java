package skein.storage.graph;

import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import skein.interleaving.Interleavings;

/**
 * A slot is used again and again while older snapshots look at it, as a replica may meet it: each shows the
 * relationship that was in the slot then, at every look.
 */
public final class RelationshipTableLincheckTest {
    private static final int SLOT = 0;

    private final RelationshipTable table = new RelationshipTable();
    private volatile long published;

    public RelationshipTableLincheckTest() {
        table.create(SLOT, 0, 0, 0, new RelationshipVersion(0, new byte[0], null));
    }

    /** The relationship goes, and another one comes. */
    @Operation(nonParallelGroup = "applier")
    public void replace() {
        long deletedTs = published + 1;
        long createdTs = published + 2;
        RelationshipVersion gone = new RelationshipVersion(deletedTs, null, table.state(SLOT));
        table.setState(SLOT, gone);
        table.keepFormerLife(SLOT, deletedTs);
        int number = (int) createdTs;
        table.create(SLOT, number, number, number, new RelationshipVersion(createdTs, new byte[number], gone));
        published = createdTs;
    }

    @Operation
    public String look() {
        long snapshot = published;
        String shown = show(snapshot);
        String again = show(snapshot);
        return shown.equals(again) ? shown : shown + " and then " + again;
    }

    private String show(long snapshot) {
        byte[] properties = table.propertiesAt(SLOT, snapshot);
        return snapshot + ": " + table.typeAt(SLOT, snapshot) + " from " + table.startAt(SLOT, snapshot) + " to "
                + table.endAt(SLOT, snapshot) + " with " + (properties == null ? "nothing" : properties.length);
    }

    @Test
    void aSnapshotShowsTheRelationshipThatWasThere() {
        Interleavings.explore(RelationshipTableLincheckTest.class);
    }
}
