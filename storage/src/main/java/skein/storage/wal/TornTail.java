package skein.storage.wal;

import java.io.IOException;
import skein.storage.log.RecordView;
import skein.storage.wal.SegmentReader.Entry;

/**
 * Tells a torn tail, which a crash leaves and nobody was told of, from damage. Given is the place in the last segment
 * where the next record is missing.
 *
 * <ul>
 *   <li>Nothing intact follows: the log ends here.
 *   <li>A batch follows that began when the missing record was already forced: damage.
 *   <li>Later records follow, but none that proves the missing one was forced: the batch was being written when power
 *       went, and its sectors reached the disk out of order. Then a whole sector is missing, that is zero, before what
 *       follows; without one, it is damage.
 * </ul>
 */
final class TornTail {
    /** The smallest piece that a disk writes as a whole. */
    private static final int SECTOR_BYTES = 512;

    private final Segment segment;
    private final SegmentReader reader;
    private final long databaseUuidLow;
    private final long missingLsn;
    private final long size;

    TornTail(Segment segment, SegmentReader reader, long databaseUuidLow, long missingLsn, long size) {
        this.segment = segment;
        this.reader = reader;
        this.databaseUuidLow = databaseUuidLow;
        this.missingLsn = missingLsn;
        this.size = size;
    }

    /** Returns when the log ends at the end of the segment's intact part; else refuses. */
    void check() throws IOException {
        long end = segment.endOffset();
        long follower = -1;
        for (long place = end; place < size; place += SegmentFormat.ALIGNMENT_BYTES) {
            if (follows(reader.entryAt(place))) {
                follower = place;
                break;
            }
        }
        if (follower < 0) {
            return;
        }
        checkNoneForced(follower);
        if (!hasMissingSector(end, follower)) {
            throw damage("later records follow at offset " + follower);
        }
    }

    private boolean follows(Entry entry) {
        return switch (entry) {
            case Entry.Mark(SegmentFormat.Mark mark) ->
                mark.databaseUuidLow() == databaseUuidLow && mark.firstLsn() >= missingLsn;
            case Entry.Found(RecordView record) ->
                record.header().databaseUuidLow() == databaseUuidLow
                        && record.header().lsn() >= missingLsn;
            case Entry.Nothing ignored -> false;
        };
    }

    private void checkNoneForced(long from) throws IOException {
        for (long place = from; place < size; place += SegmentFormat.ALIGNMENT_BYTES) {
            if (reader.entryAt(place) instanceof Entry.Mark(SegmentFormat.Mark mark)
                    && mark.databaseUuidLow() == databaseUuidLow
                    && mark.forcedLsn() >= missingLsn) {
                throw damage("the batch at offset " + place + " was written after that record had been forced");
            }
        }
    }

    /** Whether a sector, as far as it is not before {@code from}, is zero and ends before {@code to}. */
    private boolean hasMissingSector(long from, long to) throws IOException {
        for (long start = from; start < to; ) {
            long end = (start / SECTOR_BYTES + 1) * SECTOR_BYTES;
            if (end <= to && reader.isZero(start, end)) {
                return true;
            }
            start = end;
        }
        return false;
    }

    private RuntimeException damage(String reason) {
        return LogDamage.at(
                segment, segment.endOffset(), "record " + missingLsn + " is not intact, although " + reason);
    }
}
