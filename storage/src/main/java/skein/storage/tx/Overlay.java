package skein.storage.tx;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import skein.storage.api.NameKind;
import skein.storage.graph.GraphStore;
import skein.storage.graph.NodeVersion;
import skein.storage.graph.SlotList;
import skein.storage.graph.SlotMap;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/** The changes of one transaction beside the snapshot they were made on. Used by one thread at a time. */
final class Overlay {
    private static final int[] NO_LABELS = new int[0];

    /** Rough heap of a changed entity: the change object, its place in a map, its lists. */
    private static final long CHANGE_BYTES = 160;

    final GraphStore store;

    /** Moves only between two statements, and only upwards. */
    long snapshot;

    final NameOverlay names;
    final SlotMap<NodeChange> nodes = new SlotMap<>();
    final SlotMap<RelationshipChange> relationships = new SlotMap<>();
    final ChangedNodes changedNodes = new ChangedNodes(nodes, this::charge);
    private final Map<Integer, Long> labelDeltas = new HashMap<>();

    /** Slots given out to this transaction. */
    final SlotList nodeSlots = new SlotList();

    final SlotList relationshipSlots = new SlotList();
    long nodeDelta;
    long relationshipDelta;
    long relationshipsDeleted;
    private final long bytesMax;
    private long bytes;

    Overlay(GraphStore store, long snapshot, long bytesMax) {
        this.store = store;
        this.snapshot = snapshot;
        this.bytesMax = bytesMax;
        this.names = new NameOverlay(store.dictionary());
    }

    /** Shows a newer state beside the same changes; what was changed here is the same in both states. */
    void moveTo(long newer) {
        snapshot = newer;
        Map<NameKind, IntUnaryOperator> moves = names.settle();
        if (!moves.isEmpty()) {
            rename(moves);
        }
        for (int i = 0; i < nodes.size(); i++) {
            NodeChange change = nodes.valueAt(i);
            if (!change.created()) {
                change.rebase(Invariant.present(
                        base(nodes.keyAt(i)), "node %d is not in snapshot %d", nodes.keyAt(i), newer));
            }
        }
    }

    private void rename(Map<NameKind, IntUnaryOperator> moves) {
        IntUnaryOperator labels = moves.getOrDefault(NameKind.LABEL, IntUnaryOperator.identity());
        IntUnaryOperator types = moves.getOrDefault(NameKind.RELATIONSHIP_TYPE, IntUnaryOperator.identity());
        IntUnaryOperator keys = moves.getOrDefault(NameKind.PROPERTY_KEY, IntUnaryOperator.identity());
        for (int i = 0; i < nodes.size(); i++) {
            nodes.valueAt(i).rename(labels, keys);
        }
        for (int i = 0; i < relationships.size(); i++) {
            RelationshipChange change = relationships.valueAt(i);
            change.type = types.applyAsInt(change.type);
            PropertyChanges properties = change.properties();
            if (properties != null) {
                properties.rename(keys);
            }
        }
        Map<Integer, Long> deltas = new HashMap<>(labelDeltas);
        labelDeltas.clear();
        deltas.forEach((label, delta) -> labelDeltas.merge(labels.applyAsInt(label), delta, Long::sum));
        changedNodes.forgetLookups();
    }

    /** The slot of an id, or -1 for an id that cannot exist. */
    static int slot(long id) {
        return id >= 0 && id < Integer.MAX_VALUE ? (int) id : -1;
    }

    /** What the snapshot shows of a node; null when it shows none. */
    @Nullable
    NodeVersion base(int slot) {
        return slot < 0 ? null : store.nodes().at(slot, snapshot);
    }

    /** What the snapshot shows of a relationship's properties; null when it shows no such relationship. */
    byte @Nullable [] baseProperties(int slot) {
        return slot < 0 ? null : store.relationships().propertiesAt(slot, snapshot);
    }

    NodeChange addCreatedNode(int slot, int[] labels) {
        charge(CHANGE_BYTES);
        NodeChange change = new NodeChange(null, labels.length == 0 ? NO_LABELS : labels.clone());
        nodes.put(slot, change);
        changedNodes.touch(slot, change);
        countLabels(labels, 1);
        nodeDelta++;
        return change;
    }

    NodeChange addChangedNode(int slot, NodeVersion base) {
        charge(CHANGE_BYTES);
        NodeChange change = new NodeChange(base, null);
        nodes.put(slot, change);
        return change;
    }

    void addRelationship(int slot, RelationshipChange change) {
        charge(CHANGE_BYTES);
        relationships.put(slot, change);
    }

    /** How many nodes more than in the snapshot have a label. */
    long labelDelta(int label) {
        return labelDeltas.getOrDefault(label, 0L);
    }

    /** Counts labels that a node has got (1) or lost (-1). */
    void countLabels(int[] labels, long delta) {
        for (int label : labels) {
            labelDeltas.merge(label, delta, Long::sum);
        }
    }

    /** How many relationships more than in the snapshot have a type. */
    long typeDelta(int type) {
        long delta = 0;
        for (int i = 0; i < relationships.size(); i++) {
            RelationshipChange change = relationships.valueAt(i);
            if (change.type == type && change.created != change.deleted) {
                delta += change.created ? 1 : -1;
            }
        }
        return delta;
    }

    /** Accounts for memory; MEMORY_LIMIT when the transaction takes more than it may. */
    void charge(long more) {
        bytes += more;
        if (bytes > bytesMax) {
            throw new SkeinException(
                    ErrorCode.MEMORY_LIMIT,
                    "The transaction's changes take more than " + bytesMax
                            + " bytes of memory, the limit for one transaction. Split it into smaller ones, or raise"
                            + " the limit.");
        }
    }
}
