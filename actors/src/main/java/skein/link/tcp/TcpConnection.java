package skein.link.tcp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
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
    private final AtomicLong queuedBytes = new AtomicLong();
    private final Deque<CompletableFuture<Done>> unconfirmed = new ArrayDeque<>();
    private final CompletableFuture<Done> ended = new CompletableFuture<>();
    private final Object listening = new Object();
    private volatile @Nullable BoundedSourceQueue<ByteString> queue;
    private State state = State.CONNECTING;
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
            ActorSystem<?> system) {
        this.remote = remote;
        this.listener = listener;
        this.settings = settings;
        this.codec = codec;
        this.system = system;
        this.killSwitch = KillSwitches.shared("link-" + remote);
        this.incoming = new Frames(settings.messageBytesMax());
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
                Framing.simpleFramingProtocol(Frames.FRAME_BYTES_MAX + 1);
        return framing.reversed().join(messages).via(killSwitch.flow());
    }

    private CompletionStage<Done> deliver(WireMessage message) {
        CompletableFuture<Done> confirmed = new CompletableFuture<>();
        synchronized (unconfirmed) {
            unconfirmed.add(confirmed);
        }
        synchronized (listening) {
            open();
            if (state == State.OPEN) {
                listener.received(message);
            }
        }
        return confirmed;
    }

    /** The socket is connected. Data may have come before anybody said so. */
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
            end(new LinkClosed(LinkClosed.Kind.REMOTE, remote + " closed the connection"));
            return;
        }
        Throwable root = rootOf(failure);
        LinkClosed why = switch (root) {
            case Frames.RefusedFrame refused -> refused.closed();
            case UnreadableMessage unreadable ->
                new LinkClosed(LinkClosed.Kind.REFUSED_FRAME, remote + " sent what cannot be read: " + message(root));
            case org.apache.pekko.stream.scaladsl.Framing.FramingException framing ->
                new LinkClosed(LinkClosed.Kind.REFUSED_FRAME, remote + " sent an oversized frame: " + message(root));
            default ->
                new LinkClosed(LinkClosed.Kind.BROKEN, "the connection to " + remote + " broke: " + message(root));
        };
        end(why);
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

    /** Tells the listener once; the first reason counts. */
    private void end(LinkClosed why) {
        synchronized (listening) {
            if (state == State.CLOSED) {
                return;
            }
            state = State.CLOSED;
            listener.closed(reason == null ? why : reason);
        }
        killSwitch.shutdown();
        ended.complete(Done.done());
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
        frames.complete();
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

    /** Completes when the listener has heard the end. */
    CompletionStage<Done> ended() {
        return ended;
    }
}
