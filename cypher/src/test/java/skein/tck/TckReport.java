package skein.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What became of many scenarios. */
public final class TckReport {
    private final SortedMap<String, Outcome> outcomes = new TreeMap<>();
    private final int errorsExpected;

    private TckReport(List<Scenario> scenarios, TckGraph graph) {
        scenarios.forEach(scenario -> outcomes.put(scenario.id(), ScenarioRun.of(scenario, graph)));
        errorsExpected = (int) scenarios.stream().filter(Scenario::expectsError).count();
    }

    /** Plays one scenario after the other; the graph is emptied before each. */
    public static TckReport of(List<Scenario> scenarios, TckGraph graph) {
        return new TckReport(scenarios, graph);
    }

    public int passed() {
        return outcomes.size() - failures().size();
    }

    /** Reasons by the ids of the scenarios that failed. */
    public SortedMap<String, String> failures() {
        SortedMap<String, String> failures = new TreeMap<>();
        outcomes.forEach((id, outcome) -> outcome.problem().ifPresent(problem -> failures.put(id, problem)));
        return failures;
    }

    /** Errors that came, but not as the rule wants them, by the ids of their scenarios. */
    public SortedMap<String, String> errorsAgainst(Predicate<RaisedError> rule) {
        SortedMap<String, String> errors = new TreeMap<>();
        outcomes.forEach((id, outcome) ->
                outcome.error().filter(rule.negate()).ifPresent(error -> errors.put(id, error.toString())));
        return errors;
    }

    /** One line with the counts. */
    public String summary() {
        long exact = outcomes.values().stream()
                .flatMap(outcome -> outcome.error().stream())
                .filter(RaisedError::hasExactClass)
                .count();
        return "openCypher TCK: %d passed, %d failed (error class exact: %d of %d)"
                .formatted(passed(), failures().size(), exact, errorsExpected);
    }

    /** Writes one line for each entry: the id, a tab, the reason. */
    public static void write(SortedMap<String, String> reasons, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file,
                reasons.entrySet().stream()
                        .map(entry -> entry.getKey() + "\t" + entry.getValue().replaceAll("\\s+", " "))
                        .toList());
    }
}
