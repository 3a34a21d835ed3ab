package skein.storage.wal;

/**
 * What a log has done since it was opened. Read while it works, the numbers are of slightly different moments.
 *
 * @param records written
 * @param batches in which they were written
 * @param bytes of the records; marks and the zeros written ahead are not among them
 * @param forces of segments
 * @param forceNanos time spent in them
 */
public record LogCounters(long records, long batches, long bytes, long forces, long forceNanos) {}
