package skein.storage.tx;

import skein.storage.graph.GraphStore;
import skein.storage.graph.NodeVersion;
import skein.storage.tx.PendingTable.Effect;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * First committer wins. What counts as one thing: a node's labels and properties; a node's existence, which everything
 * about the node conflicts with; a relationship with its properties. New relationships at one node do not conflict with
 * each other nor with changes of its content.
 *
 * <p>Each check looks into the pending table before it looks at the graph: the applier writes the graph before it takes
 * the pending entry out, so a change cannot slip between the two looks.
 */
final class Conflicts {
    private final GraphStore store;
    private final PendingTable pending;

    Conflicts(GraphStore store, PendingTable pending) {
        this.store = store;
        this.pending = pending;
    }

    /** Before changing labels or properties. */
    void checkContent(int node, long snapshot) {
        if (pending.contains(Effect.NODE_CONTENT, node, snapshot)
                || pending.contains(Effect.NODE_DELETION, node, snapshot)) {
            throw conflict("node", node);
        }
        NodeVersion version = head(node);
        while (version.commitTs() > snapshot) {
            NodeVersion older = older(version, node);
            if (version.contentDiffersFrom(older)) {
                throw conflict("node", node);
            }
            version = older;
        }
    }

    /** Before deleting a node. */
    void checkDeletion(int node, long snapshot) {
        if (pending.containsNode(node, snapshot) || head(node).commitTs() > snapshot) {
            throw conflict("node", node);
        }
    }

    /** Before adding a relationship to a node. */
    void checkLink(int node, long snapshot) {
        if (pending.contains(Effect.NODE_DELETION, node, snapshot) || head(node).deleted()) {
            throw conflict("node", node);
        }
    }

    /** Before changing or deleting a relationship. */
    void checkRelationship(int relationship, long snapshot) {
        if (pending.contains(Effect.RELATIONSHIP, relationship, snapshot)
                || store.relationships().changedTs(relationship) > snapshot) {
            throw conflict("relationship", relationship);
        }
    }

    /** Before changing the schema. */
    void checkSchema(boolean unchanged, long snapshot) {
        if (pending.contains(Effect.SCHEMA, 0, snapshot) || !unchanged) {
            throw new SkeinException(
                    ErrorCode.WRITE_CONFLICT,
                    "Another transaction is changing indexes or constraints at the same time. Nothing was changed; run the"
                            + " statement again.");
        }
    }

    private NodeVersion head(int node) {
        return Invariant.present(store.nodes().head(node), "node %d is gone although a snapshot sees it", node);
    }

    private static NodeVersion older(NodeVersion version, int node) {
        return Invariant.present(version.older(), "node %d lost a version that a snapshot sees", node);
    }

    private static SkeinException conflict(String kind, int slot) {
        return new SkeinException(
                ErrorCode.WRITE_CONFLICT,
                "Another transaction changed " + kind + " " + slot
                        + " after this transaction began, and the first to commit wins. Nothing was changed; run the"
                        + " transaction again.");
    }
}
