package skein.link.tcp;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import skein.link.Link;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;
import skein.wire.WireCodec;

/** {@link Link} over Pekko Streams TCP. */
public final class TcpLink implements Link {
    private static final int BACKLOG = 100;
    private static final Attributes DISPATCHER = ActorAttributes.dispatcher("skein.link-dispatcher");

    private final ActorSystem<?> system;
    private final LinkSettings settings;
    private final WireCodec<WireMessage> codec = WireCodec.ofMessages();

    public TcpLink(ActorSystem<?> system, LinkSettings settings) {
        this.system = system;
        this.settings = settings;
    }

    @Override
    public LinkHandle connect(HostPort address, LinkListener listener) {
        TcpConnection connection = new TcpConnection(address, listener, settings, codec, system);
        Flow<ByteString, ByteString, CompletionStage<Tcp.OutgoingConnection>> socket = Tcp.get(system)
                .outgoingConnection(
                        InetSocketAddress.createUnresolved(address.host(), address.port()),
                        Optional.empty(),
                        List.of(),
                        false,
                        Optional.of(settings.connectTimeout()),
                        Optional.empty());
        socket.joinMat(connection.flow(), Keep.left())
                .addAttributes(DISPATCHER)
                .run(system)
                .whenComplete((opened, failure) -> {
                    if (failure == null) {
                        connection.opened();
                    } else {
                        connection.failedToOpen(failure);
                    }
                });
        return connection;
    }

    @Override
    public CompletionStage<LinkPort> bind(HostPort address, LinkAcceptor acceptor) {
        Set<TcpConnection> accepted = ConcurrentHashMap.newKeySet();
        Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>> incoming =
                Tcp.get(system).bind(address.host(), address.port(), BACKLOG, List.of(), false, Optional.empty());
        return incoming.to(Sink.foreach(socket -> serve(socket, acceptor, accepted)))
                .run(system)
                .handle((binding, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(cannotListen(address, failure));
                    }
                    return new OpenPort(binding, accepted);
                });
    }

    private void serve(Tcp.IncomingConnection socket, LinkAcceptor acceptor, Set<TcpConnection> accepted) {
        InetSocketAddress from = socket.remoteAddress();
        HostPort remote = new HostPort(from.getHostString(), from.getPort());
        TcpConnection connection = new TcpConnection(remote, acceptor.accept(remote), settings, codec, system);
        accepted.add(connection);
        connection.ended().whenComplete((done, failure) -> accepted.remove(connection));
        socket.flow().join(connection.flow()).addAttributes(DISPATCHER).run(system);
        connection.opened();
    }

    private static SkeinException cannotListen(HostPort address, Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "NET-001 Cannot listen on " + address + ": " + root.getMessage()
                        + ". Choose another port or stop what uses this one.",
                failure);
    }

    /** A bound port and the connections it has accepted. */
    private record OpenPort(Tcp.ServerBinding binding, Set<TcpConnection> accepted) implements LinkPort {
        @Override
        public HostPort address() {
            InetSocketAddress local = binding.localAddress();
            return new HostPort(local.getHostString(), local.getPort());
        }

        @Override
        public CompletionStage<Void> close() {
            return binding.unbind().thenCompose(done -> {
                accepted.forEach(TcpConnection::close);
                CompletableFuture<?>[] ends = accepted.stream()
                        .map(connection -> connection.ended().toCompletableFuture())
                        .toArray(CompletableFuture[]::new);
                return CompletableFuture.allOf(ends);
            });
        }
    }
}
