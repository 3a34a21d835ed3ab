package skein.bolt.core;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltVersion;
import skein.bolt.message.RequestReader;
import skein.bolt.message.ResponseWriter;
import skein.bolt.packstream.ChunkReader;
import skein.bolt.packstream.PackStreamException;
import skein.bolt.packstream.PackStreamLimits;
import skein.vocabulary.Step;

/**
 * A whole connection without sockets and threads: bytes in, bytes out. The session behind it answers every job at once:
 * a query has one row. Invariants are checked at every step.
 */
public final class PureConnection {
    private static final int STRANGER_BYTES_MAX = 8 * 1024;
    private static final int CLIENT_BYTES_MAX = 1 << 20;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ResponseWriter responses = new ResponseWriter();
    private final Deque<Job> jobs = new ArrayDeque<>();
    private final InstantSession session = new InstantSession();
    private byte[] opening = new byte[0];
    private boolean offered;
    private boolean closed;
    private @Nullable Talk talk;

    /** What there is after the handshake. */
    private final class Talk {
        private final RequestReader requests;
        private final ChunkReader chunks = new ChunkReader(STRANGER_BYTES_MAX, this::message);
        private PackStreamLimits limits = PackStreamLimits.STRANGER;
        private ConnectionState state;

        Talk(BoltVersion version, boolean manifest) {
            requests = new RequestReader(version);
            ConnectionFacts facts = Script.facts(version);
            state = ConnectionState.initial(new ConnectionFacts(
                    facts.connectionId(),
                    version,
                    manifest,
                    facts.serverAgent(),
                    facts.defaultDatabase(),
                    facts.advertisedAddress(),
                    facts.keepAlive(),
                    facts.routingTtl(),
                    facts.openResultsMax()));
        }

        private void message(byte[] bytes, int length) {
            if (!closed) {
                step(new ConnectionInput.Received(requests.read(bytes, length, state.dialect(), limits), length));
            }
        }

        private void step(ConnectionInput input) {
            Step<ConnectionState, ConnectionEffect> step = BoltConnection.step(state, input);
            BoltConnectionInvariants.check(state, input, step);
            state = step.state();
            step.effects().forEach(this::perform);
            Job job = jobs.poll();
            if (job != null && !closed) {
                step(new ConnectionInput.JobEnded(session.end(job, responses, state.dialect())));
            }
        }

        private void perform(ConnectionEffect effect) {
            switch (effect) {
                case ConnectionEffect.Send(var response) ->
                    responses.summary(response, state.facts().version());
                case ConnectionEffect.Start(Job job) -> jobs.add(job);
                case ConnectionEffect.Interrupt _, ConnectionEffect.Foresee _ -> {}
                case ConnectionEffect.LoggedIn ignored -> {
                    chunks.limit(CLIENT_BYTES_MAX);
                    limits = PackStreamLimits.CLIENT;
                }
                case ConnectionEffect.LoggedOut ignored -> {
                    chunks.limit(STRANGER_BYTES_MAX);
                    limits = PackStreamLimits.STRANGER;
                }
                case ConnectionEffect.Close ignored -> closed = true;
            }
        }
    }

    /** Takes bytes; anything is fine. */
    public void feed(byte[] bytes, int offset, int length) {
        if (closed) {
            return;
        }
        Talk open = talk;
        if (open == null) {
            int before = opening.length;
            opening = Arrays.copyOf(opening, before + length);
            System.arraycopy(bytes, offset, opening, before, length);
            shakeHands();
            return;
        }
        try {
            open.chunks.feed(bytes, offset, length);
        } catch (PackStreamException e) {
            closed = true;
        }
        out.writeBytes(responses.drain());
    }

    private void shakeHands() {
        Handshake.Outcome outcome =
                offered ? Handshake.choose(opening, opening.length) : Handshake.open(opening, opening.length);
        switch (outcome) {
            case Handshake.Outcome.Incomplete ignored -> {}
            case Handshake.Outcome.Refused(byte[] reply) -> {
                out.writeBytes(reply);
                closed = true;
            }
            case Handshake.Outcome.Offered(byte[] reply, int consumed) -> {
                out.writeBytes(reply);
                offered = true;
                opening = Arrays.copyOfRange(opening, consumed, opening.length);
                shakeHands();
            }
            case Handshake.Outcome.Agreed agreed -> {
                out.writeBytes(agreed.reply());
                talk = new Talk(agreed.version(), agreed.manifest());
                feed(opening, agreed.consumed(), opening.length - agreed.consumed());
            }
        }
    }

    /** Everything answered so far. */
    public byte[] output() {
        return out.toByteArray();
    }

    public boolean isClosed() {
        return closed;
    }

    /** How the state is called, before there is one: HANDSHAKE. */
    public String state() {
        Talk open = talk;
        return open == null ? "HANDSHAKE" : open.state.title();
    }
}
