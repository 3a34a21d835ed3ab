package skein.cypher.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skein.cypher.tck.OverlayGraph.Life;
import skein.tck.Choice;
import skein.tck.FeatureFiles;
import skein.tck.RaisedError;
import skein.tck.Scenario;
import skein.tck.TckReport;

/**
 * The results of a query do not depend on where the graph stands: all of it in shared structures, each piece of it
 * shadowed by changes of the same transaction, or nothing but such changes. {@code -Dskein.tck.only=REGEX} plays some
 * scenarios only.
 */
final class OverlayTckTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Life.class)
    void everyScenarioPassesInATransactionThatHasChangedSomething(Life life) throws IOException, URISyntaxException {
        List<Scenario> scenarios = Choice.fromProperties().of(FeatureFiles.all());
        try (OverlayGraph graph = new OverlayGraph(directory.resolve("db"), life)) {
            TckReport report = TckReport.of(scenarios, graph);
            System.out.println(life + ": " + report.summary());
            assertThat(report.failures()).isEmpty();
            assertThat(report.errorsAgainst(RaisedError::hasExactClass)).isEmpty();
            assertThat(report.errorsAgainst(RaisedError::namesDetail)).isEmpty();
        }
    }
}
