package skein.cypher.plan;

/** What the planner may know about the graph. A plan is right for any graph; the facts only make it fast. */
public interface PlanFacts {
    /** Whether nodes with the label can be looked up by the property. */
    boolean hasIndex(String label, String propertyKey);

    /** About how many nodes there are. */
    long nodeCount();

    /** About how many nodes have the label. */
    long nodeCount(String label);

    /** About how many relationships there are. */
    long relationshipCount();
}
