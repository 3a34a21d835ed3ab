package skein.query;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import skein.cypher.PreparedQuery;
import skein.cypher.execute.RunningQuery;
import skein.cypher.procedure.InstanceFacts;
import skein.graph.Value;
import skein.query.QueryTarget.OpenTransaction;
import skein.session.IsolationLevel;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary.QueryKind;
import skein.session.TransactionOptions;
import skein.vocabulary.Bookmark;

/** One transaction of a session and the queries that run in it. Confined to the session's thread, termination aside. */
final class SessionTransaction implements AutoCloseable {
    private final QueryTarget target;
    private final OpenTransaction open;
    private final IsolationLevel isolation;
    private final Termination termination;
    private final InstanceFacts facts;
    private final long memoryBytesMax;
    private final ZonedDateTime begun = RunEnvironment.now();
    private final List<TransactionCursor> cursors = new ArrayList<>();

    private SessionTransaction(
            QueryTarget target,
            OpenTransaction open,
            IsolationLevel isolation,
            Termination termination,
            InstanceFacts facts,
            long memoryBytesMax) {
        this.target = target;
        this.open = open;
        this.isolation = isolation;
        this.termination = termination;
        this.facts = facts;
        this.memoryBytesMax = memoryBytesMax;
    }

    /** Waits for the bookmarks, then takes a snapshot. */
    static SessionTransaction begin(
            QueryTarget target,
            TransactionOptions options,
            IsolationLevel isolation,
            Termination termination,
            InstanceFacts facts,
            SessionSettings settings) {
        for (Bookmark bookmark : options.bookmarks()) {
            target.awaitVisible(bookmark, settings.bookmarkTimeout());
        }
        return new SessionTransaction(
                target,
                target.begin(options.access(), termination::terminate),
                isolation,
                termination,
                facts,
                settings.queryMemoryBytesMax());
    }

    /** The limit of a transaction: its own, else the server's; null for none. */
    static @Nullable Duration timeoutOf(TransactionOptions options, SessionSettings settings) {
        Duration timeout = options.timeout() == null ? settings.queryTimeout() : options.timeout();
        return timeout.isPositive() ? timeout : null;
    }

    /**
     * Starts a query, on a newer state where the isolation level says so; not while rows of an earlier query are still
     * to be read, because they belong to the state that query began with. NOT_MAIN when it writes and this instance
     * takes no writes.
     */
    TransactionCursor start(PreparedQuery query, Map<String, Value> parameters) {
        if (query.kind() != QueryKind.READ) {
            target.requireWritable();
        }
        cursors.removeIf(TransactionCursor::isDone);
        if (isolation.refreshesByStatement() && cursors.isEmpty()) {
            open.refresh();
        }
        RunEnvironment environment =
                new RunEnvironment(begun, termination, facts, ThreadLocalRandom.current(), memoryBytesMax);
        RunningQuery running = query.start(open.graph(), parameters, environment);
        TransactionCursor cursor = new TransactionCursor(query, running, target.name());
        cursors.add(cursor);
        return cursor;
    }

    /** Finishes the writes of every query, then commits. */
    CommitSummary commit() {
        cursors.forEach(TransactionCursor::drain);
        termination.check();
        return open.commit();
    }

    Termination termination() {
        return termination;
    }

    @Override
    public void close() {
        open.close();
    }
}
