package skein.link.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;
import skein.wire.WireCodec;

/**
 * Connects the instances of one JVM. One thread carries everything, so that what it does is one sequence. A port can be
 * cut (its connections break, new ones fail) and frozen (nothing is delivered, and nobody is told).
 */
public final class MemoryNetwork implements Link, AutoCloseable {
    final WireCodec<WireMessage> codec = WireCodec.ofMessages();
    private final ExecutorService carrier = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("memory-network").factory());

    /** Touched by the carrier alone, as all below. */
    private final Map<HostPort, Port> ports = new HashMap<>();

    private final Set<HostPort> cut = new HashSet<>();
    private final Set<HostPort> frozen = new HashSet<>();
    private final Set<Stream> frozenStreams = new HashSet<>();
    private final List<MemoryConnection> open = new ArrayList<>();

    private record Stream(HostPort port, DatabaseName database) {}

    private record Port(HostPort address, LinkAcceptor acceptor) {}

    void carry(Runnable work) {
        carrier.execute(work);
    }

    boolean isFrozen(HostPort port, @Nullable DatabaseName database) {
        return frozen.contains(port) || (database != null && frozenStreams.contains(new Stream(port, database)));
    }

    @Override
    public LinkHandle connect(HostPort address, LinkListener listener) {
        var here = new MemoryConnection(this, address, address, listener);
        carry(() -> {
            Port port = ports.get(address);
            if (port == null || cut.contains(address)) {
                here.end(new LinkClosed(LinkClosed.Kind.UNREACHABLE, "no connection to " + address + ": refused"));
                return;
            }
            var there = new MemoryConnection(
                    this, address, new HostPort("client", 0), port.acceptor().accept(new HostPort("client", 0)));
            here.pairWith(there);
            open.add(here);
        });
        return here;
    }

    @Override
    public CompletionStage<LinkPort> bind(HostPort address, LinkAcceptor acceptor) {
        var bound = new CompletableFuture<LinkPort>();
        carry(() -> {
            if (ports.putIfAbsent(address, new Port(address, acceptor)) != null) {
                bound.completeExceptionally(new SkeinException(
                        ErrorCode.CONFIGURATION, "NET-001 Cannot listen on " + address + ": it is in use."));
            } else {
                bound.complete(new OpenPort(address));
            }
        });
        return bound;
    }

    /** Breaks the connections of a port and lets no new ones through. */
    public void cut(HostPort port) {
        carry(() -> {
            cut.add(port);
            breakAll(port, new LinkClosed(LinkClosed.Kind.BROKEN, "the connection to " + port + " broke"));
        });
    }

    /** Ends a cut or a freeze. */
    public void heal(HostPort port) {
        carry(() -> {
            cut.remove(port);
            frozen.remove(port);
            frozenStreams.removeIf(stream -> stream.port().equals(port));
            List.copyOf(open).forEach(MemoryConnection::deliverBothWays);
        });
    }

    /** Ends a freeze of the whole port; streams that were frozen by themselves stay so. */
    public void thaw(HostPort port) {
        carry(() -> {
            frozen.remove(port);
            List.copyOf(open).forEach(MemoryConnection::deliverBothWays);
        });
    }

    /** From now on nothing that was sent over this port arrives, and nobody is told. */
    public void freeze(HostPort port) {
        carry(() -> frozen.add(port));
    }

    /** The same for the streams of one database. */
    public void freeze(HostPort port, DatabaseName database) {
        carry(() -> frozenStreams.add(new Stream(port, database)));
    }

    /** What was sent to a port for a database and did not arrive, because it is frozen. */
    public List<WireMessage> onTheWay(HostPort port, DatabaseName database) {
        var messages = new CompletableFuture<List<WireMessage>>();
        carry(() -> messages.complete(open.stream()
                .filter(connection -> connection.port().equals(port))
                .flatMap(connection -> connection.onTheWay(database))
                .toList()));
        return messages.join();
    }

    private void breakAll(HostPort port, LinkClosed why) {
        List.copyOf(open).stream()
                .filter(connection -> connection.port().equals(port))
                .forEach(connection -> connection.breakBoth(why));
    }

    void ended(MemoryConnection connection) {
        open.remove(connection);
    }

    @Override
    public void close() {
        carrier.shutdownNow();
    }

    private final class OpenPort implements LinkPort {
        private final HostPort address;

        OpenPort(HostPort address) {
            this.address = address;
        }

        @Override
        public HostPort address() {
            return address;
        }

        @Override
        public CompletionStage<Void> close() {
            var closed = new CompletableFuture<Void>();
            carry(() -> {
                ports.remove(address);
                breakAll(address, new LinkClosed(LinkClosed.Kind.REMOTE, address + " closed the connection"));
                closed.complete(null);
            });
            return closed;
        }
    }
}
