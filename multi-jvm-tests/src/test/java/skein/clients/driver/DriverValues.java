package skein.clients.driver;

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
import org.neo4j.driver.Values;
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

/** Between the driver's values and ours. */
public final class DriverValues {
    private final ElementNumbers numbers;

    public DriverValues(ElementNumbers numbers) {
        this.numbers = numbers;
    }

    public List<Value> read(List<org.neo4j.driver.Value> row) {
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
        return new NodeValue(numbers.of(node), labels, properties(node));
    }

    private RelationshipValue readRelationship(Relationship relationship) {
        return new RelationshipValue(
                numbers.of(relationship),
                numbers.start(relationship),
                numbers.end(relationship),
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

    /** Parameters as the driver wants them; its signatures know no nulls, but its maps may hold them. */
    @SuppressWarnings("NullAway")
    public static Map<String, Object> parameters(Map<String, Value> parameters) {
        Map<String, Object> objects = new HashMap<>();
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
            case Value.BytesValue bytes -> bytes.value();
            case Value.ListValue list -> writeList(list);
            case MapValue map -> parameters(map.entries());
            case Value.DateValue date -> date.value();
            case Value.TimeValue time -> time.value();
            case Value.LocalTimeValue time -> time.value();
            case Value.LocalDateTimeValue time -> time.value();
            case Value.DateTimeValue time -> time.value();
            case Value.DurationValue(long months, long days, long seconds, int nanos) ->
                Values.isoDuration(months, days, seconds, nanos);
            case Value.PointValue point ->
                point.is3d()
                        ? Values.point(point.srid(), point.x(), point.y(), point.z())
                        : Values.point(point.srid(), point.x(), point.y());
            case Value.Entity entity -> throw new IllegalArgumentException(entity + " is no parameter");
        };
    }

    /** May hold nulls. */
    private static List<@Nullable Object> writeList(Value.ListValue list) {
        List<@Nullable Object> objects = new ArrayList<>();
        list.values().forEach(element -> objects.add(write(element)));
        return objects;
    }
}
