package skein.cypher.tck;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One scenario, outlines expanded.
 *
 * @param file path below the features folder
 * @param name unique within the file
 */
record Scenario(String file, String name, List<String> tags, List<Step> steps) {
    /** @param text without the keyword and the colon at its end */
    record Step(String text, @Nullable String document, List<List<String>> table) {}

    /** How lists of scenarios name it. */
    String id() {
        return file + " :: " + name;
    }
}
