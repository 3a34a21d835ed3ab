package skein.storage.graph;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import skein.storage.index.IndexKey;

/** What may go once every active snapshot is as new as the commit that made it superfluous. In order of commits. */
final class Garbage {
    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();

    /** For a deletion the last piece of it: afterwards the slot is free. */
    void addNode(long commitTs, int slot, boolean deleted) {
        pieces.add(deleted ? new DeletedNode(commitTs, slot) : new OldVersions(commitTs, slot));
    }

    void addRelationship(long commitTs, int slot) {
        pieces.add(new RelationshipVersions(commitTs, slot));
    }

    void addLabel(long commitTs, int slot, int label) {
        pieces.add(new LabelMember(commitTs, slot, label));
    }

    /** The last piece of a deletion: afterwards the slot is free. */
    void addDeletedRelationship(long commitTs, int slot, int type) {
        pieces.add(new DeletedRelationship(commitTs, slot, type));
    }

    void addFormerLife(long commitTs, int slot) {
        pieces.add(new FormerRelationship(commitTs, slot));
    }

    void addIndexEntry(long commitTs, int slot, DeclaredIndex index, IndexKey key) {
        pieces.add(new IndexEntry(commitTs, slot, index, key));
    }

    void addIndex(long commitTs, DeclaredIndex index) {
        pieces.add(new DroppedIndex(commitTs, index));
    }

    void addConstraint(long commitTs, DeclaredConstraint constraint) {
        pieces.add(new DroppedConstraint(commitTs, constraint));
    }

    int size() {
        return pieces.size();
    }

    /** The next piece that a horizon lets go, removed; null when there is none. */
    @Nullable
    Piece poll(long horizon) {
        Piece first = pieces.peekFirst();
        return first != null && first.commitTs() <= horizon ? pieces.pollFirst() : null;
    }

    sealed interface Piece {
        long commitTs();
    }

    record OldVersions(long commitTs, int slot) implements Piece {}

    record DeletedNode(long commitTs, int slot) implements Piece {}

    record RelationshipVersions(long commitTs, int slot) implements Piece {}

    record LabelMember(long commitTs, int slot, int label) implements Piece {}

    record DeletedRelationship(long commitTs, int slot, int type) implements Piece {}

    record FormerRelationship(long commitTs, int slot) implements Piece {}

    record IndexEntry(long commitTs, int slot, DeclaredIndex index, IndexKey key) implements Piece {}

    record DroppedIndex(long commitTs, DeclaredIndex index) implements Piece {}

    record DroppedConstraint(long commitTs, DeclaredConstraint constraint) implements Piece {}
}
