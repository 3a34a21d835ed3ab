package skein.cypher.differential;

import java.util.Map;
import java.util.regex.Pattern;
import skein.cypher.syntax.Query;
import skein.cypher.text.QueryText;
import skein.graph.Value;
import skein.naive.NaiveGraph;

/**
 * One question: a query on a graph.
 *
 * @param parameters by number, as a regression names them
 */
public record Case(NaiveGraph graph, Query query, int parameters) {
    private static final int QUERIES_PER_GRAPH = 25;
    private static final int PARAMETERS = 64;
    private static final Pattern CHANGE = Pattern.compile("\\b(CREATE|MERGE|SET|REMOVE|DELETE)\\b");

    /** Neighbouring seeds ask about one graph. */
    static Case of(long seed, NaiveGraph graph) {
        return new Case(graph, new RandomQueries(new Dice(seed)).query(), (int) (seed % PARAMETERS));
    }

    static long graphSeed(long seed) {
        return seed / QUERIES_PER_GRAPH;
    }

    static NaiveGraph graph(long graphSeed) {
        return RandomGraphs.graph(new Dice(graphSeed + (1L << 40)));
    }

    Map<String, Value> values() {
        return RandomGraphs.parameters(new Dice(parameters + (1L << 41)));
    }

    String text() {
        return QueryText.of(query);
    }

    boolean changes() {
        return CHANGE.matcher(text()).find();
    }

    Case with(Query other) {
        return new Case(graph, other, parameters);
    }

    Case with(NaiveGraph other) {
        return new Case(other, query, parameters);
    }
}
