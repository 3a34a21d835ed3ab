package skein.storage.wal.core;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import skein.vocabulary.Invariant;

/**
 * How much of a log is kept that recovery does not need any more. Segments go oldest first, and only those that lie
 * entirely at or below the oldest snapshot kept.
 *
 * @param keptBytes the newest segments that hold at least so much are kept in any case: a new replica can start from
 *     the log's beginning as long as that is among them
 * @param cappedBytes so much at most is kept for the slowest registered replica; at least {@code keptBytes}
 * @param cappedNanos so long at most is it kept for that replica after it was written
 */
public record LogRetention(long keptBytes, long cappedBytes, long cappedNanos) {
    private static final long GIB = 1L << 30;

    public LogRetention {
        Invariant.check(
                keptBytes >= 0 && keptBytes <= cappedBytes,
                "keeping %d bytes of log under a cap of %d means nothing",
                keptBytes,
                cappedBytes);
        Invariant.check(cappedNanos > 0, "keeping log for %d ns means nothing", cappedNanos);
    }

    /** However long a replica stays away. */
    public LogRetention(long keptBytes, long cappedBytes) {
        this(keptBytes, cappedBytes, Long.MAX_VALUE);
    }

    /** 10 GiB, whoever needs them; for a replica a day. */
    public static LogRetention standard() {
        return new LogRetention(10 * GIB, 10 * GIB, Duration.ofDays(1).toNanos());
    }

    /**
     * The lsn up to which segments may be dropped; 0 for none.
     *
     * @param segments oldest first; the last one is written to and stays
     * @param oldestSnapshotLsn the oldest snapshot kept, durable and read back; 0 when there is none
     * @param slowestReplicaLsn what the slowest registered replica durably holds; empty when none is registered
     */
    public long droppableLsn(List<SegmentSpan> segments, long oldestSnapshotLsn, OptionalLong slowestReplicaLsn) {
        long kept = 0;
        for (int i = segments.size() - 1; i >= 0; i--) {
            SegmentSpan segment = segments.get(i);
            boolean needed = i == segments.size() - 1 || segment.lastLsn() > oldestSnapshotLsn || kept < keptBytes;
            boolean awaited = slowestReplicaLsn.isPresent() && segment.lastLsn() > slowestReplicaLsn.getAsLong();
            kept += segment.bytes();
            boolean worthIt = kept <= cappedBytes && segment.restingNanos() <= cappedNanos;
            if (!needed && !(awaited && worthIt)) {
                return segment.lastLsn();
            }
        }
        return 0;
    }
}
