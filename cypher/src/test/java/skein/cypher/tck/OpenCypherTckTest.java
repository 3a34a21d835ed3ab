package skein.cypher.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.tck.Choice;
import skein.tck.FeatureFiles;
import skein.tck.RaisedError;
import skein.tck.Scenario;
import skein.tck.TckReport;

/**
 * Every scenario of the openCypher TCK passes, also those it says to leave out, and every error is exactly the one it
 * names: of that class, at that time, with that word for what is wrong. {@code -Dskein.tck.only=REGEX} plays some only.
 */
final class OpenCypherTckTest {
    private static final int SCENARIOS = 3_897;

    /** EXPLAIN needs no parameters, so that one is missing shows when the query runs. */
    private static final String LATE = "clauses/call/Call1.feature :: "
            + "[11] Standalone call to procedure should fail if implicit argument is missing";

    @TempDir
    Path directory;

    @Test
    void everyScenarioPassesAndEveryErrorIsTheOneExpected() throws IOException, URISyntaxException {
        Choice choice = Choice.fromProperties();
        List<Scenario> scenarios = choice.of(FeatureFiles.all());
        try (EngineGraph graph = new EngineGraph(directory.resolve("db"))) {
            TckReport report = TckReport.of(scenarios, graph);
            System.out.println(report.summary());
            assertThat(report.failures()).isEmpty();
            assertThat(report.errorsAgainst(RaisedError::hasExactClass)).isEmpty();
            assertThat(report.errorsAgainst(RaisedError::hasExactPhase).keySet())
                    .isEqualTo(choice.ofIds(Set.of(LATE)));
            assertThat(report.errorsAgainst(RaisedError::namesDetail)).isEmpty();
        }
        assertThat(scenarios).hasSize(choice.isEverything() ? SCENARIOS : scenarios.size());
    }
}
