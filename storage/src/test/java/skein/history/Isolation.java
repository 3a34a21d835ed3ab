package skein.history;

import java.util.EnumSet;
import java.util.Set;

/** What a level of isolation promises, as the anomalies that it excludes. */
public enum Isolation {
    /** Only committed data, and nothing that was written over within its transaction. */
    READ_COMMITTED(
            Strictness.DATA,
            EnumSet.of(
                    Anomaly.GARBAGE_READ,
                    Anomaly.DUPLICATE_ELEMENT,
                    Anomaly.INTERNAL,
                    Anomaly.INCOMPATIBLE_ORDER,
                    Anomaly.G0,
                    Anomaly.G1A,
                    Anomaly.G1B,
                    Anomaly.G1C)),
    /** Every transaction reads one moment, possibly an old one: what a reader on a replica gets. */
    SNAPSHOT(Strictness.DATA, EnumSet.complementOf(EnumSet.of(Anomaly.WRITE_SKEW))),
    /** The moment is never before the session's own last transaction: snapshots with bookmarks. */
    SESSION_SNAPSHOT(Strictness.SESSION, EnumSet.complementOf(EnumSet.of(Anomaly.WRITE_SKEW))),
    /** The moment is never before any transaction that had ended when this one began: what a MAIN gives. */
    STRONG_SNAPSHOT(Strictness.REAL_TIME, EnumSet.complementOf(EnumSet.of(Anomaly.WRITE_SKEW)));

    private final Strictness strictness;
    private final Set<Anomaly> excluded;

    Isolation(Strictness strictness, Set<Anomaly> excluded) {
        this.strictness = strictness;
        this.excluded = excluded;
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
        return excluded.contains(finding.anomaly()) && finding.strictness().compareTo(strictness) <= 0;
    }
}
