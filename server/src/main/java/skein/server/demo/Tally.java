package skein.server.demo;

import java.util.BitSet;
import java.util.Locale;

/**
 * What clients were told about their writes, and what was found when they were looked for. Every write has a number of
 * its own. Thread-safe.
 */
final class Tally {
    private final BitSet acknowledged = new BitSet();
    private final BitSet warned = new BitSet();
    private final BitSet refused = new BitSet();
    private final BitSet unknown = new BitSet();
    private long sent;
    private int lost;
    private int lostOfWarned;
    private int returned;
    private boolean checked;
    private String reason = "";

    /** What a client was told. */
    enum Told {
        /** It is committed. */
        ACKNOWLEDGED,
        /** It is committed, but a replica did not confirm it. */
        WARNED,
        /** It did not happen. */
        REFUSED,
        /** Nothing that can be relied on. */
        UNKNOWN
    }

    synchronized int next() {
        return (int) ++sent;
    }

    /** @param why in words, where it was not acknowledged */
    synchronized void told(int number, Told told, String why) {
        switch (told) {
            case ACKNOWLEDGED -> acknowledged.set(number);
            case WARNED -> warned.set(number);
            case REFUSED -> refused.set(number);
            case UNKNOWN -> unknown.set(number);
        }
        if (!why.isEmpty()) {
            reason = why;
        }
    }

    /** Everything that was told until now, to be compared with what is read afterwards. */
    synchronized Expected expected() {
        return new Expected((BitSet) acknowledged.clone(), (BitSet) warned.clone(), (BitSet) refused.clone());
    }

    /** What must be there, what should be, what must not. */
    record Expected(BitSet acknowledged, BitSet warned, BitSet refused) {}

    /**
     * @param before from {@link #expected}, taken before it was read
     * @param found the numbers that are there
     */
    synchronized void found(Expected before, BitSet found) {
        checked = true;
        lost = without(before.acknowledged(), found);
        lostOfWarned = without(before.warned(), found);
        BitSet ghosts = (BitSet) before.refused().clone();
        ghosts.and(found);
        returned = ghosts.cardinality();
    }

    private static int without(BitSet expected, BitSet found) {
        BitSet missing = (BitSet) expected.clone();
        missing.andNot(found);
        return missing.cardinality();
    }

    synchronized int acknowledgedCount() {
        return acknowledged.cardinality();
    }

    synchronized int lostCount() {
        return lost;
    }

    synchronized String lastReason() {
        return reason;
    }

    /** One line. */
    synchronized String line() {
        long told = (long) acknowledged.cardinality()
                + warned.cardinality()
                + refused.cardinality()
                + unknown.cardinality();
        return String.format(Locale.ROOT, "acknowledged %,d", acknowledged.cardinality())
                + part("with a warning", warned.cardinality(), false)
                + part("refused", refused.cardinality(), true)
                + part("unknown", unknown.cardinality(), true)
                + part("waiting", sent - told, false)
                + (checked ? String.format(Locale.ROOT, "  LOST %,d", lost) : "  not read back yet")
                + part("lost of the warned", lostOfWarned, false)
                + part("refused and yet there", returned, false);
    }

    private static String part(String name, long count, boolean always) {
        return count > 0 || always ? String.format(Locale.ROOT, "  %s %,d", name, count) : "";
    }
}
