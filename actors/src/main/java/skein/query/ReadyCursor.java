package skein.query;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.session.QueryCursor;
import skein.session.QuerySummary;

/** Rows that are there already. */
record ReadyCursor(List<String> columns, Iterator<List<Value>> rows, QuerySummary summary) implements QueryCursor {
    @Override
    public Value @Nullable [] next() {
        return rows.hasNext() ? rows.next().toArray(Value[]::new) : null;
    }

    @Override
    public QuerySummary finish() {
        return summary;
    }
}
