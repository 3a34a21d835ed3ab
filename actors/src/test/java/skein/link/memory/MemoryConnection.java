package skein.link.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.ReplicationProtocol.Hello;
import skein.protocol.WireMessage;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.HostPort;

/** One end of a connection. Its state belongs to the network's carrier. */
final class MemoryConnection implements LinkConnection {
    private final MemoryNetwork network;
    private final HostPort port;
    private final HostPort remote;
    private final LinkListener listener;
    private final Deque<byte[]> incoming = new ArrayDeque<>();
    private @Nullable MemoryConnection peer;
    private @Nullable DatabaseName streams;
    private int unconfirmed;
    private boolean ended;

    /** @param port the one that was connected to, whichever end this is */
    MemoryConnection(MemoryNetwork network, HostPort port, HostPort remote, LinkListener listener) {
        this.network = network;
        this.port = port;
        this.remote = remote;
        this.listener = listener;
    }

    HostPort port() {
        return port;
    }

    void pairWith(MemoryConnection other) {
        if (ended) {
            return;
        }
        peer = other;
        other.peer = this;
        other.listener.opened(other);
        listener.opened(this);
    }

    @Override
    public void send(WireMessage message) {
        byte[] bytes = network.codec.encode(message);
        network.carry(() -> {
            MemoryConnection other = peer;
            if (other != null && !ended) {
                if (message instanceof Hello hello) {
                    streams = hello.database().name();
                    other.streams = streams;
                }
                other.incoming.add(bytes);
                other.deliver();
            }
        });
    }

    void deliver() {
        while (!ended && !network.isFrozen(port, streams) && unconfirmed < UNCONFIRMED_MAX && !incoming.isEmpty()) {
            unconfirmed++;
            listener.received(network.codec.decode(incoming.remove()));
        }
    }

    void deliverBothWays() {
        MemoryConnection other = peer;
        deliver();
        if (other != null) {
            other.deliver();
        }
    }

    /** What was sent to the other end and did not arrive, if it is of this database. */
    Stream<WireMessage> onTheWay(DatabaseName database) {
        MemoryConnection other = peer;
        return other == null || !database.equals(streams)
                ? Stream.of()
                : other.incoming.stream().map(network.codec::decode);
    }

    @Override
    public void confirm() {
        network.carry(() -> {
            unconfirmed--;
            deliver();
        });
    }

    @Override
    public HostPort remote() {
        return remote;
    }

    @Override
    public void close() {
        network.carry(() -> {
            MemoryConnection other = peer;
            end(new LinkClosed(LinkClosed.Kind.LOCAL, "closed"));
            if (other != null && !network.isFrozen(port, streams)) {
                other.end(new LinkClosed(LinkClosed.Kind.REMOTE, other.remote + " closed the connection"));
            }
        });
    }

    void breakBoth(LinkClosed why) {
        MemoryConnection other = peer;
        end(why);
        if (other != null) {
            other.end(why);
        }
    }

    void end(LinkClosed why) {
        if (!ended) {
            ended = true;
            network.ended(this);
            listener.closed(why);
        }
    }
}
