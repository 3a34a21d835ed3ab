package skein.link;

import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;

/**
 * One open connection: messages arrive whole, in order, once, or the connection closes. Thread-safe.
 *
 * <p>Back-pressure goes both ways. Outward, messages queue up to a limit in bytes that is above every window of the
 * protocols (they never send more without an answer); past it the connection closes with OVERFLOW. Inward, the link
 * reads on only while fewer than {@link #UNCONFIRMED_MAX} delivered messages wait for {@link #confirm}.
 */
public interface LinkConnection extends Link.LinkHandle {
    /** Messages delivered and not yet confirmed, at most. */
    int UNCONFIRMED_MAX = 16;

    /** Queues a message; never blocks. Does nothing once the connection is closed: the listener hears of that. */
    void send(WireMessage message);

    /** Says that one delivered message has been dealt with. Exactly once per message. */
    void confirm();

    /** The other end. */
    HostPort remote();

    /** Sends what is queued (at most one second long), then closes. Idempotent. */
    @Override
    void close();
}
