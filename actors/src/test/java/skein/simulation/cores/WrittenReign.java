package skein.simulation.cores;

import java.util.ArrayList;
import java.util.List;

/** What one MAIN wrote in one reign. */
final class WrittenReign {
    private final CoreNode owner;
    private final long firstLsn;
    private long decidedLsn;
    private final List<CoreRecord> records = new ArrayList<>();

    WrittenReign(CoreNode owner, long firstLsn) {
        this.owner = owner;
        this.firstLsn = firstLsn;
    }

    CoreNode owner() {
        return owner;
    }

    long firstLsn() {
        return firstLsn;
    }

    /** In order; the first has {@link #firstLsn}. */
    List<CoreRecord> records() {
        return records;
    }

    long decidedLsn() {
        return decidedLsn;
    }

    void decide(long lsn) {
        decidedLsn = Math.max(decidedLsn, lsn);
    }
}
