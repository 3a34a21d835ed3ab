package skein.cypher.plan;

import java.util.List;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;

/** What the planner may know about the graph. A plan is right for any graph; the facts only make it fast. */
public interface PlanFacts {
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
}
