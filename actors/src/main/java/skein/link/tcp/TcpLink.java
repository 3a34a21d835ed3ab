package skein.link.tcp;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.link.Link;
import skein.link.LinkClosed;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.tls.PeerTls;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;
import skein.wire.WireCodec;

/** {@link Link} over Pekko Streams TCP, with TLS where the instance has certificates. */
public final class TcpLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(TcpLink.class);
    private static final int BACKLOG = 100;
    private static final String UNENCRYPTED =
            "Traffic between instances is not encrypted here: set --cluster-cert-file,"
                    + " --cluster-key-file and --cluster-ca-file, or --insecure-cluster to accept that.";
    private static final Attributes DISPATCHER = ActorAttributes.dispatcher("skein.link-dispatcher");

    private static final Duration CERTIFICATE_CHECK = Duration.ofSeconds(10);

    private final ActorSystem<?> system;
    private final LinkSettings settings;
    private final LinkSecurity security;
    private final WireCodec<WireMessage> codec = WireCodec.ofMessages();

    public TcpLink(ActorSystem<?> system, LinkSettings settings, LinkSecurity security) {
        this.system = system;
        this.settings = settings;
        this.security = security;
        if (security instanceof LinkSecurity.Encrypted(PeerTls tls)) {
            system.scheduler()
                    .scheduleWithFixedDelay(
                            CERTIFICATE_CHECK,
                            CERTIFICATE_CHECK,
                            () -> look(tls),
                            system.dispatchers().lookup(DispatcherSelector.blocking()));
        }
    }

    private static void look(PeerTls tls) {
        try {
            if (tls.reloadIfChanged()) {
                LOG.info(
                        "traffic between instances is encrypted with the new content of {} from now on",
                        tls.files().certificates());
            }
        } catch (SkeinException e) {
            LOG.warn("traffic between instances stays encrypted with what it had: {}", e.getMessage());
        }
    }

    @Override
    public LinkHandle connect(HostPort address, LinkListener listener) {
        TcpConnection connection = connection(address, listener, tls -> tls.client(address.host(), address.port()));
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
                        connected(connection, opened.localAddress());
                    } else {
                        connection.failedToOpen(failure);
                    }
                });
        return connection;
    }

    private TcpConnection connection(HostPort remote, LinkListener listener, Function<PeerTls, SSLEngine> engines) {
        return new TcpConnection(
                remote,
                listener,
                settings,
                codec,
                system,
                security instanceof LinkSecurity.Encrypted(PeerTls tls) ? () -> engines.apply(tls) : null);
    }

    /** Nothing has been sent yet. Where the connection comes from says whether it leaves this machine. */
    private void connected(TcpConnection connection, InetSocketAddress local) {
        switch (security) {
            case LinkSecurity.Encrypted _ -> expectTls(connection);
            case LinkSecurity.Insecure _ -> connection.opened();
            case LinkSecurity.ThisMachineOnly _ -> {
                if (local.getAddress().isLoopbackAddress()) {
                    connection.opened();
                } else {
                    connection.refuse(connection.remote() + " is not on this machine's loopback. " + UNENCRYPTED);
                }
            }
        }
    }

    /** Whoever connects and then says nothing does not hold a connection for ever. */
    private void expectTls(TcpConnection connection) {
        Duration patience = settings.connectTimeout();
        system.scheduler().scheduleOnce(patience, () -> connection.giveUpUnopened(patience), system.executionContext());
    }

    @Override
    public CompletionStage<LinkPort> bind(HostPort address, LinkAcceptor acceptor) {
        if (security instanceof LinkSecurity.ThisMachineOnly && !isLoopback(address.host())) {
            return CompletableFuture.failedStage(new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "CFG-005 Cannot listen on " + address + ": others can reach this address. " + UNENCRYPTED
                            + " Or stay on this machine with --replication-address=127.0.0.1."));
        }
        if (security instanceof LinkSecurity.Insecure && !isLoopback(address.host())) {
            LOG.warn(
                    "instances are listened to on {} without encryption (--insecure-cluster): whoever reaches it can"
                            + " read and change what they say",
                    address);
        }
        Set<TcpConnection> accepted = ConcurrentHashMap.newKeySet();
        Source<Tcp.IncomingConnection, CompletionStage<Tcp.ServerBinding>> incoming =
                Tcp.get(system).bind(address.host(), address.port(), BACKLOG, List.of(), false, Optional.empty());
        return incoming.to(Sink.foreach(socket -> serve(socket, acceptor, accepted)))
                .run(system)
                .handle((binding, failure) -> {
                    if (failure != null) {
                        throw new CompletionException(cannotListen(address, failure));
                    }
                    return new OpenPort(
                            new HostPort(address.host(), binding.localAddress().getPort()), binding, accepted);
                });
    }

    /** A name that nobody knows fails when it is bound, in words of its own. */
    private static boolean isLoopback(String host) {
        InetSocketAddress resolved = new InetSocketAddress(host, 0);
        return resolved.isUnresolved() || resolved.getAddress().isLoopbackAddress();
    }

    /** Addresses of IPv6 are not written in socket addresses here; in words about a connection they stand so. */
    private static String nameOf(InetSocketAddress from) {
        return from.getHostString().replace(':', '-').replace('%', '-');
    }

    private void serve(Tcp.IncomingConnection socket, LinkAcceptor acceptor, Set<TcpConnection> accepted) {
        InetSocketAddress from = socket.remoteAddress();
        HostPort remote = new HostPort(nameOf(from), from.getPort());
        TcpConnection connection = connection(remote, acceptor.accept(remote), PeerTls::server);
        accepted.add(connection);
        connection.ended().thenAccept(reason -> {
            accepted.remove(connection);
            boolean stranger =
                    reason.kind() == LinkClosed.Kind.UNREACHABLE && security instanceof LinkSecurity.Encrypted;
            if (stranger || reason.kind() == LinkClosed.Kind.REFUSED_FRAME) {
                LOG.warn("a connection to the replication port was turned away: {}", reason.detail());
            }
        });
        socket.flow().join(connection.flow()).addAttributes(DISPATCHER).run(system);
        if (security instanceof LinkSecurity.Encrypted) {
            expectTls(connection);
        } else {
            connection.opened();
        }
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
    private record OpenPort(HostPort address, Tcp.ServerBinding binding, Set<TcpConnection> accepted)
            implements LinkPort {
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
