package skein.link.tcp;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
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

/**
 * {@link Link} over TCP, with TLS where the instance has certificates. All connections of an instance share one thread:
 * between a socket and the actor it is meant for there is no other.
 */
public final class TcpLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(TcpLink.class);
    private static final int BACKLOG = 100;
    private static final int READ_BYTES_MIN = 512;
    private static final int READ_BYTES_FIRST = 16 * 1024;
    private static final int READ_BYTES_MAX = 256 * 1024;
    private static final String UNENCRYPTED =
            "Traffic between instances is not encrypted here: set --cluster-cert-file,"
                    + " --cluster-key-file and --cluster-ca-file, or --insecure-cluster to accept that.";
    private static final Duration CERTIFICATE_CHECK = Duration.ofSeconds(10);

    private final LinkSettings settings;
    private final LinkSecurity security;
    private final WireCodec<WireMessage> codec = WireCodec.ofMessages();
    private final EventLoopGroup loop =
            new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("skein-link", true), NioIoHandler.newFactory());

    /** For what may wait: names that are looked up, files that are read, signatures that are computed. */
    private final Executor waiting;

    /** @param system its end is the end of every connection */
    public TcpLink(ActorSystem<?> system, LinkSettings settings, LinkSecurity security) {
        this.settings = settings;
        this.security = security;
        this.waiting = system.dispatchers().lookup(DispatcherSelector.blocking());
        system.getWhenTerminated().whenComplete((done, failure) -> {
            var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        });
        if (security instanceof LinkSecurity.Encrypted(PeerTls tls)) {
            var _ = loop.next()
                    .scheduleWithFixedDelay(
                            () -> waiting.execute(() -> look(tls)),
                            CERTIFICATE_CHECK.toMillis(),
                            CERTIFICATE_CHECK.toMillis(),
                            TimeUnit.MILLISECONDS);
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
        TcpConnection connection = connection(address, listener);
        waiting.execute(() -> {
            InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
            if (resolved.isUnresolved()) {
                connection.failedToOpen(new UnknownHostException("nobody knows the name " + address.host()));
            } else if (!connection.isGivenUp()) {
                dial(resolved, connection);
            }
        });
        return connection;
    }

    private TcpConnection connection(HostPort remote, LinkListener listener) {
        return new TcpConnection(remote, listener, settings, codec, security instanceof LinkSecurity.Encrypted);
    }

    private void dial(InetSocketAddress address, TcpConnection connection) {
        HostPort remote = connection.remote();
        var _ = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        settings.connectTimeout().toMillis())
                .option(ChannelOption.RECVBUF_ALLOCATOR, reads())
                .handler(initializer(channel -> connection.attach(
                        channel,
                        security instanceof LinkSecurity.Encrypted(PeerTls tls)
                                ? Encryption.handler(tls.client(remote.host(), remote.port()), waiting)
                                : null)))
                .connect(address)
                .addListener((ChannelFutureListener) opened -> {
                    if (opened.isSuccess()) {
                        connected(
                                connection, (InetSocketAddress) opened.channel().localAddress());
                    } else {
                        connection.failedToOpen(opened.cause());
                    }
                });
    }

    private static AdaptiveRecvByteBufAllocator reads() {
        return new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX);
    }

    private static ChannelInitializer<Channel> initializer(Consumer<Channel> initialize) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                initialize.accept(channel);
            }
        };
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
        var _ = loop.next()
                .schedule(() -> connection.giveUpUnopened(patience), patience.toMillis(), TimeUnit.MILLISECONDS);
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
        CompletableFuture<LinkPort> port = new CompletableFuture<>();
        var _ = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads())
                .childHandler(initializer(channel -> serve(channel, acceptor, accepted)))
                .bind(address.host(), address.port())
                .addListener((ChannelFutureListener) bound -> {
                    if (bound.isSuccess()) {
                        int number = ((InetSocketAddress) bound.channel().localAddress()).getPort();
                        port.complete(new OpenPort(new HostPort(address.host(), number), bound.channel(), accepted));
                    } else {
                        port.completeExceptionally(cannotListen(address, bound.cause()));
                    }
                });
        return port;
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

    private void serve(Channel channel, LinkAcceptor acceptor, Set<TcpConnection> accepted) {
        InetSocketAddress from = (InetSocketAddress) channel.remoteAddress();
        HostPort remote = new HostPort(nameOf(from), from.getPort());
        TcpConnection connection = connection(remote, acceptor.accept(remote));
        accepted.add(connection);
        connection.ended().thenAccept(reason -> {
            accepted.remove(connection);
            boolean stranger =
                    reason.kind() == LinkClosed.Kind.UNREACHABLE && security instanceof LinkSecurity.Encrypted;
            if (stranger || reason.kind() == LinkClosed.Kind.REFUSED_FRAME) {
                LOG.warn("a connection to the replication port was turned away: {}", reason.detail());
            }
        });
        if (security instanceof LinkSecurity.Encrypted(PeerTls tls)) {
            connection.attach(channel, Encryption.handler(tls.server(), waiting));
            expectTls(connection);
        } else {
            connection.attach(channel, null);
            connection.opened();
        }
    }

    private static SkeinException cannotListen(HostPort address, Throwable failure) {
        String why = failure instanceof UnresolvedAddressException
                ? "nobody knows the name " + address.host()
                : String.valueOf(failure.getMessage());
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "NET-001 Cannot listen on " + address + ": " + why
                        + ". Choose another port or stop what uses this one.",
                failure);
    }

    /** A bound port and the connections it has accepted. */
    private record OpenPort(HostPort address, Channel listening, Set<TcpConnection> accepted) implements LinkPort {
        @Override
        public CompletionStage<Void> close() {
            CompletableFuture<Void> free = new CompletableFuture<>();
            var _ = listening.close().addListener(closed -> {
                TcpConnection[] open = accepted.toArray(TcpConnection[]::new);
                for (TcpConnection connection : open) {
                    connection.close();
                }
                var _ = CompletableFuture.allOf(Stream.of(open)
                                .map(connection -> connection.ended().toCompletableFuture())
                                .toArray(CompletableFuture[]::new))
                        .whenComplete((all, failure) -> free.complete(null));
            });
            return free;
        }
    }
}
