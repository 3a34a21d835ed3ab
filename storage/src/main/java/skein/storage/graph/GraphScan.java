package skein.storage.graph;

import skein.storage.api.Direction;
import skein.vocabulary.Invariant;

/**
 * Walks over all nodes of one state in order of their slots, each with the relationships that start there, and adds up
 * what the state hash must be. Used by one thread, while others write; the caller keeps the state alive.
 */
public final class GraphScan {
    private static final int[] ALL_TYPES = new int[0];

    private final GraphStore store;
    private final GraphExtent extent;
    private int slot = -1;
    private NodeVersion version = new NodeVersion(0, LabelSets.NONE, RelationshipTable.NO_PROPERTIES);
    private AdjacencyCursor cursor;
    private byte[] properties = RelationshipTable.NO_PROPERTIES;
    private long hash;
    private long nodes;
    private long relationships;

    public GraphScan(GraphStore store, GraphExtent extent) {
        this.store = store;
        this.extent = extent;
        this.cursor = cursor();
        this.hash = extent.namesAndSchemaHash();
    }

    /** Goes to the next node; false at the end. */
    public boolean nextNode() {
        while (++slot < extent.nodeLimit()) {
            NodeVersion found = store.nodes().at(slot, extent.snapshot());
            if (found != null) {
                version = found;
                cursor = cursor();
                nodes++;
                hash += StateHash.ofNode(slot, found.labels, found.properties);
                return true;
            }
        }
        return false;
    }

    /** Goes to a node again, to walk over its relationships; they count once, now. */
    public void returnTo(int node) {
        slot = node;
        version = Invariant.present(store.nodes().at(node, extent.snapshot()), "node %d is gone from a snapshot", node);
        cursor = cursor();
    }

    private AdjacencyCursor cursor() {
        return new AdjacencyCursor(store.relationships(), slot, version, Direction.OUTGOING, ALL_TYPES);
    }

    /** Goes to the next relationship that starts at this node; false at the end. */
    public boolean nextRelationship() {
        if (!cursor.next()) {
            return false;
        }
        properties = Invariant.present(
                store.relationships().propertiesAt(cursor.relationship(), extent.snapshot()),
                "relationship %d of node %d is gone from a snapshot",
                cursor.relationship(),
                slot);
        relationships++;
        hash += StateHash.ofRelationship(relationship(), type(), slot, end(), properties);
        return true;
    }

    public int node() {
        return slot;
    }

    /** Ascending. Not to be changed. */
    public int[] labels() {
        return version.labels;
    }

    /** Packed. Not to be changed. */
    public byte[] nodeProperties() {
        return version.properties;
    }

    public int outgoingCount() {
        return version.outgoingCount;
    }

    public int relationship() {
        return cursor.relationship();
    }

    public int type() {
        return cursor.type();
    }

    public int end() {
        return cursor.neighbour();
    }

    /** Packed. Not to be changed. */
    public byte[] relationshipProperties() {
        return properties;
    }

    /** After the last: what was met must be what the applier has counted and hashed. */
    public void requireWhole() {
        Invariant.check(
                nodes == extent.nodeCount() && relationships == extent.relationshipCount(),
                "a scan at %d met %d nodes and %d relationships, there are %d and %d",
                extent.snapshot(),
                nodes,
                relationships,
                extent.nodeCount(),
                extent.relationshipCount());
        Invariant.check(
                hash == extent.stateHash(),
                "a scan at %d yields the state hash %x, the applier has %x",
                extent.snapshot(),
                hash,
                extent.stateHash());
    }
}
