package skein.bolt.packstream;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import skein.graph.Value;
import skein.vocabulary.Invariant;

/**
 * Writes values the way one dialect wants them. Writing allocates nothing but for paths and long or non-ASCII strings,
 * so one of these is kept as long as its dialect is spoken, lists are walked by index, and maps by a function that is
 * made once. Not thread-safe.
 */
public final class ValueWriter {
    private final PackStreamWriter out;
    private final Dialect dialect;
    private final BiConsumer<String, Value> entry = this::entry;

    public ValueWriter(PackStreamWriter out, Dialect dialect) {
        this.out = out;
        this.dialect = dialect;
    }

    public Dialect dialect() {
        return dialect;
    }

    /** Writes any value that may leave the runtime; references may not. */
    public void value(Value value) {
        switch (value) {
            case Value.NullValue ignored -> out.nothing();
            case Value.BooleanValue(boolean bool) -> out.bool(bool);
            case Value.IntegerValue(long integer) -> out.integer(integer);
            case Value.FloatValue(double real) -> out.real(real);
            case Value.StringValue(String string) -> out.string(string);
            case Value.BytesValue(byte[] bytes) -> out.bytes(bytes);
            case Value.ListValue(List<Value> values) -> list(values);
            case Value.MapValue(Map<String, Value> entries) -> map(entries);
            case Value.DateValue(LocalDate date) -> single(Marker.DATE, date.toEpochDay());
            case Value.TimeValue(OffsetTime time) -> time(time);
            case Value.LocalTimeValue(LocalTime time) -> single(Marker.LOCAL_TIME, time.toNanoOfDay());
            case Value.LocalDateTimeValue(LocalDateTime time) -> localDateTime(time);
            case Value.DateTimeValue(ZonedDateTime time) -> dateTime(time);
            case Value.DurationValue duration -> duration(duration);
            case Value.PointValue point -> point(point);
            case Value.Entity entity -> entity(entity);
        }
    }

    private void list(List<Value> values) {
        out.list(values.size());
        for (int i = 0; i < values.size(); i++) {
            value(values.get(i));
        }
    }

    /** A map of values, for example the metadata of an answer. */
    public void map(Map<String, Value> entries) {
        out.map(entries.size());
        entries.forEach(entry);
    }

    private void entry(String key, Value value) {
        out.string(key);
        value(value);
    }

    private void time(OffsetTime time) {
        out.structure(Marker.TIME, 2);
        out.integer(time.toLocalTime().toNanoOfDay());
        out.integer(time.getOffset().getTotalSeconds());
    }

    private void localDateTime(LocalDateTime time) {
        out.structure(Marker.LOCAL_DATE_TIME, 2);
        out.integer(time.toEpochSecond(ZoneOffset.UTC));
        out.integer(time.get(ChronoField.NANO_OF_SECOND));
    }

    private void duration(Value.DurationValue duration) {
        out.structure(Marker.DURATION, 4);
        out.integer(duration.months());
        out.integer(duration.days());
        out.integer(duration.seconds());
        out.integer(duration.nanos());
    }

    private void single(int tag, long field) {
        out.structure(tag, 1);
        out.integer(field);
    }

    /** In UTC seconds, or in the local seconds of old versions; by offset, or by the name of the zone. */
    private void dateTime(ZonedDateTime time) {
        boolean byOffset = time.getZone() instanceof ZoneOffset;
        if (dialect.utc()) {
            out.structure(byOffset ? Marker.DATE_TIME : Marker.DATE_TIME_ZONE_ID, 3);
            out.integer(time.toEpochSecond());
        } else {
            out.structure(byOffset ? Marker.LEGACY_DATE_TIME : Marker.LEGACY_DATE_TIME_ZONE_ID, 3);
            out.integer(time.toLocalDateTime().toEpochSecond(ZoneOffset.UTC));
        }
        out.integer(time.get(ChronoField.NANO_OF_SECOND));
        if (byOffset) {
            out.integer(time.getOffset().getTotalSeconds());
        } else {
            out.string(time.getZone().getId());
        }
    }

    private void point(Value.PointValue point) {
        out.structure(point.is3d() ? Marker.POINT_3D : Marker.POINT_2D, point.is3d() ? 4 : 3);
        out.integer(point.srid());
        out.real(point.x());
        out.real(point.y());
        if (point.is3d()) {
            out.real(point.z());
        }
    }

    private void entity(Value.Entity entity) {
        switch (entity) {
            case Value.NodeValue node -> node(node);
            case Value.RelationshipValue relationship -> relationship(relationship);
            case Value.PathValue path -> path(path);
            case Value.NodeReference reference -> refuse(reference);
            case Value.RelationshipReference reference -> refuse(reference);
            case Value.PathReference reference -> refuse(reference);
        }
    }

    private static void refuse(Value.Entity reference) {
        Invariant.check(false, "%s must not leave the runtime", reference);
    }

    private void node(Value.NodeValue node) {
        out.structure(Marker.NODE, dialect.elementIds() ? 4 : 3);
        out.integer(node.id());
        List<String> labels = node.labels();
        out.list(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            out.string(labels.get(i));
        }
        map(node.properties().entries());
        elementId(node.id());
    }

    private void relationship(Value.RelationshipValue relationship) {
        out.structure(Marker.RELATIONSHIP, dialect.elementIds() ? 8 : 5);
        out.integer(relationship.id());
        out.integer(relationship.startId());
        out.integer(relationship.endId());
        out.string(relationship.type());
        map(relationship.properties().entries());
        elementId(relationship.id());
        elementId(relationship.startId());
        elementId(relationship.endId());
    }

    /**
     * Each node and relationship once, then the walk as pairs of a relationship's number (from 1, negative when walked
     * against its direction) and a node's (from 0).
     */
    private void path(Value.PathValue path) {
        Map<Long, Integer> nodeNumbers = new LinkedHashMap<>();
        Map<Long, Integer> relationshipNumbers = new LinkedHashMap<>();
        path.nodes().forEach(node -> nodeNumbers.putIfAbsent(node.id(), nodeNumbers.size()));
        path.relationships()
                .forEach(step -> relationshipNumbers.putIfAbsent(step.id(), relationshipNumbers.size() + 1));
        out.structure(Marker.PATH, 3);
        nodesOnce(path, nodeNumbers.size());
        relationshipsOnce(path, relationshipNumbers.size());
        out.list(path.relationships().size() * 2);
        for (int i = 0; i < path.relationships().size(); i++) {
            Value.RelationshipValue step = path.relationships().get(i);
            boolean forwards = step.startId() == path.nodes().get(i).id();
            int number = relationshipNumbers.getOrDefault(step.id(), 0);
            out.integer(forwards ? number : -number);
            out.integer(nodeNumbers.getOrDefault(path.nodes().get(i + 1).id(), 0));
        }
    }

    private void nodesOnce(Value.PathValue path, int count) {
        Map<Long, Value.NodeValue> once = new LinkedHashMap<>();
        path.nodes().forEach(node -> once.putIfAbsent(node.id(), node));
        out.list(count);
        once.values().forEach(this::node);
    }

    private void relationshipsOnce(Value.PathValue path, int count) {
        Map<Long, Value.RelationshipValue> once = new LinkedHashMap<>();
        path.relationships().forEach(step -> once.putIfAbsent(step.id(), step));
        out.list(count);
        for (Value.RelationshipValue step : once.values()) {
            out.structure(Marker.UNBOUND_RELATIONSHIP, dialect.elementIds() ? 4 : 3);
            out.integer(step.id());
            out.string(step.type());
            map(step.properties().entries());
            elementId(step.id());
        }
    }

    /** Text for the same identity: drivers of Bolt 5 show it instead of the number. */
    private void elementId(long id) {
        if (dialect.elementIds()) {
            out.decimal(id);
        }
    }
}
