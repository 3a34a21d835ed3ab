package skein.bolt.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltRequest;
import skein.bolt.message.BoltResponse;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;
import skein.vocabulary.Step;

/** One step in the making: the state so far and the effects so far. Lives no longer than the step. */
final class Turn {
    /** Messages say back what clients wrote, which may be long. */
    private static final int MESSAGE_LENGTH_MAX = 16 * 1024;

    private final List<ConnectionEffect> effects = new ArrayList<>();
    private ConnectionState state;

    Turn(ConnectionState state) {
        this.state = state;
    }

    Step<ConnectionState, ConnectionEffect> step() {
        return new Step<>(state, effects);
    }

    ConnectionState state() {
        return state;
    }

    Phase phase() {
        return state.phase();
    }

    void phase(Phase next) {
        state = state.in(next);
    }

    void agree(boolean utcPatch, boolean routed, NotificationFilter filter) {
        state = state.agreed(utcPatch, routed, filter);
    }

    void send(BoltResponse response) {
        effects.add(new ConnectionEffect.Send(response));
    }

    void perform(ConnectionEffect effect) {
        effects.add(effect);
    }

    void start(Running running) {
        Invariant.check(state.running() == null, "%s would start beside a running job", running);
        state = state.running(running);
        effects.add(new ConnectionEffect.Start(running.job()));
    }

    /** What ran has ended. */
    @Nullable
    Running stop() {
        Running ended = state.running();
        state = state.running(null);
        return ended;
    }

    void announceReset() {
        state = state.resets(state.resets() + 1);
        interrupt();
    }

    /** Jobs that end work are short and must be done, so only a request's job is cut short; a login is not work. */
    private void interrupt() {
        if (state.running() instanceof Running.Answering && !state.isLoggingIn()) {
            effects.add(new ConnectionEffect.Interrupt());
        }
    }

    void answeredReset() {
        Invariant.check(state.resets() > 0, "a RESET was answered that never came");
        state = state.resets(state.resets() - 1);
    }

    /** What comes after another RESET's turn still counts as interrupted. */
    boolean isInterrupted() {
        return state.resets() > 0;
    }

    void enqueue(ConnectionInput.Received received) {
        state = state.queue(state.queue().add(received));
    }

    boolean isFree() {
        return state.running() == null && !(state.phase() instanceof Phase.Defunct);
    }

    boolean hasWaiting() {
        return !state.queue().isEmpty();
    }

    BoltRequest firstWaiting() {
        return state.queue().first();
    }

    BoltRequest takeWaiting() {
        BoltRequest request = firstWaiting();
        state = state.queue(state.queue().withoutFirst());
        return request;
    }

    /** Answers a failure; whatever the session holds is ended at once. */
    void fail(SkeinException reason) {
        send(new BoltResponse.Failure(reason.code(), message(reason)));
        boolean heldWork = phase().holdsWork();
        phase(new Phase.Failed());
        if (heldWork) {
            start(new Running.CleaningUp(new Job.EndWork()));
        }
    }

    /** Answers a failure after which the connection cannot go on. */
    void failAndClose(SkeinException reason) {
        send(new BoltResponse.Failure(reason.code(), message(reason)));
        close();
    }

    void close() {
        interrupt();
        effects.add(new ConnectionEffect.Close());
        state = state.queue(RequestQueue.EMPTY).resets(0).running(null).in(new Phase.Defunct());
    }

    private static String message(SkeinException reason) {
        String message = reason.getMessage();
        if (message == null) {
            return reason.code().name();
        }
        return message.length() <= MESSAGE_LENGTH_MAX
                ? message
                : message.substring(0, MESSAGE_LENGTH_MAX) + "... (" + message.length() + " characters in all)";
    }
}
