package skein.cypher.tck;

import java.util.List;
import java.util.Optional;

/**
 * One scenario, outlines expanded.
 *
 * @param file path below the features folder
 * @param name as written; the scenarios of an outline share it
 * @param number counts the scenarios of this name in the file, from 1
 * @param ofOutline one of the examples of an outline
 */
public record Scenario(String file, String name, int number, boolean ofOutline, List<Step> steps) {
    /** @param text without the keyword and the colon at its end */
    public record Step(String text, Optional<String> document, List<List<String>> table) {}

    /** How lists of scenarios name it. */
    String id() {
        return file + " :: " + name + (ofOutline || number > 1 ? " #" + number : "");
    }
}
