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
 * @param platform where its files are, which thread works for it, what time it is there
 */
public record LogSettings(
        UUID idForCreation,
        SyncPolicy sync,
        int segmentBytes,
        long recentBytes,
        long queueBytes,
        boolean keepsTails,
        Platform platform) {
    private static final int SEGMENT_BYTES_MIN = 4 << 10;
    private static final int SEGMENT_BYTES_MAX = 1 << 30;
    private static final int SEGMENT_BYTES = 64 << 20;
    private static final long RECENT_BYTES = 8L << 20;
    private static final long QUEUE_BYTES = 64L << 20;

    /** Shares of small heaps. */
    private static final int RECENT_SHARE = 32;

    private static final int QUEUE_SHARE = 16;

    public LogSettings {
        Invariant.check(
                segmentBytes >= SEGMENT_BYTES_MIN && segmentBytes <= SEGMENT_BYTES_MAX,
                "segments of %d bytes are not supported",
                segmentBytes);
        Invariant.check(recentBytes >= 0, "%d recent bytes", recentBytes);
        Invariant.check(queueBytes > 0, "%d queued bytes", queueBytes);
    }

    /**
     * Segments of 64 MiB, a force for every batch; 8 MiB of recent records and 64 MiB of queue, less where the heap is
     * small.
     */
    public static LogSettings standard(UUID idForCreation) {
        long heap = Runtime.getRuntime().maxMemory();
        return new LogSettings(
                idForCreation,
                new SyncPolicy.EveryBatch(),
                SEGMENT_BYTES,
                Math.min(RECENT_BYTES, heap / RECENT_SHARE),
                Math.min(QUEUE_BYTES, heap / QUEUE_SHARE),
                true,
                Platform.PROCESS);
    }

    public LogSettings withSync(SyncPolicy other) {
        return new LogSettings(idForCreation, other, segmentBytes, recentBytes, queueBytes, keepsTails, platform);
    }

    public LogSettings withSegmentBytes(int other) {
        return new LogSettings(idForCreation, sync, other, recentBytes, queueBytes, keepsTails, platform);
    }

    public LogSettings withRecentBytes(long other) {
        return new LogSettings(idForCreation, sync, segmentBytes, other, queueBytes, keepsTails, platform);
    }

    public LogSettings withQueueBytes(long other) {
        return new LogSettings(idForCreation, sync, segmentBytes, recentBytes, other, keepsTails, platform);
    }

    public LogSettings withKeepsTails(boolean other) {
        return new LogSettings(idForCreation, sync, segmentBytes, recentBytes, queueBytes, other, platform);
    }

    public LogSettings withPlatform(Platform other) {
        return new LogSettings(idForCreation, sync, segmentBytes, recentBytes, queueBytes, keepsTails, other);
    }
}
