package skein.storage.tx;

import org.jspecify.annotations.Nullable;
import skein.storage.graph.SlotList;
import skein.storage.tx.PendingTable.Effect;

/** The entities of the snapshot that a transaction changes, by what it does to them. */
final class WriteSet {
    private final SlotList content = new SlotList();
    private final SlotList deletions = new SlotList();
    private final SlotList links = new SlotList();
    private final SlotList relationships = new SlotList();

    static WriteSet of(Overlay overlay) {
        WriteSet set = new WriteSet();
        for (int i = 0; i < overlay.nodes.size(); i++) {
            set.add(overlay.nodes.keyAt(i), overlay.nodes.valueAt(i), overlay);
        }
        for (int i = 0; i < overlay.relationships.size(); i++) {
            RelationshipChange change = overlay.relationships.valueAt(i);
            int slot = overlay.relationships.keyAt(i);
            if (!change.created && (change.deleted || changes(change, overlay.baseProperties(slot)))) {
                set.relationships.add(slot);
            }
        }
        return set;
    }

    private static boolean changes(RelationshipChange change, byte @Nullable [] base) {
        PropertyChanges properties = change.properties();
        return properties != null && base != null && properties.changeAnything(base);
    }

    private void add(int slot, NodeChange change, Overlay overlay) {
        if (change.created()) {
            return;
        }
        if (change.deleted) {
            deletions.add(slot);
            return;
        }
        if (change.contentChanged()) {
            content.add(slot);
        }
        if (anyStands(change.outgoing(), overlay) || anyStands(change.incoming(), overlay)) {
            links.add(slot);
        }
    }

    private static boolean anyStands(@Nullable SlotList created, Overlay overlay) {
        if (created == null) {
            return false;
        }
        for (int i = 0; i < created.size(); i++) {
            RelationshipChange change = overlay.relationships.get(created.get(i));
            if (change != null && !change.deleted) {
                return true;
            }
        }
        return false;
    }

    /** WRITE_CONFLICT when another transaction got there first. */
    void check(Conflicts conflicts, long snapshot) {
        for (int i = 0; i < content.size(); i++) {
            conflicts.checkContent(content.get(i), snapshot);
        }
        for (int i = 0; i < deletions.size(); i++) {
            conflicts.checkDeletion(deletions.get(i), snapshot);
        }
        for (int i = 0; i < links.size(); i++) {
            conflicts.checkLink(links.get(i), snapshot);
        }
        for (int i = 0; i < relationships.size(); i++) {
            conflicts.checkRelationship(relationships.get(i), snapshot);
        }
    }

    /** What stands in the pending table until the record is applied. */
    long[] pendingKeys() {
        long[] keys = new long[content.size() + deletions.size() + links.size() + relationships.size()];
        int size = put(keys, 0, Effect.NODE_CONTENT, content);
        size = put(keys, size, Effect.NODE_DELETION, deletions);
        size = put(keys, size, Effect.NODE_LINK, links);
        put(keys, size, Effect.RELATIONSHIP, relationships);
        return keys;
    }

    private static int put(long[] keys, int from, Effect effect, SlotList slots) {
        for (int i = 0; i < slots.size(); i++) {
            keys[from + i] = PendingTable.key(effect, slots.get(i));
        }
        return from + slots.size();
    }
}
