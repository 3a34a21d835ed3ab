package skein.cypher.execute;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.vocabulary.Notification;

/** One run of a query. Used by one thread. After a failure it must not be used any more. */
public interface RunningQuery {
    /** Names of the columns, in order; empty when the query returns nothing. */
    List<String> columns();

    /** The next row, with values that may leave the runtime; null when there are no more. */
    Value @Nullable [] next();

    /** Drops the rows not read yet and does the writes not done yet. Does nothing for a query that only reads. */
    void drain();

    /** What has been changed so far. */
    QueryCounters counters();

    /** The plan as Bolt carries it, for EXPLAIN and PROFILE; complete once there are no more rows. */
    @Nullable
    MapValue plan();

    /** True when {@link #plan} carries actual rows. */
    boolean profiled();

    List<Notification> notifications();
}
