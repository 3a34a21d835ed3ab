package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.index.HashIndex;
import skein.storage.index.ValueHash;

/** Removes what no active snapshot can see. Runs on the applier's thread, between records. */
final class GarbageCollector {
    private final GraphStore store;
    private final Garbage garbage;
    private final FreedSlots freed;

    GarbageCollector(GraphStore store, Garbage garbage, FreedSlots freed) {
        this.store = store;
        this.garbage = garbage;
        this.freed = freed;
    }

    /** Handles at most {@code piecesMax}, so that one long reader's end does not become everybody's pause. */
    void collect(long horizon, int piecesMax) {
        for (int i = 0; i < piecesMax; i++) {
            Garbage.Piece piece = garbage.poll(horizon);
            if (piece == null) {
                return;
            }
            collect(piece, horizon);
        }
    }

    private void collect(Garbage.Piece piece, long horizon) {
        switch (piece) {
            case Garbage.OldVersions old -> trim(store.nodes().head(old.slot()), horizon);
            case Garbage.DeletedNode gone -> removeNode(gone, horizon);
            case Garbage.RelationshipVersions old -> settle(old.slot(), horizon);
            case Garbage.LabelMember member -> removeLabel(member, horizon);
            case Garbage.DeletedRelationship gone -> removeRelationship(gone, horizon);
            case Garbage.FormerRelationship former -> store.relationships().forgetFormerLives(former.slot(), horizon);
            case Garbage.IndexEntry entry -> removeEntry(entry, horizon);
            case Garbage.DroppedIndex dropped -> store.indexes().forget(dropped.index());
            case Garbage.DroppedConstraint dropped -> store.constraints().forget(dropped.constraint());
        }
    }

    /** On a replica the slot may be in use again by now; then only its history is cut. */
    private void removeNode(Garbage.DeletedNode gone, long horizon) {
        NodeVersion head = store.nodes().head(gone.slot());
        if (head != null && head.deleted && head.commitTs == gone.commitTs()) {
            store.nodes().publish(gone.slot(), null);
            freed.node(gone.slot());
        } else {
            trim(head, horizon);
        }
    }

    /** As {@link #removeNode}. */
    private void removeRelationship(Garbage.DeletedRelationship gone, long horizon) {
        RelationshipTable table = store.relationships();
        settle(gone.slot(), horizon);
        if (!table.mayShow(gone.slot(), gone.type(), horizon)) {
            store.indexes().types().remove(gone.type(), gone.slot());
        }
        if (table.state(gone.slot()) == null) {
            freed.relationship(gone.slot());
        }
    }

    private static void trim(@Nullable NodeVersion head, long horizon) {
        NodeVersion version = head;
        while (version != null && version.commitTs > horizon) {
            version = version.older;
        }
        if (version != null) {
            version.older = null;
        }
    }

    private void settle(int slot, long horizon) {
        RelationshipTable table = store.relationships();
        Object state = table.state(slot);
        if (!(state instanceof RelationshipVersion head)) {
            return;
        }
        if (head.commitTs <= horizon) {
            table.setState(slot, head.properties);
            return;
        }
        RelationshipVersion version = head;
        while (version.older instanceof RelationshipVersion older) {
            if (older.commitTs <= horizon) {
                version.older = older.properties;
                return;
            }
            version = older;
        }
    }

    private void removeLabel(Garbage.LabelMember member, long horizon) {
        for (NodeVersion v = store.nodes().head(member.slot()); v != null; v = older(v, horizon)) {
            if (v.hasLabel(member.label())) {
                return;
            }
        }
        store.indexes().labels().remove(member.label(), member.slot());
    }

    private void removeEntry(Garbage.IndexEntry entry, long horizon) {
        HashIndex entries = entry.index().entries();
        if (entries == null) {
            return;
        }
        for (NodeVersion v = store.nodes().head(entry.slot()); v != null; v = older(v, horizon)) {
            Value value = ContentTracker.indexed(entry.index(), v);
            if (!value.isNull() && ValueHash.of(value) == entry.hash()) {
                return;
            }
        }
        entries.remove(entry.hash(), entry.slot());
    }

    /** The next older version that some snapshot may still see. */
    private static @Nullable NodeVersion older(NodeVersion version, long horizon) {
        return version.commitTs <= horizon ? null : version.older;
    }
}
