package skein.storage.graph;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import skein.storage.index.IndexKey;

/**
 * What may go once every active snapshot is as new as the commit that made it superfluous. In order of commits. Knows
 * about how much heap waits here, in the pieces themselves and in what they keep.
 */
final class Garbage {
    /** A piece and its place in the queue. */
    private static final long PIECE_BYTES = 48;

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private long bytes;

    /** For a deletion the last piece of it: afterwards the slot is free. */
    void addNode(long commitTs, int slot, boolean deleted, long kept) {
        add(deleted ? new DeletedNode(commitTs, slot, kept) : new OldVersions(commitTs, slot, kept));
    }

    void addRelationship(long commitTs, int slot, long kept) {
        add(new RelationshipVersions(commitTs, slot, kept));
    }

    private void add(Piece piece) {
        pieces.add(piece);
        bytes += PIECE_BYTES + piece.kept();
    }

    void addLabel(long commitTs, int slot, int label) {
        add(new LabelMember(commitTs, slot, label));
    }

    /** The last piece of a deletion: afterwards the slot is free. */
    void addDeletedRelationship(long commitTs, int slot, int type) {
        add(new DeletedRelationship(commitTs, slot, type));
    }

    void addFormerLife(long commitTs, int slot) {
        add(new FormerRelationship(commitTs, slot));
    }

    void addIndexEntry(long commitTs, int slot, DeclaredIndex index, IndexKey key) {
        add(new IndexEntry(commitTs, slot, index, key));
    }

    void addIndex(long commitTs, DeclaredIndex index) {
        add(new DroppedIndex(commitTs, index));
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
        if (first == null || first.commitTs() > horizon) {
            return null;
        }
        pieces.removeFirst();
        bytes -= PIECE_BYTES + first.kept();
        return first;
    }

    /** Whether {@link #poll} would answer a piece. */
    boolean isReady(long horizon) {
        Piece first = pieces.peekFirst();
        return first != null && first.commitTs() <= horizon;
    }

    /** About how much heap waits here. */
    long bytes() {
        return bytes;
    }

    sealed interface Piece {
        long commitTs();

        /** About how much heap the piece keeps from being collected, beside itself. */
        default long kept() {
            return 0;
        }
    }

    record OldVersions(long commitTs, int slot, long kept) implements Piece {}

    record DeletedNode(long commitTs, int slot, long kept) implements Piece {}

    record RelationshipVersions(long commitTs, int slot, long kept) implements Piece {}

    record LabelMember(long commitTs, int slot, int label) implements Piece {}

    record DeletedRelationship(long commitTs, int slot, int type) implements Piece {}

    record FormerRelationship(long commitTs, int slot) implements Piece {}

    record IndexEntry(long commitTs, int slot, DeclaredIndex index, IndexKey key) implements Piece {}

    record DroppedIndex(long commitTs, DeclaredIndex index) implements Piece {}

    record DroppedConstraint(long commitTs, DeclaredConstraint constraint) implements Piece {}
}
