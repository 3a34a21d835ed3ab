package skein.link.tcp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import skein.link.LinkClosed;
import skein.link.LinkConnection;
import skein.link.LinkListener;
import skein.protocol.WireMessage;
import skein.tls.PeerTls;
import skein.vocabulary.HostPort;
import skein.vocabulary.Invariant;
import skein.wire.UnreadableMessage;
import skein.wire.WireCodec;

/**
 * One connection: what waits to be sent is bounded in bytes, what waits to be dealt with in number, and one listener
 * hears everything in order. Guarded by its own lock where the listener is called, so that calls come one at a time
 * although whoever closes does so from a thread of its own.
 */
final class TcpConnection implements LinkConnection {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final HostPort remote;
    private final LinkListener listener;
    private final LinkSettings settings;
    private final WireCodec<WireMessage> codec;
    private final boolean encrypted;
    private final MessageReader reader;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final CompletableFuture<LinkClosed> ended = new CompletableFuture<>();
    private final Object listening = new Object();
    private volatile @Nullable Channel channel;
    private State state = State.CONNECTING;

    /** Whether a message has come. */
    private boolean heard;

    private @Nullable LinkClosed reason;

    private enum State {
        CONNECTING,
        OPEN,
        CLOSED
    }

    TcpConnection(
            HostPort remote,
            LinkListener listener,
            LinkSettings settings,
            WireCodec<WireMessage> codec,
            boolean encrypted) {
        this.remote = remote;
        this.listener = listener;
        this.settings = settings;
        this.codec = codec;
        this.encrypted = encrypted;
        this.reader = new MessageReader(
                new Frames(settings.frameBytesMax(), settings.messageBytesMax()), encrypted, this::deliver);
    }

    /** Listens to this channel from now on; before anything is read from it. */
    void attach(Channel attached, @Nullable SslHandler tls) {
        channel = attached;
        if (tls != null) {
            attached.pipeline().addLast(tls);
            tls.handshakeFuture().addListener(agreed -> {
                if (agreed.isSuccess()) {
                    opened();
                } else {
                    broken(agreed.cause());
                }
            });
        }
        attached.pipeline().addLast(reader, new Ends());
    }

    /** Hears how the channel ends. */
    private final class Ends extends ChannelInboundHandlerAdapter {
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            end(new LinkClosed(LinkClosed.Kind.REMOTE, remote + " closed the connection" + perhaps()));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
            broken(failure);
        }
    }

    private void deliver(byte[] bytes) {
        WireMessage message = codec.decode(bytes);
        synchronized (listening) {
            open();
            heard = true;
            if (state == State.OPEN) {
                listener.received(message);
            }
        }
    }

    /** Connected, and TLS agreed on where it is used. */
    void opened() {
        synchronized (listening) {
            open();
        }
    }

    private void open() {
        if (state == State.CONNECTING) {
            state = State.OPEN;
            listener.opened(this);
        }
    }

    /** The socket could not be connected. */
    void failedToOpen(Throwable failure) {
        end(new LinkClosed(
                LinkClosed.Kind.UNREACHABLE, "no connection to " + remote + ": " + message(rootOf(failure))));
    }

    private void broken(Throwable failure) {
        Throwable root = rootOf(failure);
        end(
                switch (root) {
                    case Frames.RefusedFrame refused -> refused.closed();
                    case UnreadableMessage unreadable ->
                        new LinkClosed(
                                LinkClosed.Kind.REFUSED_FRAME, remote + " sent what cannot be read: " + message(root));
                    case ClosedChannelException closed ->
                        new LinkClosed(LinkClosed.Kind.REMOTE, remote + " closed the connection" + perhaps());
                    default -> new LinkClosed(LinkClosed.Kind.BROKEN, brokeBecause(root));
                });
    }

    private String brokeBecause(Throwable root) {
        String tls = PeerTls.reason(root);
        if (!tls.isEmpty()) {
            return (isUnagreed() ? "no connection to " + remote : "the connection to " + remote + " broke") + ": "
                    + tls;
        }
        return "the connection to " + remote + " broke: " + message(root) + perhaps();
    }

    private boolean isUnagreed() {
        synchronized (listening) {
            return encrypted && state == State.CONNECTING;
        }
    }

    /** Whoever closes without a word, or before its word arrives, is judged by the moment. */
    private String perhaps() {
        if (isUnagreed()) {
            return " before TLS was agreed on; perhaps it does not encrypt traffic between instances";
        }
        synchronized (listening) {
            return !encrypted || heard
                    ? ""
                    : " before it said anything; perhaps it refuses this instance's certificate: its log says why";
        }
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root instanceof DecoderException && root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Gives up what has not been opened by now. */
    void giveUpUnopened(Duration patience) {
        synchronized (listening) {
            if (state != State.CONNECTING) {
                return;
            }
        }
        refuse("no connection to " + remote + ": within " + patience.toMillis() + " ms TLS was not agreed on");
    }

    /** Ends what must not be used, before anything was sent. */
    void refuse(String detail) {
        end(new LinkClosed(LinkClosed.Kind.UNREACHABLE, detail));
    }

    /** True if this side gave up before there was a connection. */
    boolean isGivenUp() {
        synchronized (listening) {
            return state == State.CLOSED;
        }
    }

    /** Tells the listener once; the first reason counts. */
    private void end(LinkClosed why) {
        LinkClosed told;
        synchronized (listening) {
            if (state == State.CLOSED) {
                return;
            }
            told = reason == null ? why : reason;
            boolean broke = told.kind() == LinkClosed.Kind.BROKEN || told.kind() == LinkClosed.Kind.REMOTE;
            if (state == State.CONNECTING && broke) {
                told = new LinkClosed(LinkClosed.Kind.UNREACHABLE, told.detail());
            }
            state = State.CLOSED;
            listener.closed(told);
        }
        LinkClosed last = told;
        Channel open = channel;
        if (open == null) {
            ended.complete(last);
        } else {
            open.close().addListener(closed -> ended.complete(last));
        }
    }

    @Override
    public void send(WireMessage message) {
        Channel open = Invariant.present(channel, "a message was sent before the connection was opened");
        byte[] bytes = codec.encode(message);
        if (queuedBytes.addAndGet(bytes.length) > settings.queueBytesMax()) {
            abort(new LinkClosed(
                    LinkClosed.Kind.OVERFLOW,
                    remote + " does not take what is sent: over " + settings.queueBytesMax() + " bytes wait"));
            return;
        }
        open.writeAndFlush(Frames.of(bytes, open.alloc())).addListener(sent -> queuedBytes.addAndGet(-bytes.length));
    }

    @Override
    public void confirm() {
        reader.confirm();
    }

    @Override
    public HostPort remote() {
        return remote;
    }

    @Override
    public void close() {
        Channel open = channel;
        synchronized (listening) {
            if (state == State.CLOSED) {
                return;
            }
            if (reason == null) {
                reason = new LinkClosed(LinkClosed.Kind.LOCAL, "closed by this side");
            }
            if (state == State.CONNECTING) {
                open = null;
            }
        }
        if (open == null) {
            end(new LinkClosed(LinkClosed.Kind.LOCAL, "given up by this side"));
            return;
        }
        Runnable last = () -> end(new LinkClosed(LinkClosed.Kind.LOCAL, "closed by this side"));
        open.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) sent -> last.run());
        var _ = open.eventLoop().schedule(last, LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends at once; what waits to be sent is dropped, and the other side sees a reset. */
    private void abort(LinkClosed why) {
        Channel open = channel;
        if (open != null) {
            open.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        end(why);
    }

    /** Completes when the listener has heard the end and the socket is closed, with what it heard. */
    CompletionStage<LinkClosed> ended() {
        return ended;
    }
}
