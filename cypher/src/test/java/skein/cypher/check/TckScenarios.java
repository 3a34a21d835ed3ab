package skein.cypher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skein.cypher.tck.Scenario.Step;
import skein.cypher.tck.TckFeatures;

/** The scenarios of the openCypher TCK, outlines expanded, as far as parsing and checking is concerned. */
final class TckScenarios {
    private static final Pattern FAILURE =
            Pattern.compile("an? (\\w+) should be raised at (compile time|runtime|any time): (\\S+)");

    private TckScenarios() {}

    /**
     * One scenario.
     *
     * @param name unique: feature, scenario, and the number of the example for outlines
     * @param setup queries that run first and succeed
     * @param procedures a procedure is declared for this scenario alone
     */
    record Scenario(String name, List<String> setup, String query, Optional<Failure> failure, boolean procedures) {}

    /** An expected error: {@code SyntaxError}, {@code compile time}, {@code UndefinedVariable}. */
    record Failure(String type, String phase, String detail) {
        boolean beforeRunning() {
            return phase.equals("compile time");
        }
    }

    static List<Scenario> all() {
        return TckFeatures.all().stream().map(TckScenarios::scenario).toList();
    }

    private static Scenario scenario(skein.cypher.tck.Scenario scenario) {
        String file = scenario.file().substring(scenario.file().lastIndexOf('/') + 1);
        String name = file.replace(".feature", "") + " " + scenario.name() + " #" + scenario.number();
        return scenario(name, scenario.steps());
    }

    private static Scenario scenario(String name, List<Step> steps) {
        List<String> setup = new ArrayList<>();
        String query = "";
        Optional<Failure> failure = Optional.empty();
        boolean procedures = false;
        for (Step step : steps) {
            Matcher raised = FAILURE.matcher(step.text());
            if (step.text().equals("having executed")) {
                setup.add(text(step));
            } else if (step.text().equals("executing query")) {
                query = text(step);
            } else if (raised.matches()) {
                failure = Optional.of(new Failure(raised.group(1), raised.group(2), raised.group(3)));
            } else if (step.text().startsWith("there exists a procedure")) {
                procedures = true;
            } else if (step.text().equals("executing control query")) {
                setup.add(text(step));
            }
        }
        return new Scenario(name, setup, query, failure, procedures);
    }

    private static String text(Step step) {
        return step.document().orElseThrow();
    }
}
