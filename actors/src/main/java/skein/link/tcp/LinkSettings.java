package skein.link.tcp;

import java.time.Duration;

/**
 * Limits of the link.
 *
 * @param connectTimeout how long an attempt to connect may take
 * @param messageBytesMax largest message taken from a peer
 * @param queueBytesMax bytes that may wait to be sent on one connection; above every window of the protocols
 */
public record LinkSettings(Duration connectTimeout, int messageBytesMax, long queueBytesMax) {
    public static final LinkSettings DEFAULT = new LinkSettings(Duration.ofSeconds(5), 64 << 20, 128L << 20);
}
