package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.PatternModel.Graph;
import skein.cypher.PatternModel.Query;
import skein.cypher.fixture.TestDatabase;

/** Random patterns over random small graphs find what trying every possibility finds. */
final class RandomPatternsTest {
    private static final int GRAPHS = 25;
    private static final int QUERIES_PER_GRAPH = 60;

    @TempDir
    Path directory;

    @Test
    void everyPlanFindsWhatTryingEverythingFinds() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            try (TestDatabase database = new TestDatabase(directory.resolve("db" + seed))) {
                Graph graph = Graph.random(random);
                database.run(graph.createQuery());
                if (seed % 2 == 0) {
                    database.run("CREATE INDEX ON :A(i)");
                }
                for (int i = 0; i < QUERIES_PER_GRAPH; i++) {
                    Query query = Query.random(random);
                    assertThat(sorted(database.run(query.text()).rows()))
                            .as("seed %d, graph %s, query %s", seed, graph.createQuery(), query.text())
                            .isEqualTo(sorted(query.expectedRows(graph)));
                }
            }
        }
    }

    private static List<String> sorted(List<? extends List<?>> rows) {
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.toString()));
        texts.sort(null);
        return texts;
    }
}
