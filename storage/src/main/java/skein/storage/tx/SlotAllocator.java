package skein.storage.tx;

import skein.storage.graph.SlotList;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Gives out slots for new entities: those that are free again first, new ones otherwise. A slot comes back when the
 * transaction that had it leaves no record that names it, or when the applier has removed the last trace of a deleted
 * entity, which it does only once no snapshot in use here shows that entity. Older readers on a replica are the
 * replica's own care: see skein.storage.graph.RelationshipTable and docs/adr/014-slot-reuse.md.
 */
final class SlotAllocator {
    private final String what;
    private final SlotList free = new SlotList();
    private int next;
    private boolean open;
    private volatile long generation;

    SlotAllocator(String what) {
        this.what = what;
    }

    /**
     * Starts anew; slots given out before are void.
     *
     * @param limit above everything that any record names
     * @param unused slots below the limit that hold nothing; the last is given out first
     */
    synchronized void open(int limit, SlotList unused) {
        free.clear();
        for (int i = 0; i < unused.size(); i++) {
            free.add(unused.get(i));
        }
        next = limit;
        open = true;
        generation++;
    }

    /** Slots that are freed from here on are not remembered: whoever opens anew finds them. */
    synchronized void close() {
        open = false;
        free.clear();
        generation++;
    }

    /** Read on the way of every transaction, so without the lock. */
    long generation() {
        return generation;
    }

    synchronized int allocate() {
        if (free.size() > 0) {
            return free.removeLast();
        }
        if (next == Integer.MAX_VALUE) {
            throw new SkeinException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The database is full: it has used all " + Integer.MAX_VALUE + " ids for " + what
                            + ". Delete what is not needed, or copy what you need into a new database.");
        }
        return next++;
    }

    /** Takes back slots that no record names, unless the allocator has started anew since. */
    void giveBack(SlotList slots, long generationOfSlots) {
        // readers end here too, and they wait for nobody
        if (slots.size() > 0) {
            takeBack(slots, generationOfSlots);
        }
    }

    private synchronized void takeBack(SlotList slots, long generationOfSlots) {
        if (generationOfSlots == generation) {
            for (int i = slots.size() - 1; i >= 0; i--) {
                free.add(slots.get(i));
            }
        }
    }

    /** Takes the slot of a deleted entity of which nothing is left. */
    synchronized void recycle(int slot) {
        if (open) {
            free.add(slot);
        }
    }
}
