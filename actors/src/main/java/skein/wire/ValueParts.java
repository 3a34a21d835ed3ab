package skein.wire;

import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipValue;

/**
 * Values as bytes: one byte that says what it is, then the value. Counts and lengths are variable; a list grows with
 * the bytes that are there. Only what may leave the runtime is written: no references.
 *
 * <pre>
 * 0 null  1 false  2 true  3 integer (zig-zag)  4 float  5 string  6 bytes  7 list  8 map
 * 9 date (epoch day)  10 time (nanos of day, offset seconds)  11 local time (nanos of day)
 * 12 zoned date-time (epoch day, nanos of day, offset seconds, zone or "")  13 local date-time (epoch day, nanos of day)
 * 14 duration (months, days, seconds, nanos)  15 point (srid, x, y, z)
 * 16 node (id, labels, map)  17 relationship (id, start, end, type, map)  18 path (nodes, relationships)
 * </pre>
 */
final class ValueParts {
    /** Deeper than any value a query makes within its limits, and far from the end of a thread's stack. */
    private static final int NESTING_MAX = 500;

    private ValueParts() {}

    static void write(Output output, Value value) {
        switch (value) {
            case Value.NullValue _ -> output.writeByte(0);
            case Value.BooleanValue(boolean flag) -> output.writeByte(flag ? 2 : 1);
            case ListValue(List<Value> items) -> {
                output.writeByte(7);
                Parts.writeList(output, items, ValueParts::write);
            }
            case MapValue map -> {
                output.writeByte(8);
                writeEntries(output, map.entries());
            }
            case Value.Scalar scalar -> writeScalar(output, scalar);
            case Value.Entity entity -> writeEntity(output, entity);
        }
    }

    private static void writeScalar(Output output, Value.Scalar scalar) {
        switch (scalar) {
            case Value.BooleanValue(boolean flag) -> output.writeByte(flag ? 2 : 1);
            case Value.IntegerValue(long number) -> {
                output.writeByte(3);
                output.writeVarLong(number, false);
            }
            case Value.FloatValue(double number) -> {
                output.writeByte(4);
                output.writeDouble(number);
            }
            case Value.StringValue(String text) -> {
                output.writeByte(5);
                output.writeString(text);
            }
            case Value.BytesValue(byte[] bytes) -> {
                output.writeByte(6);
                output.writeVarInt(bytes.length, true);
                output.writeBytes(bytes);
            }
            case Value.DurationValue duration -> {
                output.writeByte(14);
                output.writeVarLong(duration.months(), false);
                output.writeVarLong(duration.days(), false);
                output.writeVarLong(duration.seconds(), false);
                output.writeVarInt(duration.nanos(), true);
            }
            case Value.PointValue point -> {
                output.writeByte(15);
                output.writeVarInt(point.srid(), true);
                output.writeDouble(point.x());
                output.writeDouble(point.y());
                output.writeDouble(point.z());
            }
            case Value.DateValue _,
                    Value.TimeValue _,
                    Value.LocalTimeValue _,
                    Value.DateTimeValue _,
                    Value.LocalDateTimeValue _ -> writeMoment(output, scalar);
        }
    }

    private static void writeMoment(Output output, Value.Scalar moment) {
        switch (moment) {
            case Value.DateValue(LocalDate date) -> {
                output.writeByte(9);
                writeDate(output, date);
            }
            case Value.TimeValue(OffsetTime time) -> {
                output.writeByte(10);
                writeTime(output, time.toLocalTime());
                writeOffset(output, time.getOffset());
            }
            case Value.LocalTimeValue(LocalTime time) -> {
                output.writeByte(11);
                writeTime(output, time);
            }
            case Value.DateTimeValue(ZonedDateTime time) -> {
                output.writeByte(12);
                writeDateTime(output, time.toLocalDateTime());
                writeOffset(output, time.getOffset());
                output.writeString(
                        time.getZone() instanceof ZoneOffset
                                ? ""
                                : time.getZone().getId());
            }
            case Value.LocalDateTimeValue(LocalDateTime time) -> {
                output.writeByte(13);
                writeDateTime(output, time);
            }
            default -> throw new IllegalArgumentException(moment + " is no moment");
        }
    }

    private static void writeEntity(Output output, Value.Entity entity) {
        switch (entity) {
            case NodeValue node -> {
                output.writeByte(16);
                writeNode(output, node);
            }
            case RelationshipValue relationship -> {
                output.writeByte(17);
                writeRelationship(output, relationship);
            }
            case Value.PathValue(List<NodeValue> nodes, List<RelationshipValue> relationships) -> {
                output.writeByte(18);
                Parts.writeList(output, nodes, ValueParts::writeNode);
                Parts.writeList(output, relationships, ValueParts::writeRelationship);
            }
            case Value.NodeReference _, Value.RelationshipReference _, Value.PathReference _ ->
                throw new IllegalArgumentException("a reference never leaves the runtime");
        }
    }

    private static void writeNode(Output output, NodeValue node) {
        output.writeVarLong(node.id(), false);
        Parts.writeList(output, node.labels(), Output::writeString);
        writeEntries(output, node.properties().entries());
    }

    private static void writeRelationship(Output output, RelationshipValue relationship) {
        output.writeVarLong(relationship.id(), false);
        output.writeVarLong(relationship.startId(), false);
        output.writeVarLong(relationship.endId(), false);
        output.writeString(relationship.type());
        writeEntries(output, relationship.properties().entries());
    }

    static void writeEntries(Output output, Map<String, Value> entries) {
        output.writeVarInt(entries.size(), true);
        entries.forEach((key, value) -> {
            output.writeString(key);
            write(output, value);
        });
    }

    private static void writeDate(Output output, LocalDate date) {
        output.writeVarLong(date.toEpochDay(), false);
    }

    private static void writeTime(Output output, LocalTime time) {
        output.writeVarLong(time.toNanoOfDay(), true);
    }

    private static void writeDateTime(Output output, LocalDateTime time) {
        writeDate(output, time.toLocalDate());
        writeTime(output, time.toLocalTime());
    }

    private static void writeOffset(Output output, ZoneOffset offset) {
        output.writeVarInt(offset.getTotalSeconds(), false);
    }

    static Value read(Input input) {
        return read(input, 0);
    }

    private static Value read(Input input, int depth) {
        if (depth > NESTING_MAX) {
            throw new UnreadableMessage("a value is nested more than " + NESTING_MAX + " levels deep");
        }
        int kind = input.readByte();
        return switch (kind) {
            case 0 -> Value.NULL;
            case 1 -> Value.FALSE;
            case 2 -> Value.TRUE;
            case 3 -> Value.of(input.readVarLong(false));
            case 4 -> Value.of(input.readDouble());
            case 5 -> Value.of(Parts.readText(input));
            case 6 -> new Value.BytesValue(bytes(input));
            case 7 ->
                ListValue.ofOwned(
                        Parts.readList(input, in -> read(in, depth + 1)).toArray(Value[]::new));
            case 8 -> new MapValue(readEntries(input, depth + 1));
            case 14 ->
                new Value.DurationValue(
                        input.readVarLong(false),
                        input.readVarLong(false),
                        input.readVarLong(false),
                        input.readVarInt(true));
            case 15 ->
                new Value.PointValue(
                        input.readVarInt(true), input.readDouble(), input.readDouble(), input.readDouble());
            case 16 -> readNode(input, depth);
            case 17 -> readRelationship(input, depth);
            case 18 ->
                new Value.PathValue(
                        Parts.readList(input, in -> readNode(in, depth)),
                        Parts.readList(input, in -> readRelationship(in, depth)));
            default -> readMoment(input, kind);
        };
    }

    private static byte[] bytes(Input input) {
        byte[] bytes = new byte[Parts.readLength(input)];
        input.readBytes(bytes);
        return bytes;
    }

    private static Value readMoment(Input input, int kind) {
        return switch (kind) {
            case 9 -> new Value.DateValue(readDate(input));
            case 10 -> new Value.TimeValue(OffsetTime.of(readTime(input), readOffset(input)));
            case 11 -> new Value.LocalTimeValue(readTime(input));
            case 12 -> {
                LocalDateTime local = readDateTime(input);
                ZoneOffset offset = readOffset(input);
                String zone = Parts.readText(input);
                yield new Value.DateTimeValue(
                        zone.isEmpty()
                                ? ZonedDateTime.of(local, offset)
                                : ZonedDateTime.ofLocal(local, ZoneId.of(zone), offset));
            }
            case 13 -> new Value.LocalDateTimeValue(readDateTime(input));
            default -> throw new UnreadableMessage("there is no kind of value " + kind);
        };
    }

    private static NodeValue readNode(Input input, int depth) {
        return new NodeValue(
                input.readVarLong(false),
                Parts.readList(input, Parts::readText),
                new MapValue(readEntries(input, depth + 1)));
    }

    private static RelationshipValue readRelationship(Input input, int depth) {
        return new RelationshipValue(
                input.readVarLong(false),
                input.readVarLong(false),
                input.readVarLong(false),
                Parts.readText(input),
                new MapValue(readEntries(input, depth + 1)));
    }

    static Map<String, Value> readEntries(Input input) {
        return readEntries(input, 0);
    }

    private static Map<String, Value> readEntries(Input input, int depth) {
        int count = input.readVarInt(true);
        Map<String, Value> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (entries.put(Parts.readText(input), read(input, depth)) != null) {
                throw new UnreadableMessage("a key is in a map twice");
            }
        }
        return entries;
    }

    private static LocalDate readDate(Input input) {
        return LocalDate.ofEpochDay(input.readVarLong(false));
    }

    private static LocalTime readTime(Input input) {
        return LocalTime.ofNanoOfDay(input.readVarLong(true));
    }

    private static LocalDateTime readDateTime(Input input) {
        return LocalDateTime.of(readDate(input), readTime(input));
    }

    private static ZoneOffset readOffset(Input input) {
        return ZoneOffset.ofTotalSeconds(input.readVarInt(false));
    }
}
