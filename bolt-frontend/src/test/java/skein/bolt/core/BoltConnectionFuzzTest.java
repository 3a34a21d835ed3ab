package skein.bolt.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skein.bolt.message.BoltResponse;
import skein.bolt.message.BoltVersion;
import skein.session.Authentication;
import skein.session.Client;
import skein.session.QueryCounters;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.Route;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * Seeded conversations of legal and senseless requests against a session that answers what it pleases. The invariants
 * hold at every step, jobs only run where the session allows them, and RESET always recovers.
 */
final class BoltConnectionFuzzTest {
    private static final int CONVERSATIONS = 1_500;
    private static final int STEPS = 60;
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

    @ParameterizedTest
    @EnumSource(BoltVersion.class)
    void resetAlwaysRecovers(BoltVersion version) {
        int survived = 0;
        for (int seed = 0; seed < CONVERSATIONS; seed++) {
            Conversation conversation = new Conversation(version, new SplittableRandom(seed));
            try {
                conversation.talk();
                survived += conversation.endsReadyAfterReset() ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + " of " + version, e);
            }
        }
        assertThat(survived).as("conversations that lived to be reset").isGreaterThan(CONVERSATIONS / 20);
    }

    private static final class Conversation {
        private final SplittableRandom dice;
        private final Script script;
        private final Deque<Job> running = new ArrayDeque<>();
        private final SessionSketch session = new SessionSketch();

        Conversation(BoltVersion version, SplittableRandom dice) {
            this.dice = dice;
            this.script = new Script(version.toString());
            ask("HELLO user_agent=x");
            if (version.hasLogon()) {
                ask("LOGON");
            }
            perform(new ConnectionInput.JobEnded(login()));
            running.clear();
        }

        private static JobOutcome login() {
            return new JobOutcome.LoggedIn(new Authentication.Login(new Client.Identity.Anonymous(), false));
        }

        void talk() {
            for (int i = 0; i < STEPS; i++) {
                switch (dice.nextInt(10)) {
                    case 0, 1, 2, 3 -> endJob();
                    case 4 -> expireSometimes();
                    case 5 -> ask(dice.nextInt(8) == 0 ? pick(ANY) : pick(fitting()));
                    default -> ask(pick(fitting()));
                }
            }
        }

        private void expireSometimes() {
            if (dice.nextInt(5) == 0) {
                perform(new ConnectionInput.IdleTooLong());
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
            for (ConnectionEffect effect : script.step(input)) {
                if (effect instanceof ConnectionEffect.Start(Job job)) {
                    assertThat(running).isEmpty();
                    running.add(job);
                }
                if (effect instanceof ConnectionEffect.Send(var response)
                        && response instanceof BoltResponse.Failure failure) {
                    assertThat(failure.message()).isNotBlank();
                }
            }
        }
    }

    /** What a session has open, and which jobs make sense to it. */
    private static final class SessionSketch {
        private static final QuerySummary SUMMARY = new QuerySummary(
                QueryKind.READ, QueryCounters.NONE, new DatabaseName("skein"), null, null, false, List.of());
        private static final CommitSummary COMMITTED = new CommitSummary(
                Bookmark.parse("skein:00000000-0000-0001-0000-00000000000d:00000000-0000-0001-0000-000000000002:7"),
                List.of());

        private boolean transaction;
        private final Set<Long> results = new HashSet<>();

        boolean isEmpty() {
            return !transaction && results.isEmpty();
        }

        JobOutcome end(Job job, SplittableRandom dice) {
            check(job);
            if (!(job instanceof Job.EndWork) && dice.nextInt(8) == 0) {
                clear();
                return new JobOutcome.Failed(new SkeinException(ErrorCode.TYPE_ERROR, "by chance"));
            }
            return switch (job) {
                case Job.LogIn ignored -> Conversation.login();
                case Job.Run ignored -> opened(Job.SINGLE_RESULT);
                case Job.RunInTransaction(var query, var parameters, long result) -> opened(result);
                case Job.Pull(long result, long count) -> pulled(result, dice);
                case Job.Discard(long result, long count) -> pulled(result, dice);
                case Job.Begin ignored -> {
                    transaction = true;
                    yield new JobOutcome.Done();
                }
                case Job.Commit ignored -> {
                    clear();
                    yield new JobOutcome.Committed(COMMITTED);
                }
                case Job.Rollback ignored -> ended();
                case Job.EndWork ignored -> ended();
                case Job.FindRole ignored -> new JobOutcome.Routed(new Route(dice.nextBoolean(), null));
            };
        }

        private void check(Job job) {
            boolean fits = switch (job) {
                case Job.LogIn ignored -> isEmpty();
                case Job.Run ignored -> isEmpty();
                case Job.Begin ignored -> isEmpty();
                case Job.RunInTransaction(var query, var parameters, long result) ->
                    transaction && !results.contains(result);
                case Job.Pull(long result, long count) -> results.contains(result);
                case Job.Discard(long result, long count) -> results.contains(result);
                case Job.Commit ignored -> transaction;
                case Job.Rollback ignored -> transaction;
                case Job.EndWork ignored -> !isEmpty();
                case Job.FindRole ignored -> isEmpty();
            };
            Invariant.check(fits, "%s with transaction %s and results %s", job, transaction, results);
        }

        private JobOutcome opened(long result) {
            results.add(result);
            return new JobOutcome.Ran(List.of("a"), 0);
        }

        private JobOutcome pulled(long result, SplittableRandom dice) {
            if (dice.nextBoolean()) {
                return new JobOutcome.HasMore();
            }
            results.remove(result);
            return new JobOutcome.Drained(SUMMARY, JobOutcome.Extent.ROWS, 0, false);
        }

        private JobOutcome ended() {
            clear();
            return new JobOutcome.Done();
        }

        private void clear() {
            transaction = false;
            results.clear();
        }
    }
}
