package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.storage.api.IndexKind;

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
        boolean wanted = entry.index().definition().kind() == IndexKind.RELATIONSHIP
                ? relationshipStands(entry, horizon)
                : nodeStands(entry, horizon);
        if (!wanted) {
            entry.index().remove(entry.key(), entry.slot());
        }
    }

    /** Whether a version that some snapshot may still see stands under the key of the entry. */
    private boolean nodeStands(Garbage.IndexEntry entry, long horizon) {
        for (NodeVersion v = store.nodes().head(entry.slot()); v != null; v = older(v, horizon)) {
            if (entry.key().equals(IndexContent.ofNode(entry.index(), v))) {
                return true;
            }
        }
        return false;
    }

    /** As {@link #nodeStands}. */
    private boolean relationshipStands(Garbage.IndexEntry entry, long horizon) {
        RelationshipTable table = store.relationships();
        Object state = table.state(entry.slot());
        while (state instanceof RelationshipVersion version) {
            int type = table.typeAt(entry.slot(), version.commitTs);
            if (entry.key().equals(IndexContent.ofRelationship(entry.index(), type, version.properties))) {
                return true;
            }
            if (version.commitTs <= horizon) {
                return false;
            }
            state = version.older;
        }
        int type = table.typeAt(entry.slot(), horizon);
        return entry.key().equals(IndexContent.ofRelationship(entry.index(), type, (byte[]) state));
    }

    /** The next older version that some snapshot may still see. */
    private static @Nullable NodeVersion older(NodeVersion version, long horizon) {
        return version.commitTs <= horizon ? null : version.older;
    }
}
