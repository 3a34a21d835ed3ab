package skein.tck;

import java.util.List;
import java.util.Optional;

/**
 * One scenario with its outline expanded.
 *
 * @param file path of the feature file below the root of all features
 * @param name as written; examples of an outline are numbered from 1
 */
public record Scenario(String file, String name, List<Step> steps, List<String> tags) {
    public Scenario {
        steps = List.copyOf(steps);
        tags = List.copyOf(tags);
    }

    /**
     * One step.
     *
     * @param text without its keyword and trailing colon
     * @param document text block below the step
     * @param table rows of cells below the step, the heading included; empty when there is none
     */
    public record Step(String text, Optional<String> document, List<List<String>> table) {}

    /** How reports and lists of failing scenarios name it. */
    public String id() {
        return file + " :: " + name;
    }

    /** True when the TCK itself says to leave it out. */
    public boolean isIgnored() {
        return tags.contains("@ignore");
    }

    /** True when a database has to offer procedures that exist for the test alone. */
    public boolean needsProcedures() {
        return steps.stream().anyMatch(step -> DeclaredProcedure.isDeclaration(step.text()));
    }

    /** True when a query has to fail. */
    boolean expectsError() {
        return steps.stream().anyMatch(step -> ExpectedError.in(step.text()).isPresent());
    }

    /** Everything it runs, in order: the queries that make its graph, and the queries that it tests. */
    public List<String> queries() {
        return steps.stream().flatMap(step -> step.document().stream()).toList();
    }
}
