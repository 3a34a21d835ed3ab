package skein.storage.tx;

import skein.storage.graph.SlotList;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Gives out slots for new entities. A slot that was never part of a record may be given back and is given out again; a
 * slot of a deleted entity is not: the columns of a relationship keep no history, and a reader on a replica may be
 * older than anything the MAIN knows of.
 */
final class SlotAllocator {
    private final String what;
    private final SlotList returned = new SlotList();
    private int next;
    private long generation;

    SlotAllocator(String what) {
        this.what = what;
    }

    /** Starts anew above everything that any record names; slots given out before are void. */
    synchronized void reset(int limit) {
        next = limit;
        returned.clear();
        generation++;
    }

    synchronized long generation() {
        return generation;
    }

    synchronized int allocate() {
        if (returned.size() > 0) {
            return returned.removeLast();
        }
        if (next == Integer.MAX_VALUE) {
            throw new SkeinException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The database is full: it has used all " + Integer.MAX_VALUE + " ids for " + what
                            + ". Copy what you need into a new database.");
        }
        return next++;
    }

    /** Takes back slots that no record names, unless the allocator has started anew since. */
    synchronized void giveBack(SlotList slots, long generationOfSlots) {
        if (generationOfSlots == generation) {
            for (int i = slots.size() - 1; i >= 0; i--) {
                returned.add(slots.get(i));
            }
        }
    }
}
