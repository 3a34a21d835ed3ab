package skein.role;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.role.core.Peer;

/** One conversation with another member, opened by who is being promoted. Tells the stage what came. */
final class PeerCall implements LinkListener {
    private final Peer peer;
    private final WireMessage first;
    private final Consumer<Event> events;
    private volatile Link.@Nullable LinkHandle handle;
    private volatile @Nullable LinkConnection connection;

    /** What happens in a conversation. */
    sealed interface Event {
        PeerCall call();

        record Said(PeerCall call, WireMessage message) implements Event {}

        record Left(PeerCall call, String reason) implements Event {}
    }

    private PeerCall(Peer peer, WireMessage first, Consumer<Event> events) {
        this.peer = peer;
        this.first = first;
        this.events = events;
    }

    /** @param first said as soon as the connection is open */
    static PeerCall start(Link link, Peer peer, WireMessage first, Consumer<Event> events) {
        PeerCall call = new PeerCall(peer, first, events);
        call.handle = link.connect(peer.address(), call);
        return call;
    }

    Peer peer() {
        return peer;
    }

    /** False when nobody is there to hear it. */
    boolean say(WireMessage message) {
        LinkConnection open = connection;
        if (open != null) {
            open.send(message);
        }
        return open != null;
    }

    /** What was said before is still sent. */
    void end() {
        Link.LinkHandle open = handle;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void opened(LinkConnection opened) {
        connection = opened;
        opened.send(first);
    }

    @Override
    public void received(WireMessage message) {
        LinkConnection open = connection;
        if (open != null) {
            open.confirm();
        }
        events.accept(new Event.Said(this, message));
    }

    @Override
    public void closed(LinkClosed reason) {
        connection = null;
        events.accept(new Event.Left(this, reason.detail()));
    }
}
