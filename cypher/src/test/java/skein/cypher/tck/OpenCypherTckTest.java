package skein.cypher.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.expression.operator.ValueText;
import skein.cypher.fixture.TestDatabase;

/**
 * Every scenario of the openCypher TCK passes, those with test procedures included, with the right type of error at the
 * right time. {@code -Dtck.only=REGEX} plays only the scenarios whose file and name match.
 */
final class OpenCypherTckTest {
    private static final String ONLY = System.getProperty("tck.only", "");

    /** The TCK has so many scenarios; fewer means that they were not found. */
    private static final int SCENARIOS = 3897;

    @TempDir
    Path directory;

    @Test
    void everyScenarioPasses() {
        Pattern only = Pattern.compile(ONLY);
        List<Scenario> scenarios = TckFeatures.all();
        assertThat(scenarios).hasSize(SCENARIOS);
        Map<String, String> failures = new TreeMap<>();
        try (TestDatabase database = new TestDatabase(directory.resolve("db"))) {
            for (Scenario scenario : scenarios) {
                if (only.matcher(scenario.id()).find()) {
                    ScenarioRun.play(scenario, database, ValueText::of)
                            .ifPresent(problem -> failures.put(scenario.id(), problem));
                }
            }
        }
        assertThat(failures).isEmpty();
    }
}
