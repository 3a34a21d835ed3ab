package skein.storage.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.index.HashIndex;
import skein.storage.index.ValueHash;
import skein.storage.log.ConstraintDefinition;
import skein.storage.log.PropertyCodec;
import skein.vocabulary.Invariant;

/** Keeps what follows from content: label and type members, declared indexes, claims, counts and the state hash. */
final class ContentTracker {
    private final GraphStore store;
    private final Garbage garbage;
    private final ConstraintTracker constraints;
    private long commitTs;
    private long horizon;
    private long stateHash;

    ContentTracker(GraphStore store, Garbage garbage) {
        this.store = store;
        this.garbage = garbage;
        this.constraints = new ConstraintTracker(store, garbage);
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
        List<DeclaredIndex> declared = store.indexes().declared();
        for (int i = 0; i < declared.size(); i++) {
            reindex(declared.get(i), slot, before, after);
        }
        constraints.nodeChanged(slot, before, after);
    }

    void relationshipCreated(int slot, int type, int start, int end, byte[] properties) {
        stateHash += StateHash.ofRelationship(slot, type, start, end, properties);
        store.indexes().types().add(type, slot);
        store.indexes().types().count(type, 1, commitTs, horizon);
    }

    void relationshipChanged(int slot, byte[] before, byte[] after) {
        stateHash += hashOf(slot, after) - hashOf(slot, before);
    }

    void relationshipDeleted(int slot, byte[] before) {
        stateHash -= hashOf(slot, before);
        int type = store.relationships().type(slot);
        store.indexes().types().count(type, -1, commitTs, horizon);
        garbage.addDeletedRelationship(commitTs, slot, type);
    }

    void nameAdded(NameKind kind, int token, String name) {
        stateHash += StateHash.ofName(kind, token, name);
    }

    void createIndex(int label, int key) {
        Invariant.check(store.indexes().find(label, key) == null, "index on %d.%d exists already", label, key);
        DeclaredIndex index = new DeclaredIndex(label, key, commitTs);
        build(index);
        store.indexes().declare(index);
        stateHash += StateHash.ofIndex(label, key);
    }

    void dropIndex(int label, int key) {
        DeclaredIndex index =
                Invariant.present(store.indexes().find(label, key), "there is no index on %d.%d", label, key);
        index.drop(commitTs);
        garbage.addIndex(commitTs, index);
        stateHash -= StateHash.ofIndex(label, key);
    }

    void createConstraint(ConstraintDefinition definition, String name) {
        stateHash += constraints.create(definition, name, commitTs);
    }

    void dropConstraint(ConstraintDefinition definition) {
        stateHash -= constraints.drop(definition, commitTs);
    }

    private void build(DeclaredIndex index) {
        HashIndex entries = index.entries();
        var slots = store.indexes().nodesWithLabel(index.label());
        if (entries == null || slots == null) {
            return;
        }
        for (int slot = slots.nextAtOrAbove(0); slot >= 0; slot = slots.nextAtOrAbove(slot + 1)) {
            Value value = indexed(index, store.nodes().head(slot));
            if (!value.isNull()) {
                entries.add(ValueHash.of(value), slot);
            }
        }
    }

    private void reindex(DeclaredIndex index, int slot, @Nullable NodeVersion before, NodeVersion after) {
        HashIndex entries = index.entries();
        if (entries == null || index.dropped()) {
            return;
        }
        Value was = indexed(index, before);
        Value is = indexed(index, after);
        if (was.equals(is)) {
            return;
        }
        if (!is.isNull()) {
            entries.add(ValueHash.of(is), slot);
        }
        if (!was.isNull()) {
            garbage.addIndexEntry(commitTs, slot, index, ValueHash.of(was));
        }
    }

    /** What the index holds for a version: null when it is not of the label or does not have the property. */
    static Value indexed(DeclaredIndex index, @Nullable NodeVersion version) {
        if (version == null || version.deleted || !version.hasLabel(index.label())) {
            return Value.NULL;
        }
        return PropertyCodec.get(version.properties, index.key());
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
