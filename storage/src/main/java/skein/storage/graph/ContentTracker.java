package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.storage.api.NameKind;
import skein.storage.log.ConstraintDefinition;
import skein.storage.log.IndexDefinition;

/** Keeps what follows from content: label and type members, declared indexes, claims, counts and the state hash. */
final class ContentTracker {
    private final GraphStore store;
    private final Garbage garbage;
    private final ConstraintTracker constraints;
    private final IndexTracker indexes;
    private long commitTs;
    private long horizon;
    private long stateHash;

    ContentTracker(GraphStore store, Garbage garbage) {
        this.store = store;
        this.garbage = garbage;
        this.constraints = new ConstraintTracker(store, garbage);
        this.indexes = new IndexTracker(store, garbage);
    }

    void begin(long commitTs, long horizon) {
        this.commitTs = commitTs;
        this.horizon = horizon;
    }

    long stateHash() {
        return stateHash;
    }

    /** Nodes and relationships came in without passing through here; this is their part of the state hash. */
    void contentLoaded(long hash) {
        stateHash += hash;
    }

    void nodeChanged(int slot, @Nullable NodeVersion before, NodeVersion after) {
        if (before != null && !after.contentDiffersFrom(before)) {
            return;
        }
        if (before != null) {
            stateHash -= StateHash.ofNode(slot, before.labels, before.properties);
        }
        if (!after.deleted) {
            stateHash += StateHash.ofNode(slot, after.labels, after.properties);
        }
        labelsChanged(slot, before == null ? LabelSets.NONE : before.labels, after.labels);
        indexes.nodeChanged(slot, before, after, commitTs);
        constraints.nodeChanged(slot, before, after);
    }

    void relationshipCreated(int slot, int type, int start, int end, byte[] properties) {
        stateHash += StateHash.ofRelationship(slot, type, start, end, properties);
        store.indexes().types().add(type, slot);
        store.indexes().types().count(type, 1, commitTs, horizon);
        indexes.relationshipChanged(slot, type, null, properties, commitTs);
    }

    void relationshipChanged(int slot, byte[] before, byte[] after) {
        stateHash += hashOf(slot, after) - hashOf(slot, before);
        indexes.relationshipChanged(slot, store.relationships().type(slot), before, after, commitTs);
    }

    void relationshipDeleted(int slot, byte[] before) {
        stateHash -= hashOf(slot, before);
        int type = store.relationships().type(slot);
        store.indexes().types().count(type, -1, commitTs, horizon);
        indexes.relationshipChanged(slot, type, before, null, commitTs);
        garbage.addDeletedRelationship(commitTs, slot, type);
    }

    void nameAdded(NameKind kind, int token, String name) {
        stateHash += StateHash.ofName(kind, token, name);
    }

    void createIndex(IndexDefinition definition, String name) {
        stateHash += indexes.create(definition, name, commitTs);
    }

    void dropIndex(IndexDefinition definition) {
        stateHash -= indexes.drop(definition, commitTs);
    }

    void createConstraint(ConstraintDefinition definition, String name) {
        stateHash += constraints.create(definition, name, commitTs);
    }

    void dropConstraint(ConstraintDefinition definition) {
        stateHash -= constraints.drop(definition, commitTs);
    }

    /** See {@link IndexTracker#recover}. */
    void recover() {
        indexes.recover();
    }

    void endRecovery() {
        indexes.endRecovery();
    }

    @SuppressWarnings("ReferenceEquality") // label sets are interned
    private void labelsChanged(int slot, int[] before, int[] after) {
        if (before == after) {
            return;
        }
        GraphIndexes.Members members = store.indexes().labels();
        for (int label : after) {
            if (!contains(before, label)) {
                members.add(label, slot);
                members.count(label, 1, commitTs, horizon);
            }
        }
        for (int label : before) {
            if (!contains(after, label)) {
                members.count(label, -1, commitTs, horizon);
                garbage.addLabel(commitTs, slot, label);
            }
        }
    }

    private static boolean contains(int[] labels, int label) {
        for (int mine : labels) {
            if (mine == label) {
                return true;
            }
        }
        return false;
    }

    private long hashOf(int slot, byte[] properties) {
        RelationshipTable table = store.relationships();
        return StateHash.ofRelationship(slot, table.type(slot), table.start(slot), table.end(slot), properties);
    }
}
