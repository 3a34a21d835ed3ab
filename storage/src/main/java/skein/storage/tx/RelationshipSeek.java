package skein.storage.tx;

import java.util.List;
import skein.graph.Value;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.PropertyCondition;
import skein.storage.index.ConditionMatch;

/**
 * Relationships of a type that meet conditions. First those that the transaction had created or changed when the seek
 * began, then those of the snapshot that it had not; one changed while the seek runs is met as the snapshot shows it.
 */
final class RelationshipSeek implements EntityCursor {
    private final Overlay overlay;
    private final MergedReads reads;
    private final int type;
    private final int[] keys;
    private final List<PropertyCondition> conditions;
    private final SlotSource source;
    private final int changedEnd;
    private int changedPosition;
    private int current;

    RelationshipSeek(Overlay overlay, int type, int[] keys, List<PropertyCondition> conditions, SlotSource source) {
        this.overlay = overlay;
        this.reads = new MergedReads(overlay);
        this.type = type;
        this.keys = keys;
        this.conditions = conditions;
        this.source = source;
        this.changedEnd = overlay.relationships.size();
    }

    @Override
    public boolean next() {
        while (changedPosition < changedEnd) {
            int place = changedPosition++;
            RelationshipChange change = overlay.relationships.valueAt(place);
            current = overlay.relationships.keyAt(place);
            if (!change.deleted && change.type == type && acceptsMerged()) {
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

    private boolean acceptsMerged() {
        for (int i = 0; i < keys.length; i++) {
            Value value = reads.relationshipProperty(current, keys[i]);
            if (!ConditionMatch.holds(conditions.get(i), value)) {
                return false;
            }
        }
        return true;
    }

    private boolean acceptsBase(int slot) {
        int place = overlay.relationships.placeOf(slot);
        if (place >= 0 && (place < changedEnd || overlay.relationships.valueAt(place).deleted)) {
            return false;
        }
        byte[] properties = overlay.baseProperties(slot);
        if (properties == null || overlay.store.relationships().typeAt(slot, overlay.snapshot) != type) {
            return false;
        }
        for (int i = 0; i < keys.length; i++) {
            if (!ConditionMatch.holds(conditions.get(i), MergedReads.property(properties, keys[i]))) {
                return false;
            }
        }
        return source.meant(type, properties);
    }

    @Override
    public long id() {
        return current;
    }
}
