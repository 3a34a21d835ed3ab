package skein.cypher.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.entity.ResultMaterializer;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.vocabulary.Notification;

/** One run of a compiled plan. */
final class PlanRun implements RunningQuery {
    private final List<String> columns;
    private final int[] slots;
    private final boolean writes;
    private final Execution run;
    private final Cursor cursor;
    private boolean ended;

    PlanRun(List<String> columns, CompiledPlan plan, boolean writes, Execution run) {
        this.columns = columns;
        this.slots = plan.columns();
        this.writes = writes;
        this.run = run;
        this.cursor = plan.root().open(run);
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public Value @Nullable [] next() {
        if (!advance()) {
            return null;
        }
        Value[] row = new Value[slots.length];
        for (int i = 0; i < slots.length; i++) {
            row[i] = ResultMaterializer.materialize(run.frame[slots[i]], run.transaction);
        }
        return row;
    }

    private boolean advance() {
        if (ended) {
            return false;
        }
        if (cursor.next()) {
            return true;
        }
        ended = true;
        run.checkDeletedNodes();
        return false;
    }

    @Override
    public void drain() {
        if (!writes) {
            ended = true;
        }
        while (advance()) {
            run.checkTermination();
        }
    }

    @Override
    public QueryCounters counters() {
        return run.counters.snapshot();
    }

    @Override
    public @Nullable MapValue plan() {
        return null;
    }

    @Override
    public boolean profiled() {
        return false;
    }

    @Override
    public List<Notification> notifications() {
        return run.hopsAreCut()
                ? List.of(new Notification(
                        "HopsLimitReached",
                        "The answer is not complete.",
                        "The query looked at as many relationships as USING HOPS LIMIT allows; paths that need more"
                                + " of them are missing. Raise the limit or ask for less.",
                        Notification.Severity.WARNING))
                : List.of();
    }
}
