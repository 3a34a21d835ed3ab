package skein.benchmarks.failover;

/**
 * One write as its client saw it, a managed transaction with all its repetitions as one.
 *
 * @param id of the node that it makes
 * @param why it was not acknowledged, as the driver said; empty when it was
 */
record Write(long id, long sentNanos, long answeredNanos, Told told, String why) {
    /** What the client was told. */
    enum Told {
        /** Committed, as the replication mode promises. */
        ACKNOWLEDGED,
        /** Committed, though not every replica has it. */
        WARNED,
        /** It did not happen. */
        REFUSED,
        /** Nothing that can be relied on. */
        UNKNOWN
    }

    boolean committed() {
        return told == Told.ACKNOWLEDGED || told == Told.WARNED;
    }
}
