package skein.cypher;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.execute.RunningQuery;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.vocabulary.Notification;

/** A run of a shared plan under the column names of one query. */
record RenamedRun(RunningQuery run, List<String> columns) implements RunningQuery {
    @Override
    public Value @Nullable [] next() {
        return run.next();
    }

    @Override
    public void drain() {
        run.drain();
    }

    @Override
    public QueryCounters counters() {
        return run.counters();
    }

    @Override
    public @Nullable MapValue plan() {
        return run.plan();
    }

    @Override
    public boolean profiled() {
        return run.profiled();
    }

    @Override
    public List<Notification> notifications() {
        return run.notifications();
    }
}
