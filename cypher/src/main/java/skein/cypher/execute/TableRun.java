package skein.cypher.execute;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.vocabulary.Notification;

/** An answer that is known as a whole: SHOW, EXPLAIN, index statements. */
final class TableRun implements RunningQuery {
    private final List<String> columns;
    private final Iterator<Value[]> rows;
    private final QueryCounters counters;
    private final @Nullable MapValue plan;
    private final boolean profiled;
    private final List<Notification> notifications;

    private TableRun(
            List<String> columns,
            List<Value[]> rows,
            QueryCounters counters,
            @Nullable MapValue plan,
            boolean profiled,
            List<Notification> notifications) {
        this.columns = List.copyOf(columns);
        this.rows = rows.iterator();
        this.counters = counters;
        this.plan = plan;
        this.profiled = profiled;
        this.notifications = List.copyOf(notifications);
    }

    static TableRun ofRows(List<String> columns, List<Value[]> rows) {
        return new TableRun(columns, rows, QueryCounters.NONE, null, false, List.of());
    }

    static TableRun ofPlan(
            List<String> columns, List<Value[]> rows, MapValue plan, boolean profiled, QueryCounters counters) {
        return new TableRun(columns, rows, counters, plan, profiled, List.of());
    }

    static TableRun ofChange(QueryCounters counters, List<Notification> notifications) {
        return new TableRun(List.of(), List.of(), counters, null, false, notifications);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Value @Nullable [] next() {
        return rows.hasNext() ? rows.next() : null;
    }

    @Override
    public void drain() {
        while (rows.hasNext()) {
            rows.next();
        }
    }

    @Override
    public QueryCounters counters() {
        return counters;
    }

    @Override
    public @Nullable MapValue plan() {
        return plan;
    }

    @Override
    public boolean profiled() {
        return profiled;
    }

    @Override
    public List<Notification> notifications() {
        return notifications;
    }
}
