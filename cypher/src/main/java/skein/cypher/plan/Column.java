package skein.cypher.plan;

/**
 * A named place in a row.
 *
 * @param name what the query calls it; begins with a blank when the planner made it up
 * @param slot index into the row
 */
public record Column(String name, int slot) {
    /** False for values that the query cannot name. */
    public boolean isNamed() {
        return !name.startsWith(" ");
    }
}
