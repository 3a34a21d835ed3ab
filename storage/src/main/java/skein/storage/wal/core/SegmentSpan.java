package skein.storage.wal.core;

/**
 * One segment of a log.
 *
 * @param lastLsn its last record; of the segment that is written to, the last one so far
 * @param bytes what it holds
 */
public record SegmentSpan(long lastLsn, long bytes) {}
