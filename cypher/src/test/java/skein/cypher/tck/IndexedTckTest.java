package skein.cypher.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.graph.Value;
import skein.tck.Choice;
import skein.tck.DeclaredProcedure;
import skein.tck.FeatureFiles;
import skein.tck.Indexes;
import skein.tck.RaisedError;
import skein.tck.TckGraph;
import skein.tck.TckReport;

/** The results of a query do not depend on indexes: all that could apply are there before it runs. */
final class IndexedTckTest {
    /** How many indexes the queries lead to, at least; fewer would mean that nothing was looked at. */
    private static final int INDEXES_MIN = 300;

    @TempDir
    Path directory;

    @Test
    void everyScenarioPassesWithAllIndexesThatCouldApply() throws IOException, URISyntaxException {
        Choice choice = Choice.fromProperties();
        try (EngineGraph graph = new EngineGraph(directory.resolve("db"))) {
            Indexed indexed = new Indexed(graph);
            TckReport report = TckReport.of(choice.of(FeatureFiles.all()), indexed);
            System.out.println(indexed.count + " indexes: " + report.summary());
            assertThat(report.failures()).isEmpty();
            assertThat(report.errorsAgainst(RaisedError::hasExactClass)).isEmpty();
            assertThat(report.errorsAgainst(RaisedError::namesDetail)).isEmpty();
            assertThat(indexed.count).isGreaterThan(choice.isEverything() ? INDEXES_MIN : 0);
        }
    }

    /** Makes indexes before each query. */
    private static final class Indexed implements TckGraph.WithProcedures {
        private final EngineGraph graph;
        private final Indexes indexes = new Indexes();
        private int count;

        Indexed(EngineGraph graph) {
            this.graph = graph;
        }

        @Override
        public Answer run(String query, Map<String, Value> parameters) {
            for (String statement : indexes.missingFor(query)) {
                count += graph.run(statement, Map.of()) instanceof Rows ? 1 : 0;
            }
            return graph.run(query, parameters);
        }

        @Override
        public void declare(List<DeclaredProcedure> procedures) {
            graph.declare(procedures);
        }
    }
}
