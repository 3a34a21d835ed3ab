package skein.storage.wal;

import java.util.ArrayList;
import java.util.List;
import skein.vocabulary.Epoch;
import skein.vocabulary.LogPosition;

/**
 * Which reign each record of a database's history belongs to. Immutable.
 *
 * @param start just before the first record that the log holds
 * @param reigns the EPOCH records of the whole history, oldest first; those up to the start are not in the log
 */
record Lineage(LogPosition start, List<LogPosition> reigns) {
    Lineage {
        reigns = List.copyOf(reigns);
    }

    /** The lineage once this record is in the log. */
    Lineage with(LogPosition last, LogPosition next) {
        if (next.epoch().equals(last.epoch())) {
            return this;
        }
        List<LogPosition> more = new ArrayList<>(reigns);
        more.add(next);
        return new Lineage(start, more);
    }

    Lineage truncatedAfter(long lsn) {
        return new Lineage(
                start, reigns.stream().filter(reign -> reign.lsn() <= lsn).toList());
    }

    Lineage startingAt(LogPosition newStart) {
        return new Lineage(newStart, reigns);
    }

    /** The EPOCH records that a log with this start does not hold. */
    List<LogPosition> reignsUpTo(long lsn) {
        return truncatedAfter(lsn).reigns();
    }

    /** The reign in which the record with this lsn, which is not before the start, was sequenced. */
    Epoch epochAt(long lsn) {
        for (LogPosition reign : reigns.reversed()) {
            if (reign.lsn() <= lsn) {
                return reign.epoch();
            }
        }
        return start.epoch();
    }
}
