package skein.bolt.core;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
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

/** What a session has open, and which jobs make sense to it. */
final class SessionSketch {
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

    JobOutcome end(Job job, RandomGenerator dice) {
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
                yield new JobOutcome.Begun(null);
            }
            case Job.Commit ignored -> {
                clear();
                yield new JobOutcome.Committed(COMMITTED);
            }
            case Job.Rollback ignored -> ended();
            case Job.EndWork ignored -> ended();
            case Job.CheckWork ignored -> new JobOutcome.Done();
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
            case Job.CheckWork ignored -> !isEmpty();
            case Job.FindRole ignored -> isEmpty();
        };
        Invariant.check(fits, "%s with transaction %s and results %s", job, transaction, results);
    }

    private JobOutcome opened(long result) {
        results.add(result);
        return new JobOutcome.Ran(List.of("a"), 0, null);
    }

    private JobOutcome pulled(long result, RandomGenerator dice) {
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
