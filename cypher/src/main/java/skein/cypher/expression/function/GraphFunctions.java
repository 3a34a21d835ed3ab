package skein.cypher.expression.function;

import java.util.ArrayList;
import java.util.List;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.entity.EntityReads;
import skein.cypher.expression.value.Entities;
import skein.cypher.expression.value.Footprint;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.storage.api.Direction;
import skein.storage.api.GraphTransaction;

/** Functions of nodes, relationships and paths. */
final class GraphFunctions {
    private static final int[] ALL_TYPES = {};

    private GraphFunctions() {}

    static void define(Definitions definitions) {
        definitions.unary("id", entity -> Value.of(id(entity, "id")));
        definitions.unary("elementId", entity -> Value.of(Long.toString(id(entity, "elementId"))));
        definitions.reading("type", GraphFunctions::type);
        definitions.reading("labels", GraphFunctions::labels);
        definitions.reading(
                "keys",
                (graph, value) ->
                        strings(properties(graph, value, "keys").entries().keySet()));
        definitions.reading("properties", (graph, value) -> properties(graph, value, "properties"));
        definitions.reading("values", GraphFunctions::values);
        definitions.add(new FunctionSignature("propertySize", 2, 2, FunctionSignature.Kind.CONTEXTUAL), arguments -> {
            Evaluator entity = arguments.get(0);
            Evaluator key = arguments.get(1);
            return (row, context) ->
                    propertySize(context.transaction(), entity.evaluate(row, context), key.evaluate(row, context));
        });
        definitions.reading(
                "startNode",
                (graph, value) -> new NodeReference(EntityReads.startId(graph, relationship(value, "startNode"))));
        definitions.reading(
                "endNode",
                (graph, value) -> new NodeReference(EntityReads.endId(graph, relationship(value, "endNode"))));
        definitions.reading("degree", (graph, value) -> degree(graph, value, Direction.BOTH, "degree"));
        definitions.reading("inDegree", (graph, value) -> degree(graph, value, Direction.INCOMING, "inDegree"));
        definitions.reading("outDegree", (graph, value) -> degree(graph, value, Direction.OUTGOING, "outDegree"));
        definitions.unary(
                "length", path -> Value.of((long) relationships(path, "length").size()));
        definitions.unary("nodes", GraphFunctions::nodes);
        definitions.unary("relationships", GraphFunctions::relationships);
    }

    private static long id(Value entity, String function) {
        if (Entities.isNode(entity)) {
            return Entities.nodeId(entity);
        }
        if (Entities.isRelationship(entity)) {
            return Entities.relationshipId(entity);
        }
        throw Arguments.wrongType(function, "a Node or a Relationship", entity);
    }

    private static Value relationship(Value value, String function) {
        if (!Entities.isRelationship(value)) {
            throw Arguments.wrongType(function, "a Relationship", value);
        }
        return value;
    }

    private static Value node(Value value, String function) {
        if (!Entities.isNode(value)) {
            throw Arguments.wrongType(function, "a Node", value);
        }
        return value;
    }

    private static Value type(GraphTransaction graph, Value value) {
        return Value.of(EntityReads.type(graph, relationship(value, "type")));
    }

    private static Value labels(GraphTransaction graph, Value value) {
        return strings(EntityReads.labels(graph, node(value, "labels")));
    }

    private static MapValue properties(GraphTransaction graph, Value value, String function) {
        if (value instanceof MapValue map) {
            return map;
        }
        if (!Entities.isNode(value) && !Entities.isRelationship(value)) {
            throw Arguments.wrongType(function, "a Node, a Relationship or a Map", value);
        }
        return EntityReads.properties(graph, value);
    }

    private static Value values(GraphTransaction graph, Value value) {
        return Value.of(List.copyOf(properties(graph, value, "values").entries().values()));
    }

    /** About how many bytes the value takes; 0 when there is none. */
    private static Value propertySize(GraphTransaction graph, Value entity, Value key) {
        if (entity.isNull() || key.isNull()) {
            return Value.NULL;
        }
        Value value = properties(graph, entity, "propertySize").get(Arguments.string(key, "propertySize"));
        return Value.of(value.isNull() ? 0 : Footprint.bytes(value));
    }

    private static Value degree(GraphTransaction graph, Value value, Direction direction, String function) {
        return Value.of(graph.degree(Entities.nodeId(node(value, function)), direction, ALL_TYPES));
    }

    private static List<Long> relationships(Value path, String function) {
        if (!Entities.isPath(path)) {
            throw Arguments.wrongType(function, "a Path", path);
        }
        return Entities.relationshipIds(path);
    }

    private static Value nodes(Value path) {
        if (!Entities.isPath(path)) {
            throw Arguments.wrongType("nodes", "a Path", path);
        }
        return Value.of(
                Entities.nodeIds(path).stream().<Value>map(NodeReference::new).toList());
    }

    private static Value relationships(Value path) {
        return Value.of(relationships(path, "relationships").stream()
                .<Value>map(RelationshipReference::new)
                .toList());
    }

    private static Value strings(Iterable<String> names) {
        List<Value> values = new ArrayList<>();
        names.forEach(name -> values.add(Value.of(name)));
        return Value.of(values);
    }
}
