package skein.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.PreparedQuery;
import skein.cypher.execute.RunningQuery;
import skein.graph.Value;
import skein.query.QueryTarget.OpenTransaction;
import skein.session.QueryCursor;
import skein.session.QuerySession.CommitSummary;
import skein.session.QuerySummary;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Notification;

/** A query inside a transaction that others commit. */
final class TransactionCursor implements QueryCursor {
    private final PreparedQuery query;
    private final RunningQuery running;
    private final DatabaseName database;
    private final OpenTransaction open;
    private final RunEnvironment environment;
    private boolean done;

    TransactionCursor(
            PreparedQuery query,
            RunningQuery running,
            DatabaseName database,
            OpenTransaction open,
            RunEnvironment environment) {
        this.query = query;
        this.running = running;
        this.database = database;
        this.open = open;
        this.environment = environment;
    }

    @Override
    public List<String> columns() {
        return running.columns();
    }

    @Override
    public Value @Nullable [] next() {
        open.resume();
        try {
            Value[] row = running.next();
            if (row == null) {
                release();
            }
            return row;
        } finally {
            open.pause();
        }
    }

    void drain() {
        if (done) {
            return;
        }
        open.resume();
        try {
            running.drain();
            release();
        } finally {
            open.pause();
        }
    }

    /** What the query held is nobody's any more. */
    void release() {
        done = true;
        environment.close();
    }

    /** True when the query has done all it will do. */
    boolean isDone() {
        return done;
    }

    @Override
    public QuerySummary finish() {
        drain();
        return summary(null);
    }

    /** @param commit null while the transaction is open */
    QuerySummary summary(@Nullable CommitSummary commit) {
        List<Notification> notifications = new ArrayList<>(running.notifications());
        if (commit != null) {
            notifications.addAll(commit.notifications());
        }
        return new QuerySummary(
                query.kind(),
                running.counters(),
                database,
                commit == null ? null : commit.bookmark(),
                running.plan(),
                running.profiled(),
                notifications,
                commit == null ? List.of() : commit.acks());
    }
}
