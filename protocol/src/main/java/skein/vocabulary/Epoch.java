package skein.vocabulary;

import java.util.UUID;

/**
 * One MAIN's reign over a database's history. The number only rises; the reign tells apart two instances that chose the
 * same number without knowing of each other.
 *
 * @param number 0 before the first reign, then 1, 2, ...
 * @param reign random identity of this reign
 */
public record Epoch(long number, UUID reign) {
    /** Before any MAIN has reigned: an empty log. */
    public static final Epoch NONE = new Epoch(0, new UUID(0, 0));

    public Epoch {
        Invariant.check(number >= 0, "epoch number %d is negative", number);
    }

    /** True when this reign began after {@code other}; equal numbers are never ordered. */
    public boolean isAfter(Epoch other) {
        return number > other.number;
    }

    @Override
    public String toString() {
        return number + ":" + reign;
    }
}
