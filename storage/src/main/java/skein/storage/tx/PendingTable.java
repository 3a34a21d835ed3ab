package skein.storage.tx;

import java.util.concurrent.ConcurrentHashMap;

/**
 * What records that are sequenced but not applied yet will change. Written under the sequencer's lock, read by any
 * transaction without it. Entities created by such a record need no entry: nobody else can know them.
 */
final class PendingTable {
    /** What a pending record does to an entity. */
    enum Effect {
        NODE_CONTENT(0),
        NODE_DELETION(1),
        NODE_LINK(2),
        RELATIONSHIP(3),
        SCHEMA(4);

        private final int code;

        Effect(int code) {
            this.code = code;
        }
    }

    /** Room for the code of an effect below the slot. */
    private static final int EFFECT_BITS = 3;

    /** From entity and effect to the newest record with that effect. */
    private final ConcurrentHashMap<Long, Long> newest = new ConcurrentHashMap<>();

    static long key(Effect effect, int slot) {
        return (long) slot << EFFECT_BITS | effect.code;
    }

    /** Whether a record that the snapshot does not show is about to have the effect. */
    boolean contains(Effect effect, int slot, long snapshot) {
        if (newest.isEmpty()) {
            return false;
        }
        Long lsn = newest.get(key(effect, slot));
        return lsn != null && lsn > snapshot;
    }

    /** Whether a record that the snapshot does not show is about to have any effect on the node. */
    boolean containsNode(int slot, long snapshot) {
        return contains(Effect.NODE_CONTENT, slot, snapshot)
                || contains(Effect.NODE_DELETION, slot, snapshot)
                || contains(Effect.NODE_LINK, slot, snapshot);
    }

    void enter(long[] keys, long lsn) {
        for (long key : keys) {
            newest.put(key, lsn);
        }
    }

    /** Takes the keys of an applied record out, but not where a newer record has the same effect. */
    void leave(long[] keys, long lsn) {
        for (long key : keys) {
            newest.remove(key, lsn);
        }
    }

    void clear() {
        newest.clear();
    }
}
