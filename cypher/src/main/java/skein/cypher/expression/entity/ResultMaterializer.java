package skein.cypher.expression.entity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathReference;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.RelationshipValue;
import skein.storage.api.GraphReads;

/**
 * Turns references into nodes, relationships and paths with their content, at any depth, so that a result can leave the
 * engine. What this transaction deleted shows with its id (a relationship also with its type and ends) and nothing
 * else.
 */
public final class ResultMaterializer {
    private final GraphReads graph;

    private ResultMaterializer(GraphReads graph) {
        this.graph = graph;
    }

    /** The value with its content; the very same value when it holds no reference. */
    public static Value materialize(Value value, GraphReads graph) {
        return value instanceof Value.Scalar ? value : new ResultMaterializer(graph).materialize(value);
    }

    private Value materialize(Value value) {
        return switch (value) {
            case NodeReference(long id) -> node(id);
            case RelationshipReference(long id) -> relationship(id);
            case PathReference path -> path(path);
            case ListValue list -> list(list);
            case MapValue map -> map(map);
            case NodeValue node -> node;
            case RelationshipValue relationship -> relationship;
            case PathValue path -> path;
            case Value.Scalar scalar -> scalar;
            case Value.NullValue nothing -> nothing;
        };
    }

    private NodeValue node(long id) {
        if (graph.nodeDeletedHere(id)) {
            return new NodeValue(id, List.of(), MapValue.EMPTY);
        }
        NodeReference reference = new NodeReference(id);
        return new NodeValue(id, EntityReads.labels(graph, reference), EntityReads.properties(graph, reference));
    }

    private RelationshipValue relationship(long id) {
        RelationshipReference reference = new RelationshipReference(id);
        MapValue properties =
                graph.relationshipDeletedHere(id) ? MapValue.EMPTY : EntityReads.properties(graph, reference);
        return new RelationshipValue(
                id, graph.startOf(id), graph.endOf(id), EntityReads.type(graph, reference), properties);
    }

    private PathValue path(PathReference path) {
        return new PathValue(
                path.nodes().stream().map(this::node).toList(),
                path.relationships().stream().map(this::relationship).toList());
    }

    @SuppressWarnings("ReferenceEquality") // only a value that was replaced is another object
    private Value list(ListValue list) {
        List<Value> materialized = new ArrayList<>(list.values().size());
        boolean changed = false;
        for (Value element : list.values()) {
            Value content = materialize(element);
            changed |= content != element;
            materialized.add(content);
        }
        return changed ? Value.of(materialized) : list;
    }

    @SuppressWarnings("ReferenceEquality") // only a value that was replaced is another object
    private Value map(MapValue map) {
        Map<String, Value> materialized = new LinkedHashMap<>();
        boolean changed = false;
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            Value content = materialize(entry.getValue());
            changed |= content != entry.getValue();
            materialized.put(entry.getKey(), content);
        }
        return changed ? new MapValue(materialized) : map;
    }
}
