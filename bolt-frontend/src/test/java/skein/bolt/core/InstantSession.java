package skein.bolt.core;

import java.util.List;
import skein.bolt.message.ResponseWriter;
import skein.bolt.packstream.Dialect;
import skein.graph.Value;
import skein.session.QueryCounters;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.Route;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Answers every job at once: a query has one column and one row, and one that begins with {@code FAIL} fails. */
final class InstantSession {
    private static final Bookmark BOOKMARK =
            Bookmark.parse("skein:00000000-0000-0001-0000-00000000000d:00000000-0000-0001-0000-000000000002:7");
    private static final QuerySummary SUMMARY = new QuerySummary(
            QueryKind.READ, QueryCounters.NONE, new DatabaseName("skein"), BOOKMARK, null, false, List.of());

    JobOutcome end(Job job, ResponseWriter rows, Dialect dialect) {
        return switch (job) {
            case Job.Run run -> ran(run.query());
            case Job.RunInTransaction run -> ran(run.query());
            case Job.Pull ignored -> {
                rows.row(new Value[] {Value.of(1)}, dialect);
                yield drained();
            }
            case Job.Discard ignored -> drained();
            case Job.Commit ignored -> new JobOutcome.Committed(new CommitSummary(BOOKMARK, List.of()));
            case Job.FindRole ignored -> new JobOutcome.Routed(new Route(true, null));
            case Job.LogIn ignored -> Conversation.login();
            case Job.Begin ignored -> new JobOutcome.Begun(null);
            case Job.Rollback _, Job.EndWork _, Job.CheckWork _ -> new JobOutcome.Done();
        };
    }

    private static JobOutcome ran(String query) {
        return query.startsWith("FAIL")
                ? new JobOutcome.Failed(new SkeinException(ErrorCode.SYNTAX_ERROR, "asked to fail"))
                : new JobOutcome.Ran(List.of("n"), 0, null);
    }

    private static JobOutcome drained() {
        return new JobOutcome.Drained(SUMMARY, JobOutcome.Extent.ROWS, 0, false);
    }
}
