package skein.tck;

import java.util.List;
import java.util.Optional;

/**
 * One scenario with its outline expanded.
 *
 * @param file path of the feature file below the root of all features
 * @param name as written; examples of an outline are numbered from 1
 */
record Scenario(String file, String name, List<Step> steps, List<String> tags) {
    /** How the list of failing scenarios names it. */
    String id() {
        return file + " :: " + name;
    }

    /** True when it needs something no server offers: a test procedure, or the TCK itself says to leave it out. */
    boolean isLeftOut() {
        return tags.contains("@ignore")
                || steps.stream().anyMatch(step -> step.text().startsWith("there exists a procedure"));
    }

    /**
     * @param text without its keyword and trailing colon
     * @param document text block below the step
     */
    record Step(String text, Optional<String> document, List<List<String>> table) {}
}
