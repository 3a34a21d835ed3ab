package skein.coordination;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.CoordinatorProtocol.Request;
import skein.protocol.RelayProtocol;
import skein.protocol.RelayProtocol.RelayedRequest;
import skein.protocol.WireMessage;

/** One accepted connection of another coordinator. */
final class RelayPort implements LinkListener {
    private final Consumer<Event> events;
    private volatile @Nullable LinkConnection connection;

    /** A request that a follower was asked. */
    record Event(LinkConnection connection, long number, Request request) {}

    RelayPort(Consumer<Event> events) {
        this.events = events;
    }

    @Override
    public void opened(LinkConnection opened) {
        connection = opened;
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        if (open == null) {
            return;
        }
        open.confirm();
        if (message instanceof RelayedRequest(int version, long number, Request request)
                && version == RelayProtocol.VERSION) {
            events.accept(new Event(open, number, request));
        } else {
            open.close();
        }
    }

    @Override
    public void closed(LinkClosed reason) {
        connection = null;
    }
}
