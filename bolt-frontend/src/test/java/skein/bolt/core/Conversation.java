package skein.bolt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import skein.bolt.message.BoltResponse;
import skein.bolt.message.BoltVersion;
import skein.session.Authentication;
import skein.session.Client;

/** A conversation of legal and senseless requests, as the dice fall, with a session that answers what it pleases. */
final class Conversation {
    private static final List<String> ANY = List.of(
            "HELLO user_agent=x",
            "LOGON",
            "LOGOFF",
            "TELEMETRY",
            "UNREADABLE",
            "PULL n=1 qid=3",
            "RUN mode=z",
            "BEGIN bookmarks=junk|",
            "GOODBYE");

    private final RandomGenerator dice;
    private final Script script;
    private final Deque<Job> running = new ArrayDeque<>();
    private final SessionSketch session = new SessionSketch();
    private @Nullable Job foreseen;

    Conversation(BoltVersion version, RandomGenerator dice) {
        this.dice = dice;
        this.script = new Script(version.toString());
        ask("HELLO user_agent=x");
        if (version.hasLogon()) {
            ask("LOGON");
        }
        perform(new ConnectionInput.JobEnded(login()));
        running.clear();
    }

    static JobOutcome login() {
        return new JobOutcome.LoggedIn(new Authentication.Login(new Client.Identity.Anonymous(), false));
    }

    void turn() {
        switch (dice.nextInt(10)) {
            case 0, 1, 2, 3 -> endJob();
            case 4 -> expireSometimes();
            case 5 -> ask(dice.nextInt(8) == 0 ? pick(ANY) : pick(fitting()));
            default -> ask(pick(fitting()));
        }
    }

    private void expireSometimes() {
        if (dice.nextInt(5) == 0) {
            perform(new ConnectionInput.WorkInDoubt());
        }
    }

    /** Closed connections cannot be recovered, which is for their peers to know; all others can. */
    boolean endsReadyAfterReset() {
        ask("RESET");
        while (!running.isEmpty()) {
            endJob();
        }
        if (script.state().phase() instanceof Phase.Defunct) {
            return false;
        }
        if (script.state().phase() instanceof Phase.Authentication) {
            return false;
        }
        assertThat(script.state().phase()).isEqualTo(Phase.ready());
        assertThat(script.state().resets()).isZero();
        assertThat(session.isEmpty()).isTrue();
        return true;
    }

    /** What a sound driver would send now, or send ahead while a job runs. */
    private List<String> fitting() {
        if (!running.isEmpty()) {
            return switch (running.getFirst()) {
                case Job.Run ignored -> List.of("PULL n=2", "RESET");
                case Job.Begin ignored -> List.of("RUN", "COMMIT", "RESET");
                default -> List.of("RESET");
            };
        }
        return switch (script.state().phase()) {
            case Phase.Ready ignored -> List.of("RUN", "BEGIN", "ROUTE", "RESET");
            case Phase.Streaming ignored -> List.of("PULL n=-1", "PULL n=2", "DISCARD n=-1", "RESET");
            case Phase.InTransaction ignored ->
                List.of("RUN", "RUN", "PULL n=2", "PULL n=1 qid=0", "DISCARD n=-1", "COMMIT", "ROLLBACK");
            default -> List.of("RUN", "RESET");
        };
    }

    private String pick(List<String> lines) {
        return lines.get(dice.nextInt(lines.size()));
    }

    private void ask(String line) {
        perform(new ConnectionInput.Received(Script.request(List.of(line.split(" +", -1))), 10));
    }

    private void endJob() {
        Job job = running.poll();
        if (job != null) {
            perform(new ConnectionInput.JobEnded(session.end(job, dice)));
        }
    }

    private void perform(ConnectionInput input) {
        Job promised = isOpened(input) ? foreseen : null;
        if (input instanceof ConnectionInput.JobEnded) {
            foreseen = null;
        }
        for (ConnectionEffect effect : script.step(input)) {
            if (effect instanceof ConnectionEffect.Start(Job job)) {
                assertThat(running).isEmpty();
                running.add(job);
            }
            if (effect instanceof ConnectionEffect.Foresee(Job job)) {
                foreseen = job;
            }
            if (effect instanceof ConnectionEffect.Send(var response)
                    && response instanceof BoltResponse.Failure failure) {
                assertThat(failure.message()).isNotBlank();
            }
        }
        if (promised != null) {
            assertThat(running).as("what was foreseen").containsExactly(promised);
        }
    }

    private boolean isOpened(ConnectionInput input) {
        return input instanceof ConnectionInput.JobEnded(JobOutcome.Ran _)
                && script.state().resets() == 0
                && !(script.state().phase() instanceof Phase.Defunct);
    }
}
