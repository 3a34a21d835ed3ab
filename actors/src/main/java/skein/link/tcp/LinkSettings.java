package skein.link.tcp;

import java.time.Duration;
import skein.vocabulary.Invariant;

/**
 * Limits of the link.
 *
 * @param connectTimeout how long an attempt to connect may take
 * @param frameBytesMax largest frame taken from a peer; never less than what is sent in one
 * @param messageBytesMax largest message taken from a peer
 * @param queueBytesMax bytes that may wait to be sent on one connection; above every window of the protocols
 */
public record LinkSettings(Duration connectTimeout, int frameBytesMax, int messageBytesMax, long queueBytesMax) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int QUEUE_SPARE_MIB = 15;
    private static final int MIB_BITS = 20;

    /** The defaults of the catalogue. */
    public static final LinkSettings DEFAULT = ofMib(16, 257, 16);

    public LinkSettings {
        Invariant.check(
                frameBytesMax >= Frames.FRAME_BYTES_MAX,
                "frames of %d bytes are sent and %d are taken",
                Frames.FRAME_BYTES_MAX,
                frameBytesMax);
    }

    /**
     * A message holds the largest record, the queue holds one such message beside a full window.
     *
     * @param window of the protocol that sends most
     */
    public static LinkSettings ofMib(int frame, int message, int window) {
        return new LinkSettings(
                CONNECT_TIMEOUT,
                frame << MIB_BITS,
                message << MIB_BITS,
                (long) (window + message + QUEUE_SPARE_MIB) << MIB_BITS);
    }
}
