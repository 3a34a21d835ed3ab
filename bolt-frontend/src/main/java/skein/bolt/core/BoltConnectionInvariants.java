package skein.bolt.core;

import java.util.List;
import skein.bolt.message.BoltRequest;
import skein.vocabulary.Invariant;
import skein.vocabulary.Step;

/** What holds of every state and every step of a connection; called by tests and by the fuzzer after each step. */
final class BoltConnectionInvariants {
    private BoltConnectionInvariants() {}

    static void check(ConnectionState before, ConnectionInput input, Step<ConnectionState, ConnectionEffect> step) {
        ConnectionState after = step.state();
        checkState(after);
        checkEffects(before, step.effects(), after);
        if (!(after.phase() instanceof Phase.Defunct)) {
            checkAnswers(before, input, step);
        }
    }

    private static void checkState(ConnectionState state) {
        Invariant.check(
                state.running() != null || state.queue().isEmpty(),
                "%d requests wait for nothing in %s",
                state.queue().size(),
                state.title());
        int resetsWithinReach = state.queue().size() + (state.running() instanceof Running.Resetting ? 1 : 0);
        Invariant.check(
                state.resets() >= 0 && state.resets() <= resetsWithinReach,
                "%d RESETs are owed, %d requests wait",
                state.resets(),
                state.queue().size());
        Invariant.check(
                state.running() == null || !(state.phase() instanceof Phase.Defunct), "a closed connection runs a job");
        Invariant.check(
                state.queue().bytes() >= 0, "%d bytes wait", state.queue().bytes());
    }

    private static void checkEffects(ConnectionState before, List<ConnectionEffect> effects, ConnectionState after) {
        long starts = count(effects, ConnectionEffect.Start.class);
        long closes = count(effects, ConnectionEffect.Close.class);
        Invariant.check(starts <= 1, "%d jobs start at once", starts);
        Invariant.check(starts == 0 || after.running() != null || closes == 1, "a started job is not remembered");
        Invariant.check(
                closes == 0 || effects.getLast() instanceof ConnectionEffect.Close, "something follows the end");
        boolean foresees = count(effects, ConnectionEffect.Foresee.class) > 0;
        Invariant.check(
                !foresees || (after.running() != null && !after.queue().isEmpty() && after.resets() == 0),
                "what nobody asked for yet is foreseen in %s",
                after.title());
        boolean ends = after.phase() instanceof Phase.Defunct && !(before.phase() instanceof Phase.Defunct);
        Invariant.check(closes == (ends ? 1 : 0), "%d closes when the phase becomes %s", closes, after.title());
        Invariant.check(
                !(before.phase() instanceof Phase.Defunct) || effects.isEmpty(),
                "a closed connection acts: %s",
                effects);
    }

    /** Answers sent are answers no longer owed, one for one. */
    private static void checkAnswers(
            ConnectionState before, ConnectionInput input, Step<ConnectionState, ConnectionEffect> step) {
        long sent = count(step.effects(), ConnectionEffect.Send.class);
        long asked = input instanceof ConnectionInput.Received(BoltRequest request, long ignored)
                        && !(request instanceof BoltRequest.Goodbye)
                ? 1
                : 0;
        long owed = owed(before) + asked;
        Invariant.check(
                owed - sent == owed(step.state()), "%d answers owed, %d sent, %d left", owed, sent, owed(step.state()));
    }

    private static long owed(ConnectionState state) {
        return (long) state.queue().size()
                + (state.running() == null || state.running() instanceof Running.CleaningUp ? 0 : 1);
    }

    private static long count(List<ConnectionEffect> effects, Class<? extends ConnectionEffect> kind) {
        return effects.stream().filter(kind::isInstance).count();
    }
}
