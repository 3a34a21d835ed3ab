package skein.cypher.differential;

import java.util.List;
import java.util.Map;
import skein.graph.Value;
import skein.naive.NaiveGraph;

/** Who is judged: a database that answers one query on one graph, and forgets both. */
public interface Subject extends AutoCloseable {
    /** What it answered; what the graph holds afterwards only where the query may have changed it. */
    Answer answer(NaiveGraph graph, String query, Map<String, Value> parameters, boolean changes);

    @Override
    void close();

    /** What a query led to. */
    sealed interface Answer {}

    /**
     * Rows of values with their content.
     *
     * @param graph as {@link NaiveGraph#content()}; empty when it was not asked for
     */
    record Rows(List<String> columns, List<List<Value>> rows, List<String> graph) implements Answer {}

    /**
     * An error.
     *
     * @param kind the last part of the status code
     * @param early found before the query ran
     */
    record Failed(String kind, String message, boolean early) implements Answer {}
}
