package skein.instance;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
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
 * a connection is for is seen by its first message. Of connections that have not said anything yet some are kept, the
 * newest. Thread-safe.
 */
final class SharedPort {
    /** Coordinators speak at once: more than all of them together open at a time. */
    static final int SILENT_MAX = 64;

    private final Link link;
    private final SequencedSet<First> silent = new LinkedHashSet<>();
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

    /** Answers who has to go for it. */
    private synchronized @Nullable First awaitWord(First waiting) {
        silent.add(waiting);
        return silent.size() > SILENT_MAX ? silent.removeFirst() : null;
    }

    private synchronized void noLongerSilent(First waiting) {
        silent.remove(waiting);
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
        private volatile @Nullable LinkConnection connection;
        private @Nullable LinkListener owner;

        First(HostPort remote) {
            this.remote = remote;
        }

        @Override
        public void opened(LinkConnection opened) {
            connection = opened;
            First oldest = awaitWord(this);
            LinkConnection given = oldest == null ? null : oldest.connection;
            if (given != null) {
                given.close();
            }
        }

        @Override
        public void received(WireMessage message) {
            LinkListener known = owner;
            LinkConnection open = connection;
            if (known != null) {
                known.received(message);
            } else if (open != null) {
                noLongerSilent(this);
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
            noLongerSilent(this);
            LinkListener known = owner;
            if (known != null) {
                known.closed(reason);
            }
        }
    }
}
