package skein.bolt.packstream;

import java.util.ArrayList;
import java.util.List;
import skein.graph.Value;

/** Nodes, relationships and paths, as a client of ours reads them. */
final class EntityReader {
    private final PackStreamReader in;
    private final Dialect dialect;

    EntityReader(PackStreamReader in, Dialect dialect) {
        this.in = in;
        this.dialect = dialect;
    }

    Value read(int tag, int count) {
        return switch (tag) {
            case Marker.NODE -> node(count);
            case Marker.RELATIONSHIP -> relationship(count);
            case Marker.PATH -> path(count);
            default -> throw PackStreamException.invalid("An unbound relationship stands outside of a path");
        };
    }

    private Value.NodeValue node(int count) {
        StructureReader.expect("Node", dialect.elementIds() ? 4 : 3, count);
        long id = integer(in.value());
        List<String> labels = new ArrayList<>();
        for (Value label : list(in.value())) {
            labels.add(text(label));
        }
        Value.MapValue properties = map(in.value());
        elementIds(1);
        return new Value.NodeValue(id, labels, properties);
    }

    private Value.RelationshipValue relationship(int count) {
        StructureReader.expect("Relationship", dialect.elementIds() ? 8 : 5, count);
        long id = integer(in.value());
        long startId = integer(in.value());
        long endId = integer(in.value());
        String type = text(in.value());
        Value.MapValue properties = map(in.value());
        elementIds(3);
        return new Value.RelationshipValue(id, startId, endId, type, properties);
    }

    private void elementIds(int count) {
        for (int i = 0; dialect.elementIds() && i < count; i++) {
            text(in.value());
        }
    }

    private Value path(int count) {
        StructureReader.expect("Path", 3, count);
        List<Value.NodeValue> nodes = new ArrayList<>();
        for (Value node : list(in.value())) {
            nodes.add(as(Value.NodeValue.class, node));
        }
        List<Unbound> relationships = unboundRelationships();
        List<Value> indices = list(in.value());
        if (nodes.isEmpty()) {
            throw PackStreamException.invalid("A path has no node");
        }
        return walk(nodes, relationships, indices);
    }

    /** The one place where unbound relationships may stand, so they are read past {@link PackStreamReader#value}. */
    private List<Unbound> unboundRelationships() {
        List<Unbound> relationships = new ArrayList<>();
        for (Structure raw : in.structures()) {
            if (raw.tag() != Marker.UNBOUND_RELATIONSHIP) {
                throw PackStreamException.invalid("A path's second list holds unbound relationships");
            }
            List<Value> fields = raw.fields();
            StructureReader.expect("UnboundRelationship", dialect.elementIds() ? 4 : 3, fields.size());
            relationships.add(new Unbound(integer(fields.get(0)), text(fields.get(1)), map(fields.get(2))));
        }
        return relationships;
    }

    private static Value walk(List<Value.NodeValue> nodes, List<Unbound> unbound, List<Value> indices) {
        if (indices.size() % 2 != 0) {
            throw PackStreamException.invalid("A path's indices come in pairs");
        }
        List<Value.NodeValue> walked = new ArrayList<>(List.of(nodes.getFirst()));
        List<Value.RelationshipValue> relationships = new ArrayList<>();
        for (int i = 0; i < indices.size(); i += 2) {
            long index = integer(indices.get(i));
            Unbound step = at(unbound, Math.abs(index) - 1);
            Value.NodeValue from = walked.getLast();
            Value.NodeValue to = at(nodes, integer(indices.get(i + 1)));
            relationships.add(index > 0 ? step.between(from, to) : step.between(to, from));
            walked.add(to);
        }
        return new Value.PathValue(walked, relationships);
    }

    private record Unbound(long id, String type, Value.MapValue properties) {
        Value.RelationshipValue between(Value.NodeValue start, Value.NodeValue end) {
            return new Value.RelationshipValue(id, start.id(), end.id(), type, properties);
        }
    }

    private static <T> T at(List<T> items, long index) {
        if (index < 0 || index >= items.size()) {
            throw PackStreamException.invalid("A path's index points nowhere");
        }
        return items.get((int) index);
    }

    private static long integer(Value value) {
        return as(Value.IntegerValue.class, value).value();
    }

    private static String text(Value value) {
        return as(Value.StringValue.class, value).value();
    }

    private static Value.MapValue map(Value value) {
        return as(Value.MapValue.class, value);
    }

    private static List<Value> list(Value value) {
        return as(Value.ListValue.class, value).values();
    }

    private static <T extends Value> T as(Class<T> kind, Value value) {
        if (!kind.isInstance(value)) {
            throw PackStreamException.invalid("A field of a node, relationship or path is no " + kind.getSimpleName());
        }
        return kind.cast(value);
    }
}
