package skein.storage.tx;

import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.PropertyVisitor;
import skein.storage.graph.AdjacencyCursor;
import skein.storage.graph.NodeVersion;
import skein.storage.log.PropertyCodec;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/** Single entities as a transaction sees them: its own changes first, the snapshot otherwise. */
final class MergedReads {
    private final Overlay overlay;

    MergedReads(Overlay overlay) {
        this.overlay = overlay;
    }

    boolean nodeExists(long node) {
        int slot = Overlay.slot(node);
        NodeChange change = overlay.nodes.get(slot);
        return change != null ? !change.deleted : overlay.base(slot) != null;
    }

    boolean relationshipExists(long relationship) {
        int slot = Overlay.slot(relationship);
        RelationshipChange change = overlay.relationships.get(slot);
        return change != null ? !change.deleted : overlay.baseProperties(slot) != null;
    }

    boolean nodeDeletedHere(long node) {
        NodeChange change = overlay.nodes.get(Overlay.slot(node));
        return change != null && change.deleted;
    }

    boolean relationshipDeletedHere(long relationship) {
        RelationshipChange change = overlay.relationships.get(Overlay.slot(relationship));
        return change != null && change.deleted;
    }

    boolean hasLabel(long node, int label) {
        NodeChange change = liveChange(node);
        return change != null ? change.hasLabel(label) : base(node).hasLabel(label);
    }

    int[] labels(long node) {
        NodeChange change = liveChange(node);
        return (change != null ? change.labels() : base(node).labels()).clone();
    }

    Value nodeProperty(long node, int key) {
        NodeChange change = liveChange(node);
        return change != null ? property(change, key) : property(base(node).properties(), key);
    }

    Value relationshipProperty(long relationship, int key) {
        RelationshipChange change = liveRelationshipChange(relationship);
        if (change != null) {
            Value own = change.properties() == null ? null : change.properties().get(key);
            if (own != null || change.created) {
                return own == null ? Value.NULL : own;
            }
        }
        return property(relationshipBase(relationship), key);
    }

    void visitNodeProperties(long node, PropertyVisitor visitor) {
        NodeChange change = liveChange(node);
        if (change == null) {
            PropertyCodec.visit(base(node).properties(), visitor);
        } else {
            visit(change.base == null ? PropertyCodec.EMPTY : change.base.properties(), change.properties(), visitor);
        }
    }

    void visitRelationshipProperties(long relationship, PropertyVisitor visitor) {
        RelationshipChange change = liveRelationshipChange(relationship);
        byte[] base = change != null && change.created ? PropertyCodec.EMPTY : relationshipBase(relationship);
        visit(base, change == null ? null : change.properties(), visitor);
    }

    int typeOf(long relationship) {
        RelationshipChange change = overlay.relationships.get(Overlay.slot(relationship));
        return change != null
                ? change.type
                : overlay.store.relationships().typeAt(known(relationship), overlay.snapshot);
    }

    int startOf(long relationship) {
        RelationshipChange change = overlay.relationships.get(Overlay.slot(relationship));
        return change != null
                ? change.start
                : overlay.store.relationships().startAt(known(relationship), overlay.snapshot);
    }

    int endOf(long relationship) {
        RelationshipChange change = overlay.relationships.get(Overlay.slot(relationship));
        return change != null ? change.end : overlay.store.relationships().endAt(known(relationship), overlay.snapshot);
    }

    ExpandCursor expand(long node, Direction direction, int[] types) {
        int slot = Overlay.slot(node);
        NodeChange change = overlay.nodes.get(slot);
        NodeVersion base = change != null ? change.base : base(node);
        return new ExpandCursor(overlay, slot, base, change, direction, types);
    }

    long degree(long node, Direction direction, int[] types) {
        int slot = Overlay.slot(node);
        NodeChange change = overlay.nodes.get(slot);
        boolean asInSnapshot = overlay.relationshipsDeleted == 0
                && (change == null || change.outgoing() == null && change.incoming() == null);
        if (asInSnapshot) {
            NodeVersion base = change != null ? change.base : base(node);
            return base == null
                    ? 0
                    : AdjacencyCursor.count(overlay.store.relationships(), slot, base, direction, types);
        }
        ExpandCursor cursor = expand(node, direction, types);
        long count = 0;
        while (cursor.next()) {
            count++;
        }
        return count;
    }

    /** A property of a node that this transaction changed. */
    static Value property(NodeChange change, int key) {
        Value own = change.properties() == null ? null : change.properties().get(key);
        if (own != null) {
            return own;
        }
        return change.base == null ? Value.NULL : property(change.base.properties(), key);
    }

    static Value property(byte[] block, int key) {
        return key < 0 ? Value.NULL : PropertyCodec.get(block, key);
    }

    private static void visit(byte[] base, @Nullable PropertyChanges changes, PropertyVisitor visitor) {
        if (changes == null) {
            PropertyCodec.visit(base, visitor);
            return;
        }
        PropertyCodec.visit(base, (key, value) -> {
            Value own = changes.get(key);
            if (own == null || !own.isNull()) {
                visitor.visit(key, own == null ? value : own);
            }
        });
        for (int i = 0; i < changes.size(); i++) {
            int key = changes.key(i);
            boolean shown = key >= 0 && PropertyCodec.contains(base, key);
            if (!shown && !changes.value(i).isNull()) {
                visitor.visit(key, changes.value(i));
            }
        }
    }

    private @Nullable NodeChange liveChange(long node) {
        NodeChange change = overlay.nodes.get(Overlay.slot(node));
        if (change != null && change.deleted) {
            throw gone("node", node);
        }
        return change;
    }

    private @Nullable RelationshipChange liveRelationshipChange(long relationship) {
        RelationshipChange change = overlay.relationships.get(Overlay.slot(relationship));
        if (change != null && change.deleted) {
            throw gone("relationship", relationship);
        }
        return change;
    }

    private NodeVersion base(long node) {
        return Invariant.present(
                overlay.base(Overlay.slot(node)), "node %d is not in snapshot %d", node, overlay.snapshot);
    }

    private byte[] relationshipBase(long relationship) {
        return Invariant.present(
                overlay.baseProperties(Overlay.slot(relationship)),
                "relationship %d is not in snapshot %d",
                relationship,
                overlay.snapshot);
    }

    private int known(long relationship) {
        int slot = Overlay.slot(relationship);
        Invariant.check(slot >= 0 && slot < overlay.store.relationships().limit(), "no relationship %d", relationship);
        return slot;
    }

    static SkeinException gone(String kind, long id) {
        return new SkeinException(
                ErrorCode.ENTITY_NOT_FOUND,
                "The " + kind + " " + id + " was deleted earlier in this transaction and cannot be read or changed any"
                        + " more [DeletedEntityAccess]. Use it before the DELETE.");
    }
}
