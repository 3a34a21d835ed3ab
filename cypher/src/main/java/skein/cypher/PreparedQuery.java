package skein.cypher;

import java.util.List;
import java.util.Map;
import skein.cypher.execute.QueryEnvironment;
import skein.cypher.execute.RunningQuery;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.session.QuerySummary.QueryKind;
import skein.storage.api.GraphTransaction;

/**
 * A query that has been read, checked and planned. Immutable to its users and thread-safe; runs any number of times.
 */
public interface PreparedQuery {
    Statement statement();

    /** What the query does when it runs; EXPLAIN reads. */
    QueryKind kind();

    /** True when it changes the graph or the schema: not for a transaction that was opened for reading. */
    default boolean writes() {
        return kind() != QueryKind.READ;
    }

    /** True for statements that need a transaction of their own, such as CREATE INDEX. */
    boolean isSchema();

    /** True when the query commits parts of itself, so that it cannot be part of a transaction. */
    default boolean commitsByItself() {
        return false;
    }

    /** Names of the result's columns, in order; empty when there is no result. */
    List<String> columns();

    /** Begins a run. Nothing is changed before rows are asked for, index statements aside. */
    RunningQuery start(GraphTransaction graph, Map<String, Value> parameters, QueryEnvironment environment);
}
