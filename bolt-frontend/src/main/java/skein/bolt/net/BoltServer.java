package skein.bolt.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.admin.AdminPort;
import skein.bolt.admin.AdminQueryService;
import skein.bolt.transport.Tls;
import skein.bolt.transport.TlsMode;
import skein.bolt.transport.Transport;
import skein.session.Authentication;
import skein.session.QueryService;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.HostPort;
import skein.vocabulary.SkeinException;

/** Serves Bolt on one port: accepts connections and gives each its pipeline. Thread-safe. */
public final class BoltServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BoltServer.class);
    private static final int BACKLOG = 1024;
    private static final int READ_BYTES_MIN = 64;
    private static final int READ_BYTES_FIRST = 1024;
    private static final int READ_BYTES_MAX = 16 * 1024;
    private static final long STOP_MILLIS = 2_000;
    private static final long CERTIFICATE_CHECK_SECONDS = 5;

    private final BoltServices services;
    private final Transport transport;
    private final EventLoopGroup loops;
    private final ServerBootstrap bootstrap;
    private final ReentrantLock moving = new ReentrantLock();
    private Channel listening;
    private boolean closed;
    private final ChannelGroup connections;
    private volatile HostPort address;

    private BoltServer(
            BoltServices services,
            Transport transport,
            EventLoopGroup loops,
            ServerBootstrap bootstrap,
            Channel listening,
            ChannelGroup connections,
            HostPort address) {
        this.services = services;
        this.transport = transport;
        this.loops = loops;
        this.bootstrap = bootstrap;
        this.listening = listening;
        this.connections = connections;
        this.address = address;
    }

    /**
     * Starts to listen. Throws SkeinException (CONFIGURATION) when the port cannot be had.
     *
     * @param authentication says who may come in
     * @param queries where queries go that are no admin statements
     * @param admin where admin statements go
     */
    public static BoltServer start(
            BoltSettings settings,
            Transport transport,
            Authentication authentication,
            QueryService queries,
            AdminPort admin) {
        return start(settings, transport, authentication, SharedMemory.UNLIMITED, queries, admin);
    }

    /** As above, sharing memory with the rest of the instance. */
    public static BoltServer start(
            BoltSettings settings,
            Transport transport,
            Authentication authentication,
            SharedMemory memory,
            QueryService queries,
            AdminPort admin) {
        BoltServices services =
                new BoltServices(settings, memory, new AdminQueryService(queries, admin), authentication);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
                0, new DefaultThreadFactory("skein-bolt", true), NioIoHandler.newFactory());
        // stays closed: a connection accepted while closing is closed too
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
        ServerBootstrap bootstrap = bootstrap(services, transport, loops, connections);
        ChannelFuture bound = bootstrap
                .bind(new InetSocketAddress(settings.address(), settings.port()))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(loops);
            throw cannotListen(settings.address(), settings.port(), bound.cause());
        }
        HostPort address =
                new HostPort(settings.address(), portOf(bound.channel().localAddress()));
        services.boundTo(address.toString());
        if (transport.tls().mode() != TlsMode.OFF) {
            watchCertificates(transport.tls(), loops);
        }
        return new BoltServer(services, transport, loops, bootstrap, bound.channel(), connections, address);
    }

    /** Not encrypted, and open to everybody. */
    static BoltServer start(BoltSettings settings, QueryService queries, AdminPort admin) {
        return start(settings, Transport.plain(), queries, admin);
    }

    /** Open to everybody. */
    static BoltServer start(BoltSettings settings, Transport transport, QueryService queries, AdminPort admin) {
        return start(settings, transport, Authentication.ofNobody(), queries, admin);
    }

    private static void watchCertificates(Tls tls, EventLoopGroup loops) {
        Runnable look = () -> Thread.ofVirtual().name("skein-bolt-certificates").start(tls::reloadIfChanged);
        var _ = loops.next()
                .scheduleWithFixedDelay(look, CERTIFICATE_CHECK_SECONDS, CERTIFICATE_CHECK_SECONDS, TimeUnit.SECONDS);
    }

    private static SkeinException cannotListen(String host, int port, Throwable cause) {
        String reason = cause instanceof UnresolvedAddressException ? "the name is not known" : cause.getMessage();
        return new SkeinException(
                ErrorCode.CONFIGURATION,
                "NET-001 Cannot listen on Bolt address " + host + ":" + port + ": " + reason
                        + ". Stop whoever uses it, or set --bolt-address or --bolt-port.",
                cause);
    }

    private static ServerBootstrap bootstrap(
            BoltServices services, Transport transport, EventLoopGroup loops, ChannelGroup connections) {
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, reads())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open(services, transport, connections, channel);
                    }
                });
    }

    /** One read at a time, and not much: a client that floods lets the others of its event loop have their turns. */
    private static RecvByteBufAllocator reads() {
        return new AdaptiveRecvByteBufAllocator(READ_BYTES_MIN, READ_BYTES_FIRST, READ_BYTES_MAX).maxMessagesPerRead(1);
    }

    /**
     * A new connection's pipeline. What unwraps the socket's bytes, TLS or WebSocket frames, is put in front of the
     * handshake once the first byte is there; the handshake puts the connection itself behind.
     */
    private static void open(BoltServices services, Transport transport, ChannelGroup connections, Channel channel) {
        Admission.Ticket ticket = enter(services.admission(), channel.remoteAddress());
        if (ticket == null) {
            LOG.debug("refused {}: too many connections", channel.remoteAddress());
            var _ = channel.close();
            return;
        }
        channel.closeFuture().addListener(closed -> ticket.giveBack());
        connections.add(channel);
        channel.pipeline().addLast(transport.sniffer());
        channel.pipeline().addLast(new HandshakeHandler(services, ticket, services.nextConnectionId()));
    }

    private static Admission.@Nullable Ticket enter(Admission admission, SocketAddress remote) {
        if (remote instanceof InetSocketAddress internet && internet.getAddress() != null) {
            InetAddress address = internet.getAddress();
            return admission.enter(address.getHostAddress(), address.isLoopbackAddress());
        }
        return admission.enter(String.valueOf(remote), false);
    }

    private static int portOf(SocketAddress local) {
        return ((InetSocketAddress) local).getPort();
    }

    /**
     * Listens on another address from now on, at the same port; connections stay. When that cannot be had (throws
     * SkeinException, CONFIGURATION) it listens where it did, if that is still possible. Blocks for a moment.
     */
    public void moveTo(String host) {
        moving.lock();
        try {
            if (closed) {
                return;
            }
            InetSocketAddress before = (InetSocketAddress) listening.localAddress();
            listening.close().awaitUninterruptibly();
            ChannelFuture bound = bootstrap
                    .bind(new InetSocketAddress(host, before.getPort()))
                    .awaitUninterruptibly();
            if (bound.isSuccess()) {
                listening = bound.channel();
                address = new HostPort(host, before.getPort());
                services.boundTo(address.toString());
                return;
            }
            ChannelFuture again = bootstrap.bind(before).awaitUninterruptibly();
            if (again.isSuccess()) {
                listening = again.channel();
            }
            throw cannotListen(host, before.getPort(), bound.cause());
        } finally {
            moving.unlock();
        }
    }

    /** Where clients connect: the host as it was given, the port as bound. */
    public HostPort address() {
        return address;
    }

    /**
     * Reads certificate and key again, for new connections; CONFIGURATION when they cannot be used or there are none.
     */
    public void reloadTls() {
        transport.tls().reload();
    }

    /** Bytes of rows that are on their way to clients at this moment. */
    long outboundBytes() {
        return services.outbound().bytes();
    }

    /** The most bytes of rows that ever were on their way at once. */
    long outboundBytesPeak() {
        return services.outbound().peak();
    }

    /** Heap that requests take at this moment, beyond what every connection has of its own. */
    long requestBytes() {
        return services.memory().used();
    }

    /** Connections open now, strangers included. */
    public int connections() {
        return services.admission().total();
    }

    /**
     * Accepts nobody any more, closes every socket, interrupts what runs, and waits until every session has rolled back
     * what it had open, at most for the time that the settings allow. Idempotent.
     */
    @Override
    public void close() {
        moving.lock();
        try {
            closed = true;
            listening.close().awaitUninterruptibly();
        } finally {
            moving.unlock();
        }
        connections.close().awaitUninterruptibly();
        awaitSessions();
        stop(loops);
    }

    private void awaitSessions() {
        CompletableFuture<?>[] ends =
                services.sessions().stream().map(SessionThread::ended).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends)
                    .get(services.settings().timeouts().drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn(
                    "{} Bolt sessions have not ended in time and are left",
                    services.sessions().size(),
                    e);
        } catch (ExecutionException e) {
            LOG.warn("a Bolt session ended out of order", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void stop(EventLoopGroup loops) {
        loops.shutdownGracefully(0, STOP_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(STOP_MILLIS);
    }
}
