package skein.instance;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.RelayProtocol;
import skein.protocol.WireMessage;
import skein.vocabulary.HostPort;

/**
 * One port for a coordinator's Raft and for requests that other coordinators pass on, when it was given one only: what
 * a connection is for is seen by its first message. Thread-safe.
 */
final class SharedPort {
    private final Link link;
    private @Nullable CompletionStage<Link.LinkPort> port;
    private Link.@Nullable LinkAcceptor raft;
    private Link.@Nullable LinkAcceptor relays;

    SharedPort(Link link) {
        this.link = link;
    }

    Link ofRaft() {
        return new View(true);
    }

    Link ofRelays() {
        return new View(false);
    }

    private synchronized CompletionStage<Link.LinkPort> bind(
            HostPort address, Link.LinkAcceptor acceptor, boolean isRaft) {
        if (isRaft) {
            raft = acceptor;
        } else {
            relays = acceptor;
        }
        CompletionStage<Link.LinkPort> open = port;
        if (open == null) {
            open = link.bind(address, First::new);
            port = open;
        }
        return open;
    }

    private synchronized Link.@Nullable LinkAcceptor acceptorOf(WireMessage first) {
        return first instanceof RelayProtocol.Message ? relays : raft;
    }

    private final class View implements Link {
        private final boolean isRaft;

        View(boolean isRaft) {
            this.isRaft = isRaft;
        }

        @Override
        public LinkHandle connect(HostPort address, LinkListener listener) {
            return link.connect(address, listener);
        }

        @Override
        public CompletionStage<LinkPort> bind(HostPort address, LinkAcceptor acceptor) {
            return SharedPort.this.bind(address, acceptor, isRaft);
        }
    }

    /** Holds a connection until its first message says whose it is. Calls come one at a time. */
    private final class First implements LinkListener {
        private final HostPort remote;
        private @Nullable LinkConnection connection;
        private @Nullable LinkListener owner;

        First(HostPort remote) {
            this.remote = remote;
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
        }

        @Override
        public void received(WireMessage message) {
            LinkListener known = owner;
            LinkConnection open = connection;
            if (known != null) {
                known.received(message);
            } else if (open != null) {
                Link.LinkAcceptor acceptor = acceptorOf(message);
                if (acceptor == null) {
                    open.close();
                    return;
                }
                LinkListener chosen = acceptor.accept(remote);
                owner = chosen;
                chosen.opened(open);
                chosen.received(message);
            }
        }

        @Override
        public void closed(LinkClosed reason) {
            LinkListener known = owner;
            if (known != null) {
                known.closed(reason);
            }
        }
    }
}
