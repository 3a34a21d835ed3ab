package skein.replication;

/**
 * When MAIN's log grew, in a bounded number of marks: how old is the oldest record that a replica lacks? Marks that are
 * close together are one; when there are too many, every two neighbours become one, so old times get coarser. An answer
 * is never too small, but for the moment between a record's writing and its mark. Thread-safe.
 */
final class LogMarks {
    private static final int MARKS_MAX = 512;
    private static final long TOGETHER_NANOS = 5_000_000;

    /** The records of a mark end here; they begin after the end of the mark before. */
    private final long[] lastLsns = new long[MARKS_MAX];

    /** When the first of them was there. */
    private final long[] sinceNanos = new long[MARKS_MAX];

    private int count;

    /** The log reaches up to here now. */
    synchronized void note(long lsn, long nowNanos) {
        if (count > 0) {
            int last = count - 1;
            if (lsn <= lastLsns[last]) {
                return;
            }
            if (nowNanos - sinceNanos[last] < TOGETHER_NANOS) {
                lastLsns[last] = lsn;
                return;
            }
        }
        if (count == MARKS_MAX) {
            thinOut();
        }
        lastLsns[count] = lsn;
        sinceNanos[count] = nowNanos;
        count++;
    }

    private void thinOut() {
        for (int i = 0; i < MARKS_MAX / 2; i++) {
            lastLsns[i] = lastLsns[2 * i + 1];
            sinceNanos[i] = sinceNanos[2 * i];
        }
        count = MARKS_MAX / 2;
    }

    /** How long the oldest record after this one has been there; 0 when there is none. */
    synchronized long ageNanos(long lsn, long nowNanos) {
        int from = 0;
        int to = count;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (lastLsns[middle] <= lsn) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from == count ? 0 : nowNanos - sinceNanos[from];
    }

    /** A new duty begins: what the log was like before may have been another MAIN's story. */
    synchronized void clear() {
        count = 0;
    }
}
