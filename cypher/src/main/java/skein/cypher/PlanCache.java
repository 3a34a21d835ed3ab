package skein.cypher;

import org.jspecify.annotations.Nullable;

/**
 * Prepared queries by their text, or by their text without its literals. Every text has a set of a few places; a new
 * query takes an empty one or, in turn, that of another query of the set.
 *
 * <p>Thread-safe without locks: an entry is immutable and written at once, so that a thread sees all of it or nothing.
 * Two threads that write the same set at the same time may lose one of the entries, which only costs a new plan.
 */
final class PlanCache {
    private static final int WAYS = 4;

    /** Longer texts are not kept: they are loads of data, and would fill the memory. */
    private static final int TEXT_LENGTH_MAX = 32 << 10;

    private final @Nullable Entry[] entries;
    /** Which place of a set goes next. */
    private final byte[] turns;

    private final int mask;

    private record Entry(String text, PreparedQuery query) {}

    /** @param size how many queries are kept, about; from 1 */
    PlanCache(int size) {
        int sets = Integer.highestOneBit(Math.max(1, (2 * size - 1) / WAYS));
        this.entries = new @Nullable Entry[sets * WAYS];
        this.turns = new byte[sets];
        this.mask = sets - 1;
    }

    @Nullable
    PreparedQuery get(String text) {
        int first = set(text) * WAYS;
        for (int i = first; i < first + WAYS; i++) {
            Entry entry = entries[i];
            if (entry != null && entry.text.equals(text)) {
                return entry.query;
            }
        }
        return null;
    }

    void put(String text, PreparedQuery query) {
        if (text.length() > TEXT_LENGTH_MAX) {
            return;
        }
        int set = set(text);
        int place = (turns[set]++ & 0xFF) % WAYS;
        for (int i = 0; i < WAYS; i++) {
            Entry entry = entries[set * WAYS + i];
            if (entry == null || entry.text.equals(text)) {
                place = i;
                break;
            }
        }
        entries[set * WAYS + place] = new Entry(text, query);
    }

    private int set(String text) {
        int hash = text.hashCode();
        return (hash ^ hash >>> 16) & mask;
    }
}
