package skein.forwarding.core;

import skein.vocabulary.Invariant;

/**
 * How many lines a MAIN has to one replica: always a few that wait, so that a transaction need not wait for a
 * connection, and never more than may be.
 *
 * @param connecting attempts under way
 * @param waiting nothing runs on them
 * @param busy a transaction runs on them
 * @param max of all together
 */
public record LinePlan(int connecting, int waiting, int busy, int max) {
    /** Lines kept ready. */
    static final int READY = 2;

    /** More than these are closed when they are not needed any more. */
    static final int READY_MAX = 8;

    public LinePlan {
        Invariant.check(
                connecting >= 0 && waiting >= 0 && busy >= 0 && max >= 1,
                "%d connecting, %d waiting, %d busy of %d",
                connecting,
                waiting,
                busy,
                max);
    }

    /** How many to connect now. */
    public int toConnect() {
        int missing = READY - connecting - waiting;
        int room = max - connecting - waiting - busy;
        return Math.max(0, Math.min(missing, room));
    }

    /** Whether a line that is not busy any more is to be closed. */
    public boolean isTooMany() {
        return waiting > READY_MAX;
    }
}
