package skein.replication.core;

import java.time.Duration;
import skein.vocabulary.Invariant;

/**
 * The bounds of a replica stream.
 *
 * @param checkNanos a heartbeat is sent when nothing else was for this long
 * @param silenceNanos a replica not heard for this long is shown invalid
 * @param hangUpNanos a connection not heard for this long is closed
 * @param greetingNanos connecting and greeting may take this long
 * @param retryNanosMax longest pause between two attempts to connect
 * @param windowBytes records sent and not yet durable on the replica
 * @param windowMessages messages with records sent and not yet durable
 * @param chunkBytes records in one message, unless a single record is larger
 */
public record StreamLimits(
        long checkNanos,
        long silenceNanos,
        long hangUpNanos,
        long greetingNanos,
        long retryNanosMax,
        long windowBytes,
        int windowMessages,
        int chunkBytes) {
    private static final int SILENT_CHECKS = 3;
    private static final int HANG_UP_CHECKS = 5;
    private static final long HANG_UP_NANOS_MIN = Duration.ofSeconds(10).toNanos();
    private static final long GREETING_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long RETRY_NANOS_MAX = Duration.ofSeconds(2).toNanos();
    /** Far below what a link queues outward at most; a test holds the two together. */
    private static final long WINDOW_BYTES = 16L << 20;

    private static final int WINDOW_MESSAGES = 256;
    private static final int CHUNK_BYTES = 256 << 10;

    public StreamLimits {
        Invariant.check(checkNanos > 0, "check interval %d", checkNanos);
        Invariant.check(chunkBytes > 0 && chunkBytes <= windowBytes, "chunk %d, window %d", chunkBytes, windowBytes);
    }

    /** With another window. */
    public StreamLimits withWindowBytes(long bytes) {
        return new StreamLimits(
                checkNanos, silenceNanos, hangUpNanos, greetingNanos, retryNanosMax, bytes, windowMessages, chunkBytes);
    }

    /** The limits that go with {@code --replication-replica-check-frequency-sec}. */
    public static StreamLimits checkingEvery(Duration check) {
        long nanos = check.toNanos();
        return new StreamLimits(
                nanos,
                SILENT_CHECKS * nanos,
                Math.max(HANG_UP_CHECKS * nanos, HANG_UP_NANOS_MIN),
                GREETING_NANOS,
                Math.max(nanos, RETRY_NANOS_MAX),
                WINDOW_BYTES,
                WINDOW_MESSAGES,
                CHUNK_BYTES);
    }
}
