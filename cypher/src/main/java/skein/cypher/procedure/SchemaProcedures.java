package skein.cypher.procedure;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipValue;
import skein.storage.api.GraphReads;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;

/**
 * {@code db.schema.*}: which labels, types and properties go together, found by looking at every node and relationship.
 * Columns as Neo4j documents them (Operations manual, "Procedures").
 */
final class SchemaProcedures {
    private SchemaProcedures() {}

    static List<Procedure> all() {
        return List.of(
                procedure(
                        ProcedureSignature.reading(
                                "db.schema.nodeTypeProperties",
                                "nodeType",
                                "nodeLabels",
                                "propertyName",
                                "propertyTypes",
                                "mandatory"),
                        SchemaProcedures::nodeTypeProperties),
                procedure(
                        ProcedureSignature.reading(
                                "db.schema.relTypeProperties", "relType", "propertyName", "propertyTypes", "mandatory"),
                        SchemaProcedures::relTypeProperties),
                procedure(
                        ProcedureSignature.reading("db.schema.visualization", "nodes", "relationships"),
                        SchemaProcedures::visualization));
    }

    private interface Body {
        List<Value[]> rows(CallContext context);
    }

    private static Procedure procedure(ProcedureSignature signature, Body body) {
        return new Procedure() {
            @Override
            public ProcedureSignature signature() {
                return signature;
            }

            @Override
            public Iterator<Value[]> call(List<Value> arguments, CallContext context) {
                return body.rows(context).iterator();
            }
        };
    }

    /** The properties of all entities of one kind. */
    private static final class Shape {
        private final Map<String, TreeSet<String>> types = new TreeMap<>();
        private final Map<String, Long> occurrences = new LinkedHashMap<>();
        private long entities;

        void property(String name, Value value) {
            types.computeIfAbsent(name, _ -> new TreeSet<>()).add(typeOf(value));
            occurrences.merge(name, 1L, Long::sum);
        }

        /** Name, types, and whether every entity has it; one row of nulls for a kind without properties. */
        List<Value[]> rows() {
            List<Value[]> rows = new ArrayList<>();
            types.forEach((name, found) -> rows.add(
                    new Value[] {Value.of(name), texts(found), Value.of(occurrences.getOrDefault(name, 0L) == entities)
                    }));
            if (rows.isEmpty()) {
                rows.add(new Value[] {Value.NULL, Value.NULL, Value.FALSE});
            }
            return rows;
        }
    }

    private static List<Value[]> nodeTypeProperties(CallContext context) {
        GraphReads graph = context.transaction();
        Map<List<String>, Shape> shapes = new LinkedHashMap<>();
        for (EntityCursor nodes = graph.nodes(); nodes.next(); ) {
            context.checkTermination();
            Shape shape = shapes.computeIfAbsent(labels(graph, nodes.id()), _ -> new Shape());
            shape.entities++;
            graph.visitNodeProperties(
                    nodes.id(), (key, value) -> shape.property(graph.nameOf(NameKind.PROPERTY_KEY, key), value));
        }
        List<Value[]> rows = new ArrayList<>();
        shapes.forEach((labels, shape) -> shape.rows()
                .forEach(property -> rows.add(new Value[] {
                    Value.of(String.join(
                            "", labels.stream().map(SchemaProcedures::quoted).toList())),
                    texts(labels),
                    property[0],
                    property[1],
                    property[2]
                })));
        return rows;
    }

    private static List<Value[]> relTypeProperties(CallContext context) {
        GraphReads graph = context.transaction();
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (EntityCursor all = graph.relationships(); all.next(); ) {
            context.checkTermination();
            Shape shape = shapes.computeIfAbsent(typeName(graph, all.id()), _ -> new Shape());
            shape.entities++;
            graph.visitRelationshipProperties(
                    all.id(), (key, value) -> shape.property(graph.nameOf(NameKind.PROPERTY_KEY, key), value));
        }
        List<Value[]> rows = new ArrayList<>();
        shapes.forEach((type, shape) -> shape.rows()
                .forEach(property ->
                        rows.add(new Value[] {Value.of(quoted(type)), property[0], property[1], property[2]})));
        return rows;
    }

    /** One node for each label in use, one relationship for each pair of labels that a type joins; ids are negative. */
    private static List<Value[]> visualization(CallContext context) {
        GraphReads graph = context.transaction();
        Map<String, NodeValue> nodes = new LinkedHashMap<>();
        for (String label : graph.namesInUse(NameKind.LABEL)) {
            nodes.put(label, new NodeValue(-1L - nodes.size(), List.of(label), named(label)));
        }
        Map<List<String>, RelationshipValue> joins = new LinkedHashMap<>();
        for (EntityCursor all = graph.relationships(); all.next(); ) {
            context.checkTermination();
            String type = typeName(graph, all.id());
            for (String start : labels(graph, graph.startOf(all.id()))) {
                for (String end : labels(graph, graph.endOf(all.id()))) {
                    join(nodes, joins, start, type, end);
                }
            }
        }
        List<Value[]> rows = new ArrayList<>();
        rows.add(new Value[] {new ListValue(List.copyOf(nodes.values())), new ListValue(List.copyOf(joins.values()))});
        return rows;
    }

    private static void join(
            Map<String, NodeValue> nodes,
            Map<List<String>, RelationshipValue> joins,
            String start,
            String type,
            String end) {
        NodeValue from = nodes.get(start);
        NodeValue to = nodes.get(end);
        if (from != null && to != null) {
            joins.computeIfAbsent(
                    List.of(start, type, end),
                    _ -> new RelationshipValue(-1L - joins.size(), from.id(), to.id(), type, named(type)));
        }
    }

    private static MapValue named(String name) {
        return new MapValue(Map.of("name", Value.of(name)));
    }

    private static List<String> labels(GraphReads graph, long node) {
        List<String> labels = new ArrayList<>();
        for (int token : graph.labels(node)) {
            labels.add(graph.nameOf(NameKind.LABEL, token));
        }
        labels.sort(null);
        return labels;
    }

    private static String typeName(GraphReads graph, long relationship) {
        return graph.nameOf(NameKind.RELATIONSHIP_TYPE, graph.typeOf(relationship));
    }

    private static String quoted(String name) {
        return ":`" + name + "`";
    }

    private static Value texts(Iterable<String> texts) {
        List<Value> values = new ArrayList<>();
        texts.forEach(text -> values.add(Value.of(text)));
        return Value.of(values);
    }

    /** In Neo4j's words. */
    private static String typeOf(Value value) {
        return switch (value) {
            case Value.BooleanValue ignored -> "Boolean";
            case Value.IntegerValue ignored -> "Long";
            case Value.FloatValue ignored -> "Double";
            case Value.StringValue ignored -> "String";
            case ListValue list -> elementType(list) + "Array";
            case Value.BytesValue ignored -> "ByteArray";
            case Value.DateValue ignored -> "Date";
            case Value.TimeValue ignored -> "Time";
            case Value.LocalTimeValue ignored -> "LocalTime";
            case Value.LocalDateTimeValue ignored -> "LocalDateTime";
            case Value.DateTimeValue ignored -> "DateTime";
            case Value.DurationValue ignored -> "Duration";
            case Value.PointValue ignored -> "Point";
            case MapValue ignored -> "Map";
            case Value.NullValue ignored -> "Null";
            case Value.Entity ignored -> "Any";
        };
    }

    private static String elementType(ListValue list) {
        List<String> types =
                list.values().stream().map(SchemaProcedures::typeOf).distinct().toList();
        return types.size() == 1 ? types.getFirst() : "Any";
    }
}
