package skein.tck.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;
import skein.tck.Choice;
import skein.tck.FeatureFiles;
import skein.tck.RaisedError;
import skein.tck.Scenario;
import skein.tck.TckReport;

/**
 * Every scenario of the openCypher TCK that a server can play: those that need a test procedure are left out, and the
 * one that the TCK itself leaves out. What fails has to be what {@code opencypher-failing.txt} lists: a scenario that
 * starts to fail breaks the build, one that starts to pass has to be taken off the list.
 *
 * <p>Each plays three times: every query as it is, in an explicit transaction that has already written, and with all
 * indexes that could apply.
 *
 * <p>{@code -Dskein.tck.uri=bolt://...} runs it against any server, {@code -Dskein.tck.only=REGEX} only some scenarios.
 * The reasons are in {@code target/opencypher-failures-WAY.txt}; errors that pass but are of another class than the TCK
 * names in {@code target/opencypher-errors-WAY.txt}.
 */
final class OpenCypherTckTest {
    private static final String RATCHET = "/opencypher-failing.txt";
    private static final int SCENARIOS = 3_846;
    private static final int PASSING_MIN = 1_800;
    private static final String FOREIGN_URI = "skein.tck.uri";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void exactlyTheListedScenariosFail(BoltGraph.Way way) throws IOException, URISyntaxException {
        Choice choice = Choice.fromProperties();
        List<Scenario> scenarios = FeatureFiles.all().stream()
                .filter(scenario -> !scenario.isIgnored() && !scenario.needsProcedures())
                .toList();
        assertThat(scenarios).hasSize(SCENARIOS);
        TckReport report = play(choice.of(scenarios), way);
        Path reasons = Path.of("target", "opencypher-failures-" + way + ".txt");
        TckReport.write(report.failures(), reasons);
        TckReport.write(
                report.errorsAgainst(RaisedError::hasExactClass),
                Path.of("target", "opencypher-errors-" + way + ".txt"));
        System.out.println(way + ": " + report.summary());
        assertThat(new TreeSet<>(report.failures().keySet()))
                .as("scenarios that fail; reasons in " + reasons)
                .isEqualTo(choice.ofIds(listedFailures()));
        if (choice.isEverything()) {
            assertThat(report.passed()).isGreaterThanOrEqualTo(PASSING_MIN);
        }
    }

    private TckReport play(List<Scenario> scenarios, BoltGraph.Way way) {
        String foreign = System.getProperty(FOREIGN_URI, "");
        if (!foreign.isEmpty()) {
            return play(scenarios, foreign, way);
        }
        try (InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("tck", directory, Map.of()))) {
            return play(scenarios, "bolt://" + node.awaitReady(), way);
        }
    }

    private static TckReport play(List<Scenario> scenarios, String uri, BoltGraph.Way way) {
        try (Driver driver = GraphDatabase.driver(uri);
                BoltGraph graph = new BoltGraph(driver, way)) {
            return TckReport.of(scenarios, graph);
        }
    }

    private static Set<String> listedFailures() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(OpenCypherTckTest.class.getResourceAsStream(RATCHET), RATCHET)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
