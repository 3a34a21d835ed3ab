package skein.storage.tx;

import org.jspecify.annotations.Nullable;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.graph.AdjacencyCursor;
import skein.storage.graph.NodeVersion;
import skein.storage.graph.SlotList;

/** The relationships of one node: those of the snapshot that still stand, then those created here. */
final class ExpandCursor implements RelationshipCursor {
    private final Overlay overlay;
    private final int node;
    private final Direction direction;
    private final int[] types;
    private final @Nullable AdjacencyCursor base;
    private final @Nullable SlotList ownOutgoing;
    private final @Nullable SlotList ownIncoming;

    /** Own relationships created after the cursor are not met. */
    private final int ownOutgoingEnd;

    private final int ownIncomingEnd;
    private boolean baseDone;
    private int ownPosition;
    private int relationship;
    private int neighbour;
    private boolean incoming;

    /** @param change null when the transaction did not touch the node */
    ExpandCursor(
            Overlay overlay,
            int node,
            @Nullable NodeVersion version,
            @Nullable NodeChange change,
            Direction direction,
            int[] types) {
        this.overlay = overlay;
        this.node = node;
        this.direction = direction;
        this.types = types;
        this.base = version == null
                ? null
                : new AdjacencyCursor(overlay.store.relationships(), node, version, direction, types);
        this.baseDone = version == null;
        this.ownOutgoing = change == null || direction == Direction.INCOMING ? null : change.outgoing();
        this.ownIncoming = change == null || direction == Direction.OUTGOING ? null : change.incoming();
        this.ownOutgoingEnd = ownOutgoing == null ? 0 : ownOutgoing.size();
        this.ownIncomingEnd = ownOutgoingEnd + (ownIncoming == null ? 0 : ownIncoming.size());
    }

    @Override
    public boolean next() {
        return !baseDone && nextOfBase() || nextOwn();
    }

    private boolean nextOfBase() {
        AdjacencyCursor cursor = base;
        while (cursor != null && cursor.next()) {
            int met = cursor.relationship();
            if (overlay.relationshipsDeleted == 0 || !deleted(met)) {
                relationship = met;
                neighbour = cursor.neighbour();
                incoming = cursor.incoming();
                return true;
            }
        }
        baseDone = true;
        return false;
    }

    private boolean nextOwn() {
        while (ownPosition < ownIncomingEnd) {
            int place = ownPosition++;
            boolean inward = place >= ownOutgoingEnd;
            SlotList list = inward ? ownIncoming : ownOutgoing;
            if (list != null && accept(list.get(inward ? place - ownOutgoingEnd : place), inward)) {
                return true;
            }
        }
        return false;
    }

    private boolean accept(int met, boolean inward) {
        RelationshipChange change = overlay.relationships.get(met);
        if (change == null || change.deleted || !wanted(change.type)) {
            return false;
        }
        boolean seenAsOutgoing = inward && direction == Direction.BOTH && change.start == change.end;
        if (seenAsOutgoing) {
            return false;
        }
        relationship = met;
        neighbour = inward ? change.start : change.end;
        incoming = inward;
        return true;
    }

    private boolean wanted(int type) {
        for (int wanted : types) {
            if (wanted == type) {
                return true;
            }
        }
        return types.length == 0;
    }

    private boolean deleted(int met) {
        RelationshipChange change = overlay.relationships.get(met);
        return change != null && change.deleted;
    }

    @Override
    public long relationship() {
        return relationship;
    }

    @Override
    public int type() {
        AdjacencyCursor cursor = base;
        if (cursor != null && !baseDone) {
            return cursor.type();
        }
        RelationshipChange change = overlay.relationships.get(relationship);
        return change != null ? change.type : overlay.store.relationships().typeAt(relationship, overlay.snapshot);
    }

    @Override
    public long start() {
        return incoming ? neighbour : node;
    }

    @Override
    public long end() {
        return incoming ? node : neighbour;
    }

    @Override
    public long neighbour() {
        return neighbour;
    }
}
