package skein.history;

/** What a level of isolation promises, as the anomalies that it excludes. */
public enum Isolation {
    /** Only committed data, and nothing that was written over within its transaction. */
    READ_COMMITTED(Strictness.DATA),
    /** Every transaction reads one moment, possibly an old one: what a reader on a replica gets. */
    SNAPSHOT(Strictness.DATA),
    /** The moment is never before the session's own last transaction: snapshots with bookmarks. */
    SESSION_SNAPSHOT(Strictness.SESSION),
    /** The moment is never before any transaction that had ended when this one began: what a MAIN gives. */
    STRONG_SNAPSHOT(Strictness.REAL_TIME);

    private final Strictness strictness;

    Isolation(Strictness strictness) {
        this.strictness = strictness;
    }

    /** Which orders an anomaly needs to be seen; each includes those before it. */
    public enum Strictness {
        /** What transactions read and wrote suffices. */
        DATA,
        /** Also the order of the transactions of one session. */
        SESSION,
        /** Also that one transaction had ended before another began. */
        REAL_TIME
    }

    boolean excludes(Finding finding) {
        return finding.strictness().compareTo(strictness) <= 0 && excludes(finding.anomaly());
    }

    private boolean excludes(Anomaly anomaly) {
        return switch (anomaly) {
            case GARBAGE_READ, DUPLICATE_ELEMENT, INTERNAL, INCOMPATIBLE_ORDER, G0, G1A, G1B, G1C -> true;
            case NON_REPEATABLE_READ, LOST_UPDATE, G_SINGLE, G_NONADJACENT -> this != READ_COMMITTED;
            case WRITE_SKEW -> false;
        };
    }
}
