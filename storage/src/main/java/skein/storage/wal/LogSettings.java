package skein.storage.wal;

import java.util.UUID;
import skein.vocabulary.Invariant;

/**
 * How a log behaves.
 *
 * @param idForCreation identity that a new log gets; an existing one keeps its own
 * @param sync see {@link SyncPolicy}
 * @param segmentBytes size at which a new segment begins, 4 KiB to 1 GiB; one record that is longer gets a longer
 *     segment
 * @param recentBytes records kept in memory for readers, at least this many bytes of them
 * @param queueBytes records accepted but not yet written; above it appending is refused
 * @param keepsTails whether what is dropped from the end is kept in a file of its own
 */
public record LogSettings(
        UUID idForCreation, SyncPolicy sync, int segmentBytes, long recentBytes, long queueBytes, boolean keepsTails) {
    private static final int SEGMENT_BYTES_MIN = 4 << 10;
    private static final int SEGMENT_BYTES_MAX = 1 << 30;
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final long RECENT_BYTES = 8L << 20;
    private static final long QUEUE_BYTES = 64L << 20;

    public LogSettings {
        Invariant.check(
                segmentBytes >= SEGMENT_BYTES_MIN && segmentBytes <= SEGMENT_BYTES_MAX,
                "segments of %d bytes are not supported",
                segmentBytes);
        Invariant.check(recentBytes >= 0, "%d recent bytes", recentBytes);
        Invariant.check(queueBytes > 0, "%d queued bytes", queueBytes);
    }

    /** Segments of 64 MiB, 8 MiB of recent records, 64 MiB of queue, a force for every batch. */
    public static LogSettings standard(UUID idForCreation) {
        return new LogSettings(
                idForCreation, new SyncPolicy.EveryBatch(), SEGMENT_BYTES, RECENT_BYTES, QUEUE_BYTES, true);
    }

    public LogSettings withSync(SyncPolicy other) {
        return new LogSettings(idForCreation, other, segmentBytes, recentBytes, queueBytes, keepsTails);
    }

    public LogSettings withSegmentBytes(int other) {
        return new LogSettings(idForCreation, sync, other, recentBytes, queueBytes, keepsTails);
    }

    public LogSettings withRecentBytes(long other) {
        return new LogSettings(idForCreation, sync, segmentBytes, other, queueBytes, keepsTails);
    }

    public LogSettings withQueueBytes(long other) {
        return new LogSettings(idForCreation, sync, segmentBytes, recentBytes, other, keepsTails);
    }

    public LogSettings withKeepsTails(boolean other) {
        return new LogSettings(idForCreation, sync, segmentBytes, recentBytes, queueBytes, other);
    }
}
