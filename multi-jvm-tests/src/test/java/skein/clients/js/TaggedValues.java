package skein.clients.js;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.PathValue;
import skein.graph.Value.RelationshipValue;

/** Values as {@code client.mjs} reads and writes them: {@code {t: type, v: content}}, numbers as text. */
final class TaggedValues {
    private static final String NO_ZONE = "";

    private TaggedValues() {}

    static Map<String, Object> write(Value value) {
        return switch (value) {
            case Value.NullValue nothing -> tagged("null", "");
            case Value.BooleanValue truth -> tagged("boolean", truth.value());
            case Value.IntegerValue whole -> tagged("integer", Long.toString(whole.value()));
            case Value.FloatValue number -> tagged("float", Double.toString(number.value()));
            case Value.StringValue text -> tagged("string", text.value());
            case Value.BytesValue bytes -> tagged("bytes", Base64.getEncoder().encodeToString(bytes.value()));
            case Value.ListValue list ->
                tagged("list", list.values().stream().map(TaggedValues::write).toList());
            case MapValue map -> tagged("map", writeMap(map.entries()));
            case Value.DateValue(LocalDate date) -> tagged("date", day(date));
            case Value.TimeValue(OffsetTime time) ->
                tagged("time", join(clock(time.toLocalTime()), offset(time.getOffset())));
            case Value.LocalTimeValue(LocalTime time) -> tagged("localTime", clock(time));
            case Value.LocalDateTimeValue(LocalDateTime time) ->
                tagged("localDateTime", join(day(time.toLocalDate()), clock(time.toLocalTime())));
            case Value.DateTimeValue(ZonedDateTime time) -> tagged("dateTime", dateTime(time));
            case Value.DurationValue span ->
                tagged("duration", texts(span.months(), span.days(), span.seconds(), span.nanos()));
            case Value.PointValue point -> tagged("point", point(point));
            case Value.Entity entity -> throw new IllegalArgumentException(entity + " is no parameter");
        };
    }

    static Map<String, Object> writeMap(Map<String, Value> entries) {
        Map<String, Object> written = new LinkedHashMap<>();
        entries.forEach((key, value) -> written.put(key, write(value)));
        return written;
    }

    private static Map<String, Object> tagged(String type, Object content) {
        return Map.of("t", type, "v", content);
    }

    private static List<Object> texts(long... numbers) {
        return Arrays.stream(numbers).<Object>mapToObj(Long::toString).toList();
    }

    private static List<Object> join(List<Object> first, List<Object> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static List<Object> day(LocalDate date) {
        return texts(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
    }

    private static List<Object> clock(LocalTime time) {
        return texts(time.getHour(), time.getMinute(), time.getSecond(), time.getNano());
    }

    private static List<Object> offset(ZoneOffset offset) {
        return texts(offset.getTotalSeconds());
    }

    private static List<Object> dateTime(ZonedDateTime time) {
        String zone =
                time.getZone() instanceof ZoneOffset ? NO_ZONE : time.getZone().getId();
        return join(
                join(day(time.toLocalDate()), clock(time.toLocalTime())),
                join(offset(time.getOffset()), List.of(zone)));
    }

    private static List<Object> point(Value.PointValue point) {
        Stream<Object> plane = Stream.of(Integer.toString(point.srid()), "" + point.x(), "" + point.y());
        return Stream.concat(plane, point.is3d() ? Stream.of("" + point.z()) : Stream.empty())
                .toList();
    }

    static Value read(Object tagged) {
        Map<?, ?> map = (Map<?, ?>) tagged;
        String type = text(part(map, "t"));
        return switch (type) {
            case "node" -> node(map);
            case "relationship" -> relationship(map);
            case "path" -> path(map);
            default -> readContent(type, content(map));
        };
    }

    private static Object content(Map<?, ?> map) {
        return part(map, "v");
    }

    private static Object part(Map<?, ?> map, String key) {
        return Objects.requireNonNull(map.get(key), key);
    }

    private static Value readContent(String type, Object content) {
        return switch (type) {
            case "null" -> Value.NULL;
            case "boolean" -> Value.of((Boolean) content);
            case "integer" -> Value.of(Long.parseLong(text(content)));
            case "float" -> Value.of(Double.parseDouble(text(content)));
            case "string" -> Value.of(text(content));
            case "bytes" -> new Value.BytesValue(Base64.getDecoder().decode(text(content)));
            case "list" ->
                Value.of(((List<?>) content).stream().map(TaggedValues::read).toList());
            case "map" -> readMap(content);
            case "point" -> readPoint((List<?>) content);
            default -> readTemporal(type, (List<?>) content);
        };
    }

    private static MapValue readMap(Object content) {
        Map<String, Value> entries = new LinkedHashMap<>();
        ((Map<?, ?>) content).forEach((key, value) -> entries.put(text(key), read(value)));
        return new MapValue(entries);
    }

    private static Value readTemporal(String type, List<?> parts) {
        return switch (type) {
            case "date" -> new Value.DateValue(date(parts));
            case "time" ->
                new Value.TimeValue(OffsetTime.of(time(parts, 0), ZoneOffset.ofTotalSeconds(number(parts, 4))));
            case "localTime" -> new Value.LocalTimeValue(time(parts, 0));
            case "localDateTime" -> new Value.LocalDateTimeValue(LocalDateTime.of(date(parts), time(parts, 3)));
            case "dateTime" -> new Value.DateTimeValue(zoned(parts));
            case "duration" ->
                new Value.DurationValue(number(parts, 0), number(parts, 1), number(parts, 2), number(parts, 3));
            default -> throw new IllegalArgumentException("the driver returned a " + type);
        };
    }

    private static ZonedDateTime zoned(List<?> parts) {
        LocalDateTime local = LocalDateTime.of(date(parts), time(parts, 3));
        String zone = text(parts.get(8));
        if (zone.equals(NO_ZONE)) {
            return ZonedDateTime.of(local, ZoneOffset.ofTotalSeconds(number(parts, 7)));
        }
        boolean told = !text(parts.get(7)).isEmpty();
        return told
                ? ZonedDateTime.ofStrict(local, ZoneOffset.ofTotalSeconds(number(parts, 7)), ZoneId.of(zone))
                : ZonedDateTime.of(local, ZoneId.of(zone));
    }

    private static LocalDate date(List<?> parts) {
        return LocalDate.of(number(parts, 0), number(parts, 1), number(parts, 2));
    }

    private static LocalTime time(List<?> parts, int at) {
        return LocalTime.of(number(parts, at), number(parts, at + 1), number(parts, at + 2), number(parts, at + 3));
    }

    private static Value readPoint(List<?> parts) {
        double z = parts.size() > 3 ? real(parts, 3) : Double.NaN;
        return new Value.PointValue((int) real(parts, 0), real(parts, 1), real(parts, 2), z);
    }

    private static NodeValue node(Map<?, ?> node) {
        List<String> labels = ((List<?>) part(node, "labels"))
                .stream().map(TaggedValues::text).toList();
        return new NodeValue(Long.parseLong(text(part(node, "id"))), labels, readMap(content(node)));
    }

    private static RelationshipValue relationship(Map<?, ?> relationship) {
        List<?> ends = (List<?>) part(relationship, "ends");
        return new RelationshipValue(
                number(ends, 0),
                number(ends, 1),
                number(ends, 2),
                text(part(relationship, "type")),
                readMap(content(relationship)));
    }

    private static PathValue path(Map<?, ?> path) {
        List<NodeValue> nodes = ((List<?>) part(path, "nodes"))
                .stream().map(node -> node((Map<?, ?>) node)).toList();
        List<RelationshipValue> relationships = ((List<?>) part(path, "relationships"))
                .stream().map(each -> relationship((Map<?, ?>) each)).toList();
        return new PathValue(nodes, relationships);
    }

    private static String text(Object object) {
        return String.valueOf(object);
    }

    private static int number(List<?> parts, int at) {
        return Integer.parseInt(text(parts.get(at)));
    }

    private static double real(List<?> parts, int at) {
        return Double.parseDouble(text(parts.get(at)));
    }
}
