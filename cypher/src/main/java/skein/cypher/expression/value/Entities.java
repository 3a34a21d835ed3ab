package skein.cypher.expression.value;

import java.util.List;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathReference;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;

/** Nodes, relationships and paths by their identity, whether they come as references or with their content. */
public final class Entities {
    private Entities() {}

    public static boolean isNode(Value value) {
        return value instanceof NodeReference || value instanceof NodeValue;
    }

    public static boolean isRelationship(Value value) {
        return value instanceof RelationshipReference || value instanceof RelationshipValue;
    }

    public static boolean isPath(Value value) {
        return value instanceof PathReference || value instanceof PathValue;
    }

    /** The id of a node. */
    public static long nodeId(Value node) {
        return node instanceof NodeReference(long id) ? id : ((NodeValue) node).id();
    }

    /** The id of a relationship. */
    public static long relationshipId(Value relationship) {
        return relationship instanceof RelationshipReference(long id) ? id : ((RelationshipValue) relationship).id();
    }

    /** Ids of the nodes of a path in the order walked. */
    public static List<Long> nodeIds(Value path) {
        return path instanceof PathReference reference
                ? reference.nodes()
                : ((PathValue) path).nodes().stream().map(NodeValue::id).toList();
    }

    /** Ids of the relationships of a path in the order walked. */
    public static List<Long> relationshipIds(Value path) {
        return path instanceof PathReference reference
                ? reference.relationships()
                : ((PathValue) path)
                        .relationships().stream().map(RelationshipValue::id).toList();
    }
}
