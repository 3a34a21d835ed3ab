package skein.link.tcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.SharedKillSwitch;
import org.apache.pekko.stream.javadsl.BidiFlow;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Framing;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
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
 * One connection: a queue of outgoing frames bounded in bytes, incoming messages bounded in number, and one listener
 * that hears everything in order. Guarded by its own lock where the listener is called, so that calls come one at a
 * time although stream and socket callbacks run on different threads.
 */
final class TcpConnection implements LinkConnection {
    private static final int QUEUE_FRAMES_MAX = 1 << 16;

    private final HostPort remote;
    private final LinkListener listener;
    private final LinkSettings settings;
    private final WireCodec<WireMessage> codec;
    private final ActorSystem<?> system;
    private final SharedKillSwitch killSwitch;
    private final Frames incoming;
    private final @Nullable Supplier<SSLEngine> engines;
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Deque<CompletableFuture<Done>> unconfirmed = new ArrayDeque<>();
    private final CompletableFuture<LinkClosed> ended = new CompletableFuture<>();
    private final Object listening = new Object();
    private volatile @Nullable BoundedSourceQueue<ByteString> queue;
    private State state = State.CONNECTING;

    /** Whether a message has come. */
    private volatile boolean heard;

    /** Confined to the connection's stream. */
    private boolean begun;

    private @Nullable LinkClosed reason;

    private enum State {
        CONNECTING,
        OPEN,
        CLOSED
    }

    /** @param engines makes the connection's TLS engine; null for a connection that is not encrypted */
    TcpConnection(
            HostPort remote,
            LinkListener listener,
            LinkSettings settings,
            WireCodec<WireMessage> codec,
            ActorSystem<?> system,
            @Nullable Supplier<SSLEngine> engines) {
        this.remote = remote;
        this.listener = listener;
        this.settings = settings;
        this.codec = codec;
        this.system = system;
        this.killSwitch = KillSwitches.shared("link-" + remote);
        this.incoming = new Frames(settings.messageBytesMax());
        this.engines = engines;
    }

    /** Bytes from the socket in, bytes for the socket out. */
    Flow<ByteString, ByteString, ?> flow() {
        Sink<ByteString, CompletionStage<Done>> in = Flow.of(ByteString.class)
                .mapConcat(incoming::take)
                .map(codec::decode)
                .mapAsync(UNCONFIRMED_MAX, this::deliver)
                .toMat(Sink.ignore(), Keep.right());
        Source<ByteString, BoundedSourceQueue<ByteString>> out = Source.<ByteString>queue(QUEUE_FRAMES_MAX)
                .map(frame -> {
                    queuedBytes.addAndGet(-frame.size());
                    return frame;
                });
        Flow<ByteString, ByteString, ?> messages = Flow.fromSinkAndSourceMat(in, out, (done, frames) -> {
            queue = frames;
            done.whenComplete((ok, failure) -> streamEnded(failure));
            return done;
        });
        BidiFlow<ByteString, ByteString, ByteString, ByteString, ?> framing =
                Framing.simpleFramingProtocol(settings.frameBytesMax() + 1);
        Flow<ByteString, ByteString, ?> framed = framing.reversed().join(messages);
        Supplier<SSLEngine> secured = engines;
        Flow<ByteString, ByteString, ?> bytes = secured == null
                ? Flow.of(ByteString.class).map(this::notTls).via(framed)
                : Encryption.of(framed, secured, this::opened);
        return bytes.via(killSwitch.flow());
    }

    /** Whoever begins with a TLS handshake is told apart from whoever sends garbage. */
    private ByteString notTls(ByteString bytes) {
        if (!begun) {
            begun = true;
            if (Encryption.isHandshake(bytes)) {
                throw new Frames.RefusedFrame("it encrypts, and this instance does not encrypt traffic between"
                        + " instances (--cluster-cert-file, --cluster-key-file, --cluster-ca-file)");
            }
        }
        return bytes;
    }

    private CompletionStage<Done> deliver(WireMessage message) {
        CompletableFuture<Done> confirmed = new CompletableFuture<>();
        synchronized (unconfirmed) {
            unconfirmed.add(confirmed);
        }
        synchronized (listening) {
            open();
            heard = true;
            if (state == State.OPEN) {
                listener.received(message);
            }
        }
        return confirmed;
    }

    /** Connected, and TLS agreed on where it is used. Data may have come before anybody said so. */
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
                LinkClosed.Kind.UNREACHABLE,
                "no connection to " + remote + ": " + rootOf(failure).getMessage()));
    }

    private void streamEnded(@Nullable Throwable failure) {
        if (failure == null) {
            end(new LinkClosed(LinkClosed.Kind.REMOTE, remote + " closed the connection" + perhaps()));
            return;
        }
        Throwable root = rootOf(failure);
        LinkClosed why = switch (root) {
            case Frames.RefusedFrame refused -> refused.closed();
            case UnreadableMessage unreadable ->
                new LinkClosed(LinkClosed.Kind.REFUSED_FRAME, remote + " sent what cannot be read: " + message(root));
            case org.apache.pekko.stream.scaladsl.Framing.FramingException framing ->
                new LinkClosed(LinkClosed.Kind.REFUSED_FRAME, remote + " sent an oversized frame: " + message(root));
            default -> new LinkClosed(LinkClosed.Kind.BROKEN, brokeBecause(root));
        };
        end(why);
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
            return engines != null && state == State.CONNECTING;
        }
    }

    /** Pekko's TLS ends a connection without telling the other side what was wrong: the moment says it. */
    private String perhaps() {
        if (isUnagreed()) {
            return " before TLS was agreed on; perhaps it does not encrypt traffic between instances";
        }
        return engines == null || heard
                ? ""
                : " before it said anything; perhaps it refuses this instance's certificate: its log says why";
    }

    private static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root instanceof CompletionException && root.getCause() != null) {
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
        abort(new LinkClosed(
                LinkClosed.Kind.UNREACHABLE,
                "no connection to " + remote + ": within " + patience.toMillis() + " ms TLS was not agreed on"));
    }

    /** Ends what must not be used, before anything was sent. */
    void refuse(String detail) {
        abort(new LinkClosed(LinkClosed.Kind.UNREACHABLE, detail));
    }

    /** Tells the listener once; the first reason counts. */
    private void end(LinkClosed why) {
        LinkClosed last;
        synchronized (listening) {
            if (state == State.CLOSED) {
                return;
            }
            LinkClosed told = reason == null ? why : reason;
            boolean broke = told.kind() == LinkClosed.Kind.BROKEN || told.kind() == LinkClosed.Kind.REMOTE;
            if (state == State.CONNECTING && broke) {
                told = new LinkClosed(LinkClosed.Kind.UNREACHABLE, told.detail());
            }
            state = State.CLOSED;
            listener.closed(told);
            last = told;
        }
        killSwitch.shutdown();
        ended.complete(last);
    }

    @Override
    public void send(WireMessage message) {
        for (ByteString frame : Frames.of(codec.encode(message))) {
            if (queuedBytes.addAndGet(frame.size()) > settings.queueBytesMax()) {
                abort(new LinkClosed(
                        LinkClosed.Kind.OVERFLOW,
                        remote + " does not take what is sent: over " + settings.queueBytesMax() + " bytes wait"));
                return;
            }
            BoundedSourceQueue<ByteString> frames =
                    Invariant.present(queue, "a message was sent before the connection was opened");
            if (frames.offer(frame).equals(QueueOfferResult.dropped())) {
                abort(new LinkClosed(
                        LinkClosed.Kind.OVERFLOW,
                        remote + " does not take what is sent: over " + QUEUE_FRAMES_MAX + " frames wait"));
                return;
            }
        }
    }

    @Override
    public void confirm() {
        CompletableFuture<Done> oldest;
        synchronized (unconfirmed) {
            oldest = unconfirmed.poll();
        }
        if (oldest != null) {
            oldest.complete(Done.done());
        }
    }

    @Override
    public HostPort remote() {
        return remote;
    }

    @Override
    public void close() {
        synchronized (listening) {
            if (state == State.CLOSED) {
                return;
            }
            if (reason == null) {
                reason = new LinkClosed(LinkClosed.Kind.LOCAL, "closed by this side");
            }
        }
        BoundedSourceQueue<ByteString> frames = queue;
        if (frames == null || state == State.CONNECTING) {
            end(new LinkClosed(LinkClosed.Kind.LOCAL, "given up by this side"));
            return;
        }
        try {
            frames.complete();
        } catch (IllegalStateException e) {
            // the stream has ended by itself, or was closed already
        }
        system.scheduler()
                .scheduleOnce(
                        Duration.ofSeconds(1),
                        () -> end(new LinkClosed(LinkClosed.Kind.LOCAL, "closed by this side")),
                        system.executionContext());
    }

    private void abort(LinkClosed why) {
        end(why);
        killSwitch.abort(new IllegalStateException(why.detail()));
    }

    /** Completes when the listener has heard the end, with what it heard. */
    CompletionStage<LinkClosed> ended() {
        return ended;
    }
}
