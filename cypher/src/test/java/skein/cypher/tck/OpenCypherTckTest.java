package skein.cypher.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.fixture.TestDatabase;

/**
 * Every scenario of the openCypher TCK must pass, except those that {@code tck-known-failures.txt} lists, each with its
 * reason; a listed scenario that passes fails the test as well, so that the list only shrinks.
 *
 * <p>{@code -Dtck.only=REGEX} plays only the scenarios whose file or name matches and prints what is wrong with them.
 */
final class OpenCypherTckTest {
    private static final String ONLY = System.getProperty("tck.only", "");

    @TempDir
    Path directory;

    @Test
    void everyScenarioPassesOrIsAKnownFailure() throws IOException, URISyntaxException {
        Pattern only = Pattern.compile(ONLY);
        List<Scenario> scenarios = scenarios().stream()
                .filter(scenario -> only.matcher(scenario.id()).find())
                .toList();
        Map<String, String> failures = new TreeMap<>();
        try (TestDatabase database = new TestDatabase(directory.resolve("db"))) {
            for (Scenario scenario : scenarios) {
                String problem = ScenarioRun.play(scenario, database, Temporals::text);
                if (problem != null) {
                    failures.put(scenario.id(), problem);
                }
            }
        }
        report(scenarios.size(), failures);
        if (ONLY.isEmpty()) {
            assertThat(new TreeSet<>(failures.keySet())).isEqualTo(knownFailures());
        }
    }

    private void report(int played, Map<String, String> failures) throws IOException {
        List<String> lines = new ArrayList<>();
        failures.forEach((scenario, problem) -> lines.add(scenario + "\t" + problem.replace('\n', ' ')));
        Path report = Path.of(System.getProperty(
                "tck.report", directory.resolve("failures.txt").toString()));
        Files.write(report, lines);
        System.out.printf("openCypher TCK: %d passed, %d failed%n", played - failures.size(), failures.size());
        if (!ONLY.isEmpty()) {
            lines.forEach(System.out::println);
        }
    }

    private static Set<String> knownFailures() throws IOException {
        Set<String> known = new TreeSet<>();
        try (var in = OpenCypherTckTest.class.getResourceAsStream("/tck-known-failures.txt")) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\t")[0].strip())
                    .forEach(known::add);
        }
        return known;
    }

    private static List<Scenario> scenarios() throws IOException, URISyntaxException {
        @Nullable URL features = OpenCypherTckTest.class.getResource("/features");
        assertThat(features).as("the TCK on the class path").isNotNull();
        URI uri = features.toURI();
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
            return read(jar.getPath("/features"));
        }
    }

    private static List<Scenario> read(Path root) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(file -> file.toString().endsWith(".feature"))
                    .sorted()
                    .toList();
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (Path file : files) {
            String name = root.relativize(file).toString();
            scenarios.addAll(new FeatureReader(name, Files.readAllLines(file)).read());
        }
        return scenarios;
    }
}
