package skein.cypher.plan;

import java.util.List;
import java.util.Set;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/** What the planner may know about the graph. A plan is right for any graph; the facts only make it fast. */
public interface PlanFacts {
    /** Nothing anywhere. */
    static PlanFacts ofEmptyGraph() {
        return new EmptyGraph();
    }

    /** The keys of each index on a label, or on a type for {@link IndexKind#RELATIONSHIP}; those with keys only. */
    List<List<String>> indexes(IndexKind kind, String labelOrType);

    /** About what is in such an index. */
    IndexStatistics statistics(IndexKind kind, String labelOrType, List<String> keys);

    /** About how many nodes there are. */
    long nodeCount();

    /** About how many nodes have the label. */
    long nodeCount(String label);

    /** About how many relationships there are. */
    long relationshipCount();

    /** About how many relationships of the type there are. */
    long relationshipCount(String type);

    /**
     * About which share of the relationships of a type, from 0 to 1, has a node with the label at one of its ends.
     *
     * @param end OUTGOING for the node that the relationships start from, INCOMING for the one they lead to
     */
    double endShare(String type, String label, Direction end);

    /** The labels that about all nodes have at one end of the relationships of a type. */
    Set<String> endLabels(String type, Direction end);
}
