package skein.bolt.net;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skein.bolt.core.Job;
import skein.bolt.core.JobOutcome;
import skein.bolt.message.BoltRequest;
import skein.graph.Value;
import skein.session.Client;
import skein.session.QueryCursor;
import skein.session.QueryService;
import skein.session.QuerySession;
import skein.session.QuerySummary;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * Does a connection's jobs with its query session. Used by the connection's own thread, save for {@link #interrupt}.
 * Whatever a job throws, its outcome is a {@link JobOutcome.Failed} and nothing is left open.
 */
final class JobRunner {
    private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);

    private final String connectionId;
    private final QueryService queries;
    private final RowSink rows;
    private final BooleanSupplier cancelled;
    private final Runnable workInDoubt;
    private final LongSupplier nanoTime;
    private final Map<Long, OpenResult> results = new HashMap<>();
    private volatile @Nullable QuerySession session;
    private volatile @Nullable Client client;
    private @Nullable Client servedClient;

    JobRunner(
            String connectionId,
            QueryService queries,
            RowSink rows,
            BooleanSupplier cancelled,
            Runnable workInDoubt,
            LongSupplier nanoTime) {
        this.connectionId = connectionId;
        this.queries = queries;
        this.rows = rows;
        this.cancelled = cancelled;
        this.workInDoubt = workInDoubt;
        this.nanoTime = nanoTime;
    }

    JobOutcome run(Job job) {
        try {
            if (!isEndOfWork(job)) {
                resume();
                checkCancelled();
            }
            JobOutcome outcome = perform(job);
            rest();
            return outcome;
        } catch (SkeinException e) {
            return failed(e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("{}: {} failed unexpectedly", connectionId, job.getClass().getSimpleName(), e);
            return failed(new SkeinException(
                    ErrorCode.INTERNAL,
                    "The request failed because of a fault in the server: " + e
                            + ". Whether a commit happened is not known. The server's log has more under the name "
                            + connectionId + ".",
                    e));
        }
    }

    /** What was ended from outside must not go on, but may be ended once more. */
    private static boolean isEndOfWork(Job job) {
        return job instanceof Job.Rollback || job instanceof Job.EndWork;
    }

    private void resume() {
        QuerySession open = session;
        if (open != null) {
            open.resume();
        }
    }

    private void rest() {
        QuerySession open = session;
        if (open != null) {
            open.rest();
        }
    }

    /** True when the work of the running job, if it has any, was ended from outside. Any thread. */
    boolean isWorkEnded() {
        QuerySession open = session;
        return open != null && open.isEnded();
    }

    private JobOutcome perform(Job job) {
        return switch (job) {
            case Job.LogIn _ -> throw new IllegalStateException("a login needs no session");
            case Job.Run(var query, var parameters, var options) -> {
                long start = nanoTime.getAsLong();
                yield opened(Job.SINGLE_RESULT, start, session().run(query, parameters, options));
            }
            case Job.RunInTransaction(var query, var parameters, long result) -> {
                long start = nanoTime.getAsLong();
                yield opened(result, start, session().runInTransaction(query, parameters));
            }
            case Job.Pull(long result, long count) -> pull(result, count, rows);
            case Job.Discard(long result, long count) ->
                count == BoltRequest.ALL ? dropped(result) : pull(result, count, row -> true);
            case Job.Begin(var options) -> {
                session().begin(options);
                yield new JobOutcome.Begun(session().chosenDatabase());
            }
            case Job.Commit ignored -> {
                results.clear();
                yield new JobOutcome.Committed(session().commit());
            }
            case Job.Rollback ignored -> endWork();
            case Job.EndWork ignored -> endWork();
            case Job.CheckWork ignored -> new JobOutcome.Done();
            case Job.FindRole(var address, String database) -> routed(new DatabaseName(database));
        };
    }

    private JobOutcome routed(DatabaseName database) {
        return queries.clusterTable(database)
                .<JobOutcome>map(JobOutcome.RoutedByCluster::new)
                .orElseGet(() -> new JobOutcome.Routed(queries.route(database)));
    }

    private JobOutcome opened(long result, long startNanos, QueryCursor cursor) {
        results.put(result, new OpenResult(cursor));
        return new JobOutcome.Ran(
                cursor.columns(), millisSince(startNanos), session().chosenDatabase());
    }

    private JobOutcome pull(long result, long count, RowSink sink) {
        long start = nanoTime.getAsLong();
        OpenResult open = open(result);
        for (long taken = 0; count == BoltRequest.ALL || taken < count; taken++) {
            checkCancelled();
            Value[] row = open.cursor.next();
            if (row == null) {
                return drained(result, start);
            }
            open.hadRows = true;
            if (!sink.row(row)) {
                checkCancelled();
            }
        }
        return new JobOutcome.HasMore();
    }

    /** Whether there would have been rows is not looked into; a result that could have some counts as one that had. */
    private JobOutcome dropped(long result) {
        open(result).hadRows = true;
        return drained(result, nanoTime.getAsLong());
    }

    private JobOutcome drained(long result, long startNanos) {
        OpenResult open = open(result);
        results.remove(result);
        QuerySummary summary = open.cursor.finish();
        return new JobOutcome.Drained(
                summary, open.extent(), millisSince(startNanos), session().isTransactionOpen());
    }

    private OpenResult open(long result) {
        OpenResult open = results.get(result);
        Invariant.check(open != null, "result %d is not open", result);
        return Objects.requireNonNull(open);
    }

    /** A result between its query and its end. */
    private static final class OpenResult {
        private final QueryCursor cursor;
        private boolean hadRows;

        OpenResult(QueryCursor cursor) {
            this.cursor = cursor;
        }

        JobOutcome.Extent extent() {
            if (cursor.columns().isEmpty()) {
                return JobOutcome.Extent.NO_COLUMNS;
            }
            return hadRows ? JobOutcome.Extent.ROWS : JobOutcome.Extent.NO_ROWS;
        }
    }

    private JobOutcome endWork() {
        results.clear();
        QuerySession open = session;
        if (open != null) {
            open.rollback();
        }
        return new JobOutcome.Done();
    }

    private JobOutcome failed(SkeinException reason) {
        try {
            endWork();
        } catch (RuntimeException e) {
            LOG.error("{}: the session could not be ended in order and is replaced", connectionId, e);
            close();
        }
        return new JobOutcome.Failed(reason);
    }

    /** The session knows best why its work was ended. */
    private void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            resume();
            throw terminated();
        }
    }

    private static SkeinException terminated() {
        return new SkeinException(
                ErrorCode.TRANSACTION_TERMINATED,
                "The transaction was ended by the client before it was done, and is rolled back. Run it again.");
    }

    /** From the next job on; the session of whoever was served before ends then. */
    void serve(Client next) {
        client = next;
    }

    private QuerySession session() {
        Client current = Invariant.present(client, "%s works for nobody", connectionId);
        if (!current.equals(servedClient)) {
            close();
            servedClient = current;
        }
        QuerySession open = session;
        if (open == null) {
            open = queries.open(current);
            open.onEnded(workInDoubt);
            session = open;
        }
        return open;
    }

    /** Ends what the session does now; any thread. */
    void interrupt() {
        QuerySession open = session;
        if (open != null) {
            open.interrupt();
        }
    }

    void close() {
        results.clear();
        QuerySession open = session;
        session = null;
        if (open != null) {
            try {
                open.close();
            } catch (RuntimeException e) {
                LOG.error("{}: the session could not be closed in order", connectionId, e);
            }
        }
    }

    private long millisSince(long startNanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanoTime.getAsLong() - startNanos);
    }
}
