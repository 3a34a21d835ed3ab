package skein.naive;

import java.util.List;
import skein.graph.Value;

/** What a query leads to. */
public sealed interface NaiveAnswer {
    /** Of a query that changes nothing. */
    default NaiveAnswer withoutGraph() {
        return this instanceof Rows(List<String> columns, List<List<Value>> rows, List<Integer> ties, var graph)
                ? new Rows(columns, rows, ties, List.of())
                : this;
    }

    /**
     * Rows, and what the graph holds afterwards.
     *
     * @param columns empty when {@code *} was asked for and no row tells what it stands for
     * @param ties a number for each row, the same for rows that stand in no order among each other
     * @param graph as {@link NaiveGraph#content()}
     */
    record Rows(List<String> columns, List<List<Value>> rows, List<Integer> ties, List<String> graph)
            implements NaiveAnswer {}

    /** @param kind the last part of the status code */
    record Failed(String kind, String message) implements NaiveAnswer {}
}
