package skein.extension;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The graph of a query. What writes fails in functions, and in procedures that do not say that they write. */
public interface Graph {
    /** Every node. */
    Iterable<GraphNode> nodes();

    /** Every node with a label. */
    Iterable<GraphNode> nodes(String label);

    /** The node with an id, as Cypher's {@code id()} answers it. */
    Optional<GraphNode> node(long id);

    GraphNode createNode(List<String> labels, Map<String, ? extends @Nullable Object> properties);

    GraphRelationship createRelationship(
            GraphNode start, String type, GraphNode end, Map<String, ? extends @Nullable Object> properties);
}
