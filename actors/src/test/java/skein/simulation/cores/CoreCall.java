package skein.simulation.cores;

import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.role.core.Peer;

/** One conversation with another member, opened by the node that is being promoted. */
final class CoreCall implements LinkListener {
    private final CorePromotion promotion;
    private final Peer peer;
    private final WireMessage first;
    private Link.@Nullable LinkHandle handle;
    private @Nullable LinkConnection connection;

    private CoreCall(CorePromotion promotion, Peer peer, WireMessage first) {
        this.promotion = promotion;
        this.peer = peer;
        this.first = first;
    }

    /** @param first said as soon as the connection is open */
    static CoreCall start(CorePromotion promotion, Link link, Peer peer, WireMessage first) {
        CoreCall call = new CoreCall(promotion, peer, first);
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
        promotion.said(this, message);
    }

    @Override
    public void closed(LinkClosed reason) {
        connection = null;
        promotion.left(this, reason.detail());
    }
}
