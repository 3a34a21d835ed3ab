package skein.bolt.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.core.BoltConnection;
import skein.bolt.core.ConnectionEffect;
import skein.bolt.core.ConnectionFacts;
import skein.bolt.core.ConnectionInput;
import skein.bolt.core.ConnectionState;
import skein.bolt.core.Job;
import skein.bolt.core.JobOutcome;
import skein.bolt.core.Phase;
import skein.bolt.message.BoltRequest;
import skein.bolt.message.RequestReader;
import skein.bolt.message.ResponseWriter;
import skein.bolt.packstream.ChunkReader;
import skein.bolt.packstream.PackStreamException;
import skein.bolt.packstream.PackStreamLimits;
import skein.session.Client;
import skein.session.Credentials;
import skein.vocabulary.Step;

/**
 * One connection after its handshake: turns bytes, ended jobs and time into inputs of {@link BoltConnection}, and
 * carries out its effects. Everything here happens on the connection's event loop.
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);
    /** A job that cannot be interrupted yet is interrupted again soon. */
    private static final long INTERRUPT_AGAIN_MILLIS = 10;
    /** How long an answer that ends the connection may take to leave. */
    private static final long LAST_WORDS_MILLIS = 5_000;

    private static final byte[] NOOP = new byte[2];
    private static final byte[] NOTHING = new byte[0];

    private final BoltServices services;
    private final BoltSettings.Limits limits;
    private final Admission.Ticket ticket;
    private final RequestReader requests;
    private final ConnectionMemory memory;
    private final ChunkReader chunks;
    private final ResponseWriter responses = new ResponseWriter();
    private final OutboundGate gate;
    private final Watch watch;
    private final AtomicInteger unsentWrites = new AtomicInteger();
    private final PackStreamLimits clientLimits;
    private final Turns.Share turns;

    private ConnectionState state;
    private PackStreamLimits packStreamLimits = PackStreamLimits.STRANGER;
    private @Nullable ChannelHandlerContext channel;
    private @Nullable SessionThread session;
    private @Nullable ScheduledFuture<?> loginDeadline;
    private @Nullable ScheduledFuture<?> interrupting;
    private @Nullable ScheduledFuture<?> checks;
    private @Nullable ScheduledFuture<?> lastWords;

    /** A job that has ended and was not asked for yet. */
    private @Nullable Job doneAhead;

    private long loginNanosLeft;
    private int unsentBytes;
    private boolean completedMessage;
    private byte[] unread = NOTHING;

    ConnectionHandler(BoltServices services, Admission.Ticket ticket, ConnectionFacts facts, long connectedNanos) {
        this.services = services;
        this.limits = services.settings().limits();
        this.ticket = ticket;
        this.requests = new RequestReader(facts.version());
        this.memory = new ConnectionMemory(services.memory());
        this.chunks = new ChunkReader(limits.strangerMessageBytesMax(), memory, new Messages());
        this.gate = new OutboundGate(limits.outboundBytesMax(), services.outbound());
        long now = System.nanoTime();
        this.watch = new Watch(services.settings().timeouts(), limits.messageRate(), now);
        this.clientLimits = new PackStreamLimits(limits.nestingMax(), Integer.MAX_VALUE);
        this.turns = services.turns().share();
        this.state = ConnectionState.initial(facts);
        this.loginNanosLeft = services.settings().timeouts().login().toNanos() - (now - connectedNanos);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context;
        session = services.newSession(
                state.facts().connectionId(), gate, this::sendRows, new JobEnds(), this::workInDoubt);
        armLogin(context);
        Duration shortest = services.settings().timeouts().shortestChecked(limits.messageRate());
        long period = Math.max(1, shortest.toMillis() / 4);
        checks = context.executor().scheduleAtFixedRate(this::check, period, period, TimeUnit.MILLISECONDS);
    }

    private ChannelHandlerContext channel() {
        return Objects.requireNonNull(channel);
    }

    private SessionThread session() {
        return Objects.requireNonNull(session);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf buffer = (ByteBuf) message;
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        buffer.release();
        if (!(state.phase() instanceof Phase.Defunct)) {
            unread = joined(unread, bytes);
            readOn();
            endIfTooMuchIsUnread();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        if (first.length == 0) {
            return second;
        }
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    /** After the others have had their turns. A login goes on by itself. */
    private void readOnLater() {
        long millis = turns.pauseMillis();
        if (!state.isLoggingIn()) {
            var _ = channel().executor().schedule(this::readOnAfterPause, millis, TimeUnit.MILLISECONDS);
        }
        readOnlyWhatCanWait();
    }

    private void readOnAfterPause() {
        if (!(state.phase() instanceof Phase.Defunct)) {
            readOn();
            readOnlyWhatCanWait();
            channel().flush();
        }
    }

    /** Nothing more is read while a login is judged, so this is for what arrived together with it. */
    private void endIfTooMuchIsUnread() {
        if (state.isLoggingIn() && unread.length > limits.strangerBufferedBytesMax()) {
            LOG.debug(
                    "{}: closed because it sends much before its login is done",
                    state.facts().connectionId());
            step(new ConnectionInput.Ended());
        }
    }

    /** What follows a login is read once it is judged: until then the limits for strangers hold. */
    private void readOn() {
        if (state.isLoggingIn() || unread.length == 0) {
            return;
        }
        byte[] bytes = unread;
        unread = NOTHING;
        try {
            completedMessage = false;
            turns.begin(state.running() != null);
            int taken = chunks.feed(bytes, 0, bytes.length);
            if (taken < bytes.length) {
                unread = Arrays.copyOfRange(bytes, taken, bytes.length);
                readOnLater();
            } else {
                turns.rest();
            }
            watch.received(taken, chunks.isWithinMessage(), completedMessage, System.nanoTime());
        } catch (PackStreamException e) {
            LOG.debug(
                    "{}: closed because of bytes that are no Bolt: {}",
                    state.facts().connectionId(),
                    e.getMessage());
            step(new ConnectionInput.Ended());
        }
    }

    /** What the chunks make. */
    private final class Messages implements ChunkReader.MessageSink {
        @Override
        public void message(byte[] bytes, int length) {
            completedMessage = true;
            if (turns.isOver()) {
                chunks.pause();
            }
            if (!(state.phase() instanceof Phase.Defunct)) {
                RequestReader.Taken taken = requests.take(bytes, length, state.dialect(), packStreamLimits, memory);
                step(new ConnectionInput.Received(taken.request(), taken.heapBytes()));
            }
        }

        @Override
        public void refused(PackStreamException reason) {
            if (!(state.phase() instanceof Phase.Defunct)) {
                step(new ConnectionInput.Received(
                        new BoltRequest.Unreadable(reason.code(), String.valueOf(reason.getMessage())), 0));
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        step(new ConnectionInput.Ended());
        release();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("{}: lost", state.facts().connectionId(), cause);
        } else {
            LOG.error(
                    "{}: closed because of a fault in the server", state.facts().connectionId(), cause);
        }
        step(new ConnectionInput.Ended());
        closeAtOnce();
    }

    /** What comes from the session's thread. */
    private final class JobEnds implements SessionThread.JobListener {
        @Override
        public void ended(JobOutcome outcome, byte[] rows) {
            onLoop(() -> takeJobEnd(outcome, rows));
        }

        @Override
        public void bothEnded(JobOutcome.Ran opened, Job next, JobOutcome outcome, byte[] rows) {
            onLoop(() -> takeJobEnds(opened, next, outcome, rows));
        }
    }

    private void onLoop(Runnable taking) {
        try {
            channel().executor().execute(taking);
        } catch (RejectedExecutionException e) {
            LOG.debug(
                    "{}: the server has stopped before a job's end",
                    state.facts().connectionId(),
                    e);
        }
    }

    /** Comes from any thread. */
    private void workInDoubt() {
        gate.wake();
        try {
            channel().executor().execute(() -> {
                step(new ConnectionInput.WorkInDoubt());
                channel().flush();
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("{}: the server has stopped", state.facts().connectionId(), e);
        }
    }

    /** When a RESET has come in between, nobody is told what came of the second job; the first one's work is ended. */
    private void takeJobEnds(JobOutcome.Ran opened, Job next, JobOutcome outcome, byte[] rows) {
        stop(interrupting);
        interrupting = null;
        doneAhead = next;
        step(new ConnectionInput.JobEnded(opened));
        boolean asked = doneAhead == null;
        doneAhead = null;
        if (asked) {
            takeJobEnd(outcome, rows);
        } else {
            readOn();
            channel().flush();
        }
    }

    private void takeJobEnd(JobOutcome outcome, byte[] rows) {
        stop(interrupting);
        interrupting = null;
        if (rows.length > 0 && !(state.phase() instanceof Phase.Defunct)) {
            send(rows);
        }
        step(new ConnectionInput.JobEnded(outcome));
        readOn();
        channel().flush();
    }

    private void step(ConnectionInput input) {
        Step<ConnectionState, ConnectionEffect> step = BoltConnection.step(state, input);
        memory.settle(state, input instanceof ConnectionInput.Received received ? received.bytes() : 0, step.state());
        state = step.state();
        step.effects().forEach(this::perform);
        sendSummaries();
        readOnlyWhatCanWait();
    }

    private void perform(ConnectionEffect effect) {
        switch (effect) {
            case ConnectionEffect.Send(var response) ->
                responses.summary(response, state.facts().version());
            case ConnectionEffect.Start(Job.LogIn(var credentials)) -> logIn(credentials);
            case ConnectionEffect.Start(var job) -> {
                sendSummaries();
                turns.work();
                if (job.equals(doneAhead)) {
                    doneAhead = null;
                } else {
                    session().start(job, state.dialect());
                }
            }
            case ConnectionEffect.Foresee(var job) -> session().foresee(job);
            case ConnectionEffect.Interrupt ignored -> interrupt();
            case ConnectionEffect.LoggedIn(var identity, boolean routed) -> loggedIn(identity, routed);
            case ConnectionEffect.LoggedOut ignored -> loggedOut();
            case ConnectionEffect.Close ignored -> close();
        }
    }

    private void interrupt() {
        if (interrupting == null) {
            interrupting = channel()
                    .executor()
                    .scheduleAtFixedRate(
                            session()::interrupt,
                            INTERRUPT_AGAIN_MILLIS,
                            INTERRUPT_AGAIN_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
        session().interrupt();
    }

    private void logIn(Credentials credentials) {
        chunks.pause();
        sendSummaries();
        LoginJob.start(services.authentication(), credentials, ticket.address())
                .thenAccept(outcome -> onLoop(() -> takeJobEnd(outcome, NOTHING)));
    }

    private void loggedIn(Client.Identity identity, boolean routed) {
        session().serve(new Client(state.facts().connectionId(), ticket.address(), identity, routed));
        stop(loginDeadline);
        ticket.loggedIn();
        chunks.limit(limits.messageBytesMax());
        packStreamLimits = clientLimits;
    }

    private void loggedOut() {
        ticket.loggedOut();
        chunks.limit(limits.strangerMessageBytesMax());
        packStreamLimits = PackStreamLimits.STRANGER;
        loginNanosLeft = services.settings().timeouts().login().toNanos();
        armLogin(channel());
    }

    private void armLogin(ChannelHandlerContext context) {
        loginDeadline = context.executor()
                .schedule(() -> step(new ConnectionInput.Ended()), Math.max(1, loginNanosLeft), TimeUnit.NANOSECONDS);
    }

    /** Lets last words leave, but not for ever; the session ends by itself once its job has. */
    private void close() {
        sendSummaries();
        session().finish();
        ChannelHandlerContext context = channel();
        if (context.channel().isActive()) {
            context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            lastWords = context.executor().schedule(this::closeAtOnce, LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void closeAtOnce() {
        var _ = channel().close();
    }

    private void release() {
        stop(lastWords);
        stop(loginDeadline);
        stop(checks);
        memory.close();
        turns.rest();
        session().finish();
    }

    private static void stop(@Nullable ScheduledFuture<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void sendSummaries() {
        if (responses.size() > 0) {
            send(responses.drain());
        }
    }

    private void send(byte[] bytes) {
        unsentBytes += bytes.length;
        unsentWrites.incrementAndGet();
        channel().write(Unpooled.wrappedBuffer(bytes)).addListener(written -> {
            unsentBytes -= bytes.length;
            sent();
            readOnlyWhatCanWait();
        });
    }

    /** Comes from the session's thread; what it sends stands in order with its job's end. */
    private void sendRows(byte[] bytes, int length, Runnable sent) {
        unsentWrites.incrementAndGet();
        ByteBuf batch = channel().alloc().buffer(length).writeBytes(bytes, 0, length);
        channel().writeAndFlush(batch).addListener(written -> {
            sent.run();
            sent();
        });
    }

    private void sent() {
        unsentWrites.decrementAndGet();
        watch.sent(System.nanoTime());
    }

    /** Stops reading while too much waits, so that the client has to stop sending. */
    private void readOnlyWhatCanWait() {
        boolean read = !state.isLoggingIn()
                && unread.length == 0
                && state.queue().bytes() <= limits.waitingBytesMax()
                && state.queue().size() <= limits.waitingRequestsMax()
                && unsentBytes <= limits.outboundBytesMax();
        if (channel().channel().config().isAutoRead() != read) {
            channel().channel().config().setAutoRead(read);
            watch.readingPaused();
        }
    }

    private void check() {
        long now = System.nanoTime();
        watch.writing(unsentWrites.get() > 0, now);
        if (watch.isMessageLate(now) || watch.isPeerNotReading(now)) {
            LOG.debug("{}: closed because the client is too slow", state.facts().connectionId());
            step(new ConnectionInput.Ended());
            closeAtOnce();
        } else if (mustShowLife(now)) {
            send(NOOP);
            channel().flush();
        }
    }

    /** While nothing is read, only writing can tell that the peer is gone, so it is done at every check. */
    private boolean mustShowLife(long now) {
        boolean paused = !channel().channel().config().isAutoRead();
        return state.facts().version().hasServerNoop() && state.owesAnswer() && (paused || watch.isSignOfLifeDue(now));
    }
}
