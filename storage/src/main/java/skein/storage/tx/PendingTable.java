package skein.storage.tx;

import java.util.concurrent.ConcurrentHashMap;

/**
 * What records that are sequenced but not applied yet will change. Written by the sequencer and the applier, read by
 * any transaction. Entities created by such a record need no entry: nobody else can know them.
 */
final class PendingTable {
    /** What a pending record does to an entity. */
    enum Effect {
        NODE_CONTENT,
        NODE_DELETION,
        NODE_LINK,
        RELATIONSHIP,
        SCHEMA
    }

    private static final int EFFECT_BITS = 3;
    private static final Effect[] EFFECTS = Effect.values();

    /** From entity and effect to the newest record with that effect. */
    private final ConcurrentHashMap<Long, Long> newest = new ConcurrentHashMap<>();

    static long key(Effect effect, int slot) {
        return (long) slot << EFFECT_BITS | effect.ordinal();
    }

    boolean contains(Effect effect, int slot) {
        return !newest.isEmpty() && newest.containsKey(key(effect, slot));
    }

    /** Whether a pending record has any effect on the node. */
    boolean containsNode(int slot) {
        return contains(Effect.NODE_CONTENT, slot)
                || contains(Effect.NODE_DELETION, slot)
                || contains(Effect.NODE_LINK, slot);
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

    int size() {
        return newest.size();
    }

    /** For messages: what a key stands for. */
    static String describe(long key) {
        return EFFECTS[(int) (key & (1 << EFFECT_BITS) - 1)] + " " + (key >> EFFECT_BITS);
    }
}
