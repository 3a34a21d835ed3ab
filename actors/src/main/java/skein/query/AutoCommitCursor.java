package skein.query;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QuerySummary;

/** A query whose transaction is its own: it ends with it. */
final class AutoCommitCursor implements QueryCursor {
    private final QueryCursor rows;
    private final Supplier<QuerySummary> commit;
    private final Runnable end;

    /**
     * @param commit finishes the query and its transaction
     * @param end frees what is left, whatever has come of it
     */
    AutoCommitCursor(QueryCursor rows, Supplier<QuerySummary> commit, Runnable end) {
        this.rows = rows;
        this.commit = commit;
        this.end = end;
    }

    @Override
    public List<String> columns() {
        return rows.columns();
    }

    @Override
    public Value @Nullable [] next() {
        try {
            return rows.next();
        } catch (RuntimeException e) {
            end.run();
            throw e;
        }
    }

    @Override
    public QuerySummary finish() {
        try {
            return commit.get();
        } finally {
            end.run();
        }
    }
}
