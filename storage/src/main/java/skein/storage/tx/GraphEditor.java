package skein.storage.tx;

import java.util.Arrays;
import skein.graph.Value;
import skein.storage.graph.NodeVersion;
import skein.storage.graph.RelationshipTable;
import skein.vocabulary.Invariant;

/** Changes of one transaction, kept in its overlay; the first change of anything looks for conflicts. */
final class GraphEditor {
    private final Overlay overlay;
    private final MergedReads reads;
    private final Conflicts conflicts;
    private final TransactionSlots slots;

    GraphEditor(Overlay overlay, MergedReads reads, Conflicts conflicts, TransactionSlots slots) {
        this.overlay = overlay;
        this.reads = reads;
        this.conflicts = conflicts;
        this.slots = slots;
    }

    /** WRITE_CONFLICT when others changed, after the snapshot, anything that this transaction has touched. */
    void checkTouched() {
        for (int i = 0; i < overlay.nodes.size(); i++) {
            checkTouched(overlay.nodes.keyAt(i), overlay.nodes.valueAt(i));
        }
        for (int i = 0; i < overlay.relationships.size(); i++) {
            if (!overlay.relationships.valueAt(i).created) {
                conflicts.checkRelationship(overlay.relationships.keyAt(i), overlay.snapshot);
            }
        }
    }

    private void checkTouched(int slot, NodeChange change) {
        if (change.created()) {
            return;
        }
        if (change.deleted) {
            conflicts.checkDeletion(slot, overlay.snapshot);
        } else if (change.contentTouched()) {
            conflicts.checkContent(slot, overlay.snapshot);
        }
        conflicts.checkLink(slot, overlay.snapshot);
    }

    long createNode(int[] labels) {
        int slot = slots.allocateNode();
        overlay.nodeSlots.add(slot);
        overlay.addCreatedNode(slot, labels);
        return slot;
    }

    long createRelationship(int type, long startNode, long endNode) {
        NodeChange start = linked(startNode);
        NodeChange end = linked(endNode);
        int slot = slots.allocateRelationship();
        overlay.relationshipSlots.add(slot);
        overlay.addRelationship(
                slot, new RelationshipChange(true, type, Overlay.slot(startNode), Overlay.slot(endNode)));
        start.addOutgoing(slot);
        end.addIncoming(slot);
        overlay.relationshipDelta++;
        return slot;
    }

    boolean addLabel(long node, int label) {
        if (reads.hasLabel(node, label)) {
            return false;
        }
        NodeChange change = contentOf(node);
        int[] labels = change.labels();
        int[] more = Arrays.copyOf(labels, labels.length + 1);
        more[labels.length] = label;
        change.setLabels(more);
        overlay.countLabels(new int[] {label}, 1);
        return true;
    }

    boolean removeLabel(long node, int label) {
        if (!reads.hasLabel(node, label)) {
            return false;
        }
        NodeChange change = contentOf(node);
        change.setLabels(
                Arrays.stream(change.labels()).filter(mine -> mine != label).toArray());
        overlay.countLabels(new int[] {label}, -1);
        return true;
    }

    Value setNodeProperty(long node, int key, Value value) {
        overlay.charge(PropertyRules.check(value));
        Value before = reads.nodeProperty(node, key);
        if (!before.isNull() || !value.isNull()) {
            contentOf(node).propertiesForChange().set(key, value);
        }
        return before;
    }

    Value setRelationshipProperty(long relationship, int key, Value value) {
        overlay.charge(PropertyRules.check(value));
        Value before = reads.relationshipProperty(relationship, key);
        if (!before.isNull() || !value.isNull()) {
            changeOf(relationship).propertiesForChange().set(key, value);
        }
        return before;
    }

    boolean deleteNode(long node) {
        int slot = Overlay.slot(node);
        NodeChange change = overlay.nodes.get(slot);
        if (change != null && change.deleted) {
            return false;
        }
        if (change == null) {
            NodeVersion base = base(slot);
            conflicts.checkDeletion(slot, overlay.snapshot);
            change = overlay.addChangedNode(slot, base);
        } else if (!change.created()) {
            conflicts.checkDeletion(slot, overlay.snapshot);
        }
        change.deleted = true;
        overlay.countLabels(change.labels(), -1);
        overlay.nodeDelta--;
        return true;
    }

    boolean deleteRelationship(long relationship) {
        RelationshipChange change = changeOf(relationship);
        if (change.deleted) {
            return false;
        }
        change.deleted = true;
        overlay.relationshipDelta--;
        overlay.relationshipsDeleted++;
        return true;
    }

    /** The change of a live node whose labels or properties are about to change. */
    private NodeChange contentOf(long node) {
        NodeChange change = contentChangeOf(node);
        overlay.changedNodes.touch(Overlay.slot(node), change);
        return change;
    }

    private NodeChange contentChangeOf(long node) {
        int slot = Overlay.slot(node);
        NodeChange change = overlay.nodes.get(slot);
        if (change == null) {
            NodeVersion base = base(slot);
            conflicts.checkContent(slot, overlay.snapshot);
            return overlay.addChangedNode(slot, base);
        }
        if (change.deleted) {
            throw MergedReads.gone("node", node);
        }
        if (!change.created() && !change.contentTouched()) {
            conflicts.checkContent(slot, overlay.snapshot);
        }
        return change;
    }

    /** The change of a live node that is about to get a relationship. */
    private NodeChange linked(long node) {
        int slot = Overlay.slot(node);
        NodeChange change = overlay.nodes.get(slot);
        if (change == null) {
            NodeVersion base = base(slot);
            conflicts.checkLink(slot, overlay.snapshot);
            return overlay.addChangedNode(slot, base);
        }
        if (change.deleted) {
            throw MergedReads.gone("node", node);
        }
        return change;
    }

    private RelationshipChange changeOf(long relationship) {
        int slot = Overlay.slot(relationship);
        RelationshipChange known = overlay.relationships.get(slot);
        if (known != null) {
            return known;
        }
        Invariant.check(
                overlay.baseProperties(slot) != null,
                "relationship %d is not in snapshot %d",
                relationship,
                overlay.snapshot);
        conflicts.checkRelationship(slot, overlay.snapshot);
        RelationshipTable table = overlay.store.relationships();
        long snapshot = overlay.snapshot;
        RelationshipChange change = new RelationshipChange(
                false, table.typeAt(slot, snapshot), table.startAt(slot, snapshot), table.endAt(slot, snapshot));
        overlay.addRelationship(slot, change);
        return change;
    }

    private NodeVersion base(int slot) {
        return Invariant.present(overlay.base(slot), "node %d is not in snapshot %d", slot, overlay.snapshot);
    }
}
