package skein.bolt.core;

import skein.bolt.message.BoltRequest;
import skein.vocabulary.Step;

/**
 * One client's connection after the handshake, as a state machine: a message, the end of a job or the loss of the peer
 * goes in; answers, jobs and the end come out.
 *
 * <p>A request is answered as soon as nothing runs; until then it waits. RESET and GOODBYE are noticed on arrival: they
 * interrupt what runs, and what waits before a RESET is ignored.
 */
public final class BoltConnection {
    private BoltConnection() {}

    public static Step<ConnectionState, ConnectionEffect> step(ConnectionState state, ConnectionInput input) {
        if (state.phase() instanceof Phase.Defunct) {
            return Step.to(state);
        }
        Turn turn = new Turn(state);
        switch (input) {
            case ConnectionInput.Received received -> receive(turn, received);
            case ConnectionInput.JobEnded(JobOutcome outcome) -> new JobEnd(turn).take(outcome);
            case ConnectionInput.WorkInDoubt ignored -> new Requests(turn).lookAfterWork();
            case ConnectionInput.Ended ignored -> turn.close();
        }
        answerWhatWaits(turn);
        if (turn.hasWaiting() && (state.queue().isEmpty() || isAnotherJob(turn.state(), state))) {
            new Requests(turn).foresee(turn.firstWaiting());
        }
        return turn.step();
    }

    @SuppressWarnings("ReferenceEquality") // the same words asked for again are another job
    private static boolean isAnotherJob(ConnectionState after, ConnectionState before) {
        return after.running() != before.running();
    }

    private static void receive(Turn turn, ConnectionInput.Received received) {
        switch (received.request()) {
            case BoltRequest.Goodbye ignored -> turn.close();
            case BoltRequest.Reset ignored -> {
                turn.announceReset();
                turn.enqueue(received);
            }
            default -> turn.enqueue(received);
        }
    }

    private static void answerWhatWaits(Turn turn) {
        Requests requests = new Requests(turn);
        while (turn.isFree() && turn.hasWaiting()) {
            requests.answer(turn.takeWaiting());
        }
    }
}
