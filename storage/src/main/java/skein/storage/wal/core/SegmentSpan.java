package skein.storage.wal.core;

import java.util.List;

/**
 * One segment of a log.
 *
 * @param lastLsn its last record
 * @param bytes used in its file
 * @param restingNanos how long nothing has been written to it, as far as this process knows; 0 for the last segment
 */
public record SegmentSpan(long lastLsn, long bytes, long restingNanos) {
    /**
     * About how many bytes the records after this one take. Within a segment records count as equally long.
     *
     * @param segments oldest first
     * @param startLsn the record before the first segment
     */
    public static long bytesAfter(List<SegmentSpan> segments, long startLsn, long lsn) {
        long bytes = 0;
        long before = startLsn;
        for (SegmentSpan segment : segments) {
            if (segment.lastLsn > before) {
                long wanted = Math.min(segment.lastLsn - before, Math.max(0, segment.lastLsn - lsn));
                bytes += (long) ((double) segment.bytes * wanted / (segment.lastLsn - before));
            }
            before = segment.lastLsn;
        }
        return bytes;
    }
}
