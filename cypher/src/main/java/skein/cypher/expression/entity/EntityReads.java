package skein.cypher.expression.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import skein.cypher.expression.value.Entities;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;
import skein.storage.api.GraphReads;
import skein.storage.api.NameKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * What an expression may ask about a node or relationship. Entities that carry their content answer from it, references
 * from the graph. Reading properties or labels of something that this transaction deleted is ENTITY_NOT_FOUND; ids,
 * types and ends of a relationship can still be read.
 */
public final class EntityReads {
    private EntityReads() {}

    /** The property under a token, or null; the token may be {@link GraphReads#NO_TOKEN}. */
    public static Value nodeProperty(GraphReads graph, long node, int keyToken) {
        if (keyToken == GraphReads.NO_TOKEN) {
            requireNode(graph, node);
            return Value.NULL;
        }
        try {
            return graph.nodeProperty(node, keyToken);
        } catch (SkeinException e) {
            throw detailed(e);
        }
    }

    /** As {@link #nodeProperty}. */
    public static Value relationshipProperty(GraphReads graph, long relationship, int keyToken) {
        if (keyToken == GraphReads.NO_TOKEN) {
            requireRelationship(graph, relationship);
            return Value.NULL;
        }
        try {
            return graph.relationshipProperty(relationship, keyToken);
        } catch (SkeinException e) {
            throw detailed(e);
        }
    }

    public static boolean hasLabel(GraphReads graph, long node, int labelToken) {
        if (labelToken == GraphReads.NO_TOKEN) {
            requireNode(graph, node);
            return false;
        }
        try {
            return graph.hasLabel(node, labelToken);
        } catch (SkeinException e) {
            throw detailed(e);
        }
    }

    /** Labels of a node as strings, in a stable order. */
    public static List<String> labels(GraphReads graph, Value node) {
        return node instanceof NodeValue(long ignored, List<String> labels, MapValue ignoredToo)
                ? labels
                : checked(() -> labels(graph, Entities.nodeId(node)));
    }

    private static List<String> labels(GraphReads graph, long node) {
        int[] tokens = graph.labels(node);
        List<String> names = new ArrayList<>(tokens.length);
        for (int token : tokens) {
            names.add(graph.nameOf(NameKind.LABEL, token));
        }
        return names;
    }

    /** All properties of a node or relationship. */
    public static MapValue properties(GraphReads graph, Value entity) {
        return switch (entity) {
            case NodeValue node -> node.properties();
            case RelationshipValue relationship -> relationship.properties();
            case NodeReference(long id) ->
                checked(() -> collect(graph, visitor -> graph.visitNodeProperties(id, visitor)));
            case RelationshipReference(long id) ->
                checked(() -> collect(graph, visitor -> graph.visitRelationshipProperties(id, visitor)));
            default -> MapValue.EMPTY;
        };
    }

    private static MapValue collect(GraphReads graph, Consumer<GraphReads.PropertyVisitor> walk) {
        Map<String, Value> properties = new LinkedHashMap<>();
        walk.accept((token, value) -> properties.put(graph.nameOf(NameKind.PROPERTY_KEY, token), value));
        return properties.isEmpty() ? MapValue.EMPTY : new MapValue(properties);
    }

    public static String type(GraphReads graph, Value relationship) {
        return relationship instanceof RelationshipValue value
                ? value.type()
                : graph.nameOf(NameKind.RELATIONSHIP_TYPE, graph.typeOf(Entities.relationshipId(relationship)));
    }

    public static long startId(GraphReads graph, Value relationship) {
        return relationship instanceof RelationshipValue value
                ? value.startId()
                : graph.startOf(Entities.relationshipId(relationship));
    }

    public static long endId(GraphReads graph, Value relationship) {
        return relationship instanceof RelationshipValue value
                ? value.endId()
                : graph.endOf(Entities.relationshipId(relationship));
    }

    private static void requireNode(GraphReads graph, long node) {
        if (graph.nodeDeletedHere(node)) {
            throw deleted("Node " + node + " was deleted in this transaction.");
        }
    }

    private static void requireRelationship(GraphReads graph, long relationship) {
        if (graph.relationshipDeletedHere(relationship)) {
            throw deleted("Relationship " + relationship + " was deleted in this transaction.");
        }
    }

    private static <T> T checked(Supplier<T> read) {
        try {
            return read.get();
        } catch (SkeinException e) {
            throw detailed(e);
        }
    }

    private static SkeinException detailed(SkeinException failure) {
        return failure.code() == ErrorCode.ENTITY_NOT_FOUND ? deleted(String.valueOf(failure.getMessage())) : failure;
    }

    private static SkeinException deleted(String message) {
        return new SkeinException(ErrorCode.ENTITY_NOT_FOUND, message + " [DeletedEntityAccess]");
    }
}
