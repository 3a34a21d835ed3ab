package skein.cypher.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import skein.cypher.check.TckScenarios.Failure;
import skein.cypher.check.TckScenarios.Scenario;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Statement;
import skein.vocabulary.SkeinException;

/**
 * Every query of the openCypher TCK: refused before running if and only if the TCK says so, with the error it names.
 */
class TckCompileTest {
    /** The TCK has at least so many scenarios; fewer means that they were not found. */
    private static final int SCENARIOS_MIN = 3_800;

    private static final int COMPILE_ERRORS_MIN = 500;

    @Test
    void refusesWhatTheTckRefusesBeforeRunningAndNothingElse() throws IOException {
        Map<String, String> faults = new LinkedHashMap<>();
        List<Scenario> scenarios = TckScenarios.all();
        for (Scenario scenario : scenarios) {
            fault(scenario).ifPresent(fault -> faults.put(scenario.name(), fault + "\n" + scenario.query()));
        }
        Set<String> excepted = exceptions();

        assertThat(scenarios).hasSizeGreaterThan(SCENARIOS_MIN);
        assertThat(scenarios.stream().filter(TckCompileTest::failsBeforeRunning).count())
                .isGreaterThan(COMPILE_ERRORS_MIN);
        assertThat(withoutExcepted(faults, excepted)).isEmpty();
        assertThat(excepted)
                .as("entries of tck-exceptions.txt that are no longer needed")
                .isSubsetOf(faults.keySet());
    }

    private static Map<String, String> withoutExcepted(Map<String, String> faults, Set<String> excepted) {
        Map<String, String> unexpected = new LinkedHashMap<>(faults);
        unexpected.keySet().removeAll(excepted);
        return unexpected;
    }

    private static boolean failsBeforeRunning(Scenario scenario) {
        return scenario.failure().filter(Failure::beforeRunning).isPresent();
    }

    private static Optional<String> fault(Scenario scenario) {
        for (String setup : scenario.setup()) {
            Optional<SkeinException> error = compile(setup);
            if (error.isPresent()) {
                return Optional.of("setup refused: " + error.get().getMessage());
            }
        }
        return fault(scenario.failure(), compile(scenario.query()));
    }

    private static Optional<String> fault(Optional<Failure> expected, Optional<SkeinException> actual) {
        if (actual.isEmpty()) {
            return expected.filter(Failure::beforeRunning).map(failure -> "accepted, expected " + failure);
        }
        String refusal =
                "refused with " + actual.get().code() + ": " + actual.get().getMessage();
        if (expected.isEmpty() || expected.get().phase().equals("runtime")) {
            return Optional.of(refusal);
        }
        return matches(expected.get(), actual.get()) ? Optional.empty() : Optional.of(refusal + ", not " + expected);
    }

    private static boolean matches(Failure expected, SkeinException actual) {
        String[] status = actual.code().status().split("\\.");
        boolean type = status[status.length - 1].equals(expected.type());
        return type
                && (expected.detail().equals("*")
                        || String.valueOf(actual.getMessage()).contains("[" + expected.detail() + "]"));
    }

    private static Optional<SkeinException> compile(String query) {
        try {
            Statement statement = CypherParser.parse(query);
            assertThat(statement).as(query).isInstanceOf(Statement.Data.class);
            SemanticCheck.check(statement, query);
            return Optional.empty();
        } catch (SkeinException error) {
            return Optional.of(error);
        }
    }

    /** Lines of {@code tck-exceptions.txt}; those that begin with # say why. */
    private static Set<String> exceptions() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(TckCompileTest.class.getResourceAsStream("tck-exceptions.txt"))) {
            List<String> lines = new ArrayList<>(new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
            lines.removeIf(line -> line.isBlank() || line.startsWith("#"));
            return lines.stream().collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
