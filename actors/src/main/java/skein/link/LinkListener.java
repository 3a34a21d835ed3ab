package skein.link;

import skein.protocol.WireMessage;

/**
 * Hears one connection. Calls come one at a time, from any thread, in this order: {@code opened}, then {@code received}
 * any number of times, then {@code closed} exactly once and nothing after it. Must not block.
 */
public interface LinkListener {
    void opened(LinkConnection connection);

    /** One message; the receiver calls {@link LinkConnection#confirm} when done with it. */
    void received(WireMessage message);

    void closed(LinkClosed reason);
}
