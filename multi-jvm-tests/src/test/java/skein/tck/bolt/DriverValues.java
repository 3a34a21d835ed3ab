package skein.tck.bolt;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.types.Entity;
import org.neo4j.driver.types.IsoDuration;
import org.neo4j.driver.types.Node;
import org.neo4j.driver.types.Path;
import org.neo4j.driver.types.Point;
import org.neo4j.driver.types.Relationship;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;

/**
 * Between the driver's values and ours. Element ids become numbers, the same for the same element as long as this
 * lives.
 */
final class DriverValues {
    private final Map<String, Long> numbers = new HashMap<>();

    List<Value> read(List<org.neo4j.driver.Value> row) {
        return row.stream().map(this::read).toList();
    }

    private Value read(org.neo4j.driver.Value value) {
        return value.isNull() ? Value.NULL : readObject(value.asObject());
    }

    private Value readObject(@Nullable Object object) {
        return switch (object) {
            case null -> Value.NULL;
            case Boolean truth -> Value.of(truth);
            case Long whole -> Value.of(whole);
            case Double number -> Value.of(number);
            case String text -> Value.of(text);
            case byte[] bytes -> new Value.BytesValue(bytes);
            case List<?> list -> Value.of(list.stream().map(this::readObject).toList());
            case Map<?, ?> map -> readMap(map);
            case Node node -> readNode(node);
            case Relationship relationship -> readRelationship(relationship);
            case Path path -> readPath(path);
            case LocalDate date -> new Value.DateValue(date);
            case OffsetTime time -> new Value.TimeValue(time);
            case LocalTime time -> new Value.LocalTimeValue(time);
            case ZonedDateTime time -> new Value.DateTimeValue(time);
            case LocalDateTime time -> new Value.LocalDateTimeValue(time);
            case IsoDuration span ->
                new Value.DurationValue(span.months(), span.days(), span.seconds(), span.nanoseconds());
            case Point point -> new Value.PointValue(point.srid(), point.x(), point.y(), point.z());
            default -> throw new IllegalArgumentException("the driver returned a " + object.getClass());
        };
    }

    private MapValue readMap(Map<?, ?> map) {
        Map<String, Value> entries = new LinkedHashMap<>();
        map.forEach((key, value) -> entries.put(String.valueOf(key), readObject(value)));
        return new MapValue(entries);
    }

    private NodeValue readNode(Node node) {
        List<String> labels = new ArrayList<>();
        node.labels().forEach(labels::add);
        return new NodeValue(number("node " + node.elementId()), labels, properties(node));
    }

    private RelationshipValue readRelationship(Relationship relationship) {
        return new RelationshipValue(
                number("relationship " + relationship.elementId()),
                number("node " + relationship.startNodeElementId()),
                number("node " + relationship.endNodeElementId()),
                relationship.type(),
                properties(relationship));
    }

    private PathValue readPath(Path path) {
        List<NodeValue> nodes = new ArrayList<>();
        List<RelationshipValue> relationships = new ArrayList<>();
        path.nodes().forEach(node -> nodes.add(readNode(node)));
        path.relationships().forEach(relationship -> relationships.add(readRelationship(relationship)));
        return new PathValue(nodes, relationships);
    }

    private MapValue properties(Entity entity) {
        return readMap(entity.asMap());
    }

    private long number(String element) {
        return numbers.computeIfAbsent(element, _ -> (long) numbers.size());
    }

    /** Parameters as the driver wants them. */
    static Map<String, @Nullable Object> parameters(Map<String, Value> parameters) {
        Map<String, @Nullable Object> objects = new HashMap<>();
        parameters.forEach((name, value) -> objects.put(name, write(value)));
        return objects;
    }

    private static @Nullable Object write(Value value) {
        return switch (value) {
            case Value.NullValue nothing -> null;
            case Value.BooleanValue truth -> truth.value();
            case Value.IntegerValue whole -> whole.value();
            case Value.FloatValue number -> number.value();
            case Value.StringValue text -> text.value();
            case Value.ListValue list ->
                list.values().stream().map(DriverValues::write).toList();
            case MapValue map -> parameters(map.entries());
            default -> throw new IllegalArgumentException("the TCK writes no parameter like " + value);
        };
    }
}
