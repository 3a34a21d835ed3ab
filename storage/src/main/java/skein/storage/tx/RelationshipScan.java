package skein.storage.tx;

import skein.storage.api.GraphReads.EntityCursor;

/** Relationships of one type or of all: those created here before the scan began, then those of the snapshot. */
final class RelationshipScan implements EntityCursor {
    private final Overlay overlay;
    private final boolean anyType;
    private final int type;
    private final SlotSource source;
    private final int changedEnd;
    private int changedPosition;
    private int current;

    RelationshipScan(Overlay overlay, boolean anyType, int type, SlotSource source) {
        this.overlay = overlay;
        this.anyType = anyType;
        this.type = type;
        this.source = source;
        this.changedEnd = overlay.relationships.size();
    }

    @Override
    public boolean next() {
        while (changedPosition < changedEnd) {
            int place = changedPosition++;
            RelationshipChange change = overlay.relationships.valueAt(place);
            if (change.created && !change.deleted && (anyType || change.type == type)) {
                current = overlay.relationships.keyAt(place);
                return true;
            }
        }
        for (int slot = source.next(); slot >= 0; slot = source.next()) {
            if (acceptsBase(slot)) {
                current = slot;
                return true;
            }
        }
        return false;
    }

    private boolean acceptsBase(int slot) {
        RelationshipChange change = overlay.relationships.get(slot);
        boolean standsHere = change == null || !change.created && !change.deleted;
        return standsHere
                && overlay.baseProperties(slot) != null
                && (anyType || overlay.store.relationships().typeAt(slot, overlay.snapshot) == type);
    }

    @Override
    public long id() {
        return current;
    }
}
