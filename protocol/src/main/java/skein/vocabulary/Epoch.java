package skein.vocabulary;

import java.util.UUID;

/**
 * One MAIN's reign over a database's history. Reigns are ordered by number, which is made of two: the term, which only
 * a promotion raises, and above the promotion the restarts of the MAIN that it made, which asks nobody before it starts
 * again and therefore never outranks a later promotion. The reign tells apart two instances that chose the same number
 * without knowing of each other; such two are never ordered.
 *
 * @param number {@code term << 20 | restart}; 0 before the first reign, then 1, 2, ... until the first promotion
 * @param reign random identity of this reign
 */
public record Epoch(long number, UUID reign) {
    private static final int RESTART_BITS = 20;

    /** How often a MAIN can open a reign anew after one promotion. */
    public static final long RESTARTS_MAX = (1L << RESTART_BITS) - 1;

    /** Before any MAIN has reigned: an empty log. */
    public static final Epoch NONE = new Epoch(0, new UUID(0, 0));

    public Epoch {
        Invariant.check(number >= 0, "epoch number %d is negative", number);
    }

    /** The promotion it stems from; 0 where nobody was promoted yet. */
    public static long termOf(long number) {
        return number >> RESTART_BITS;
    }

    public static long restartOf(long number) {
        return number & RESTARTS_MAX;
    }

    /** The number of a promotion that outranks everything up to this one. */
    public static long promotedAbove(long number) {
        return termOf(number) + 1 << RESTART_BITS;
    }

    /** The number with which a term begins. */
    public static long firstOf(long term) {
        return term << RESTART_BITS;
    }

    /** True when there is a number left for another start of the same MAIN. */
    public static boolean hasRestartAfter(long number) {
        return restartOf(number) < RESTARTS_MAX;
    }

    /** For people: {@code term.restart}. */
    public static String text(long number) {
        return termOf(number) + "." + restartOf(number);
    }

    /** For people, without the random part. */
    public String text() {
        return text(number);
    }

    /** True when this reign began after {@code other}; equal numbers are never ordered. */
    public boolean isAfter(Epoch other) {
        return number > other.number;
    }

    @Override
    public String toString() {
        return text() + ":" + reign;
    }
}
