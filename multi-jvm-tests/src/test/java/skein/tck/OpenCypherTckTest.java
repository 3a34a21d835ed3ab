package skein.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Session;
import skein.server.child.InstanceProcess;
import skein.server.child.InstanceSpec;

/**
 * Every scenario of the openCypher TCK that needs no test procedure. What fails has to be what
 * {@code opencypher-failing.txt} lists: a scenario that starts to fail breaks the build, one that starts to pass has to
 * be taken off the list. {@code -Dskein.tck.uri=bolt://...} runs it against any server.
 */
final class OpenCypherTckTest {
    private static final String RATCHET = "/opencypher-failing.txt";
    private static final int PASSING_MIN = 1_800;
    private static final String FOREIGN_URI = "skein.tck.uri";

    @TempDir
    Path directory;

    @Test
    void exactlyTheListedScenariosFail() throws IOException, URISyntaxException {
        List<Scenario> scenarios = FeatureFiles.all().stream()
                .filter(scenario -> !scenario.isLeftOut())
                .toList();
        assertThat(scenarios).hasSizeGreaterThan(3_800);
        SortedMap<String, String> failures = run(scenarios);
        Path report = Path.of("target", "opencypher-failures.txt");
        Files.createDirectories(report.toAbsolutePath().getParent());
        try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(report))) {
            failures.forEach((id, reason) -> writer.println(id + "\t" + reason.replaceAll("\\s+", " ")));
        }
        int passed = scenarios.size() - failures.size();
        System.out.println("openCypher TCK: " + passed + " passed, " + failures.size() + " failed");
        Set<String> listed = listedFailures();
        assertThat(new TreeSet<>(failures.keySet()))
                .as("scenarios that fail; reasons in " + report)
                .isEqualTo(listed);
        assertThat(passed).isGreaterThanOrEqualTo(PASSING_MIN);
    }

    private SortedMap<String, String> run(List<Scenario> scenarios) throws IOException {
        String foreign = System.getProperty(FOREIGN_URI, "");
        if (!foreign.isEmpty()) {
            try (Driver driver = GraphDatabase.driver(foreign)) {
                return run(scenarios, driver);
            }
        }
        try (InstanceProcess node = InstanceProcess.launch(InstanceSpec.small("tck", directory, Map.of()));
                Driver driver = GraphDatabase.driver("bolt://" + node.awaitReady())) {
            return run(scenarios, driver);
        }
    }

    private static SortedMap<String, String> run(List<Scenario> scenarios, Driver driver) throws IOException {
        SortedMap<String, String> failures = new TreeMap<>();
        for (Scenario scenario : scenarios) {
            try (Session session = driver.session()) {
                Optional<String> failure = ScenarioRun.failureOf(scenario, session);
                failure.ifPresent(reason -> failures.put(scenario.id(), reason));
            }
        }
        return failures;
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
