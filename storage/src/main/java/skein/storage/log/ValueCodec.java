package skein.storage.log;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.graph.Value;
import skein.graph.Value.BooleanValue;
import skein.graph.Value.BytesValue;
import skein.graph.Value.DateTimeValue;
import skein.graph.Value.DateValue;
import skein.graph.Value.DurationValue;
import skein.graph.Value.Entity;
import skein.graph.Value.FloatValue;
import skein.graph.Value.IntegerValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.LocalDateTimeValue;
import skein.graph.Value.LocalTimeValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NullValue;
import skein.graph.Value.PointValue;
import skein.graph.Value.StringValue;
import skein.graph.Value.TimeValue;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * One value as bytes. Equal values have equal bytes (maps: when written in the same order), and each has the shortest
 * form there is; others are refused when read. Writing, reading and skipping stand in one file, under one table.
 *
 * <pre>
 * 00        null (inside lists and maps only)   01 false   02 true
 * 03..06    integer of 1, 2, 4, 8 bytes         07 float of 4 bytes, where nothing is lost   08 float of 8 bytes
 * 09        text: varint bytes, UTF-8           0A text that UTF-8 cannot hold (lone surrogates): varint bytes, UTF-16
 * 0B        bytes: varint length, bytes
 * 0C        list: varint count, values          0D map: varint count, (text, value) in the order written
 * 0E        date: signed days since 1970        0F time: varint nanos of day, signed offset seconds
 * 10        local time: varint nanos of day     11 date-time: signed seconds since 1970 UTC, varint nanos, signed offset
 * 12        date-time with zone: as 11 without offset, then the zone id as varint bytes, UTF-8
 * 13        local date-time: as 12 without zone, local seconds
 * 14        duration: signed months, days, seconds, varint nanos
 * 15..18    point: cartesian x y, cartesian-3d x y z, wgs-84 x y, wgs-84-3d x y z; 8 bytes each
 * 80..BF    integers -16..47                    C0..FF text of 0..63 UTF-8 bytes
 * </pre>
 */
final class ValueCodec {
    /** Lists and maps may stand in one another this deep. */
    static final int DEPTH_MAX = 100;

    private static final int NULL = 0x00;
    private static final int FALSE = 0x01;
    private static final int TRUE = 0x02;
    private static final int INTEGER_1 = 0x03;
    private static final int INTEGER_2 = 0x04;
    private static final int INTEGER_4 = 0x05;
    private static final int INTEGER_8 = 0x06;
    private static final int FLOAT_4 = 0x07;
    private static final int FLOAT_8 = 0x08;
    private static final int TEXT = 0x09;
    private static final int TEXT_UTF16 = 0x0A;
    private static final int BYTES = 0x0B;
    private static final int LIST = 0x0C;
    private static final int MAP = 0x0D;
    private static final int DATE = 0x0E;
    private static final int TIME = 0x0F;
    private static final int LOCAL_TIME = 0x10;
    private static final int DATE_TIME_OFFSET = 0x11;
    private static final int DATE_TIME_ZONE = 0x12;
    private static final int LOCAL_DATE_TIME = 0x13;
    private static final int DURATION = 0x14;
    private static final int POINT_CARTESIAN = 0x15;
    private static final int POINT_CARTESIAN_3D = 0x16;
    private static final int POINT_WGS_84 = 0x17;
    private static final int POINT_WGS_84_3D = 0x18;
    private static final int SMALL_INTEGER = 0x80;
    private static final int SMALL_INTEGER_LOW = -16;
    private static final int SMALL_INTEGER_HIGH = 47;
    private static final int SHORT_TEXT = 0xC0;
    private static final int SHORT_TEXT_BYTES_MAX = 63;

    private static final int NANOS_MAX = 999_999_999;

    /** A count in damaged bytes makes at most this much room before its elements are found missing. */
    private static final int CAPACITY_MAX = 1_000;

    private ValueCodec() {}

    static void write(ByteWriter out, Value value) {
        write(out, value, 0);
    }

    private static void write(ByteWriter out, Value value, int depth) {
        switch (value) {
            case NullValue ignored -> out.putByte(NULL);
            case BooleanValue(boolean truth) -> out.putByte(truth ? TRUE : FALSE);
            case IntegerValue(long number) -> writeInteger(out, number);
            case FloatValue(double number) -> writeFloat(out, number);
            case StringValue(String text) -> writeText(out, text);
            case BytesValue(byte[] bytes) -> {
                out.putByte(BYTES);
                out.putSized(bytes);
            }
            case ListValue list -> writeList(out, list, depth);
            case MapValue map -> writeMap(out, map, depth);
            case DateValue(LocalDate date) -> {
                out.putByte(DATE);
                out.putSigned(date.toEpochDay());
            }
            case TimeValue(OffsetTime time) -> {
                out.putByte(TIME);
                out.putVarint(time.toLocalTime().toNanoOfDay());
                out.putSigned(time.getOffset().getTotalSeconds());
            }
            case LocalTimeValue(LocalTime time) -> {
                out.putByte(LOCAL_TIME);
                out.putVarint(time.toNanoOfDay());
            }
            case DateTimeValue(ZonedDateTime dateTime) -> writeDateTime(out, dateTime);
            case LocalDateTimeValue(LocalDateTime dateTime) -> {
                out.putByte(LOCAL_DATE_TIME);
                out.putSigned(dateTime.toEpochSecond(ZoneOffset.UTC));
                out.putVarint(dateTime.get(ChronoField.NANO_OF_SECOND));
            }
            case DurationValue duration -> writeDuration(out, duration);
            case PointValue point -> writePoint(out, point);
            case Entity entity -> throw unstorable("nodes, relationships and paths cannot be stored as a property");
        }
    }

    private static void writeInteger(ByteWriter out, long number) {
        if (number >= SMALL_INTEGER_LOW && number <= SMALL_INTEGER_HIGH) {
            out.putByte(SMALL_INTEGER + (int) number - SMALL_INTEGER_LOW);
        } else if (number == (byte) number) {
            out.putByte(INTEGER_1);
            out.putByte((int) number);
        } else if (number == (short) number) {
            out.putByte(INTEGER_2);
            out.putByte((int) number >> 8);
            out.putByte((int) number);
        } else if (number == (int) number) {
            out.putByte(INTEGER_4);
            out.putInt((int) number);
        } else {
            out.putByte(INTEGER_8);
            out.putLong(number);
        }
    }

    private static void writeFloat(ByteWriter out, double number) {
        float narrow = (float) number;
        if (fitsFloat(number)) {
            out.putByte(FLOAT_4);
            out.putInt(Float.floatToIntBits(narrow));
        } else {
            out.putByte(FLOAT_8);
            out.putDouble(number);
        }
    }

    /** All not-a-numbers count as one. */
    private static boolean fitsFloat(double number) {
        return Double.doubleToLongBits(number) == Double.doubleToLongBits((float) number);
    }

    static void writeText(ByteWriter out, String text) {
        if (hasLoneSurrogate(text)) {
            out.putByte(TEXT_UTF16);
            out.putVarint(2L * text.length());
            for (int i = 0; i < text.length(); i++) {
                out.putByte(text.charAt(i) >> 8);
                out.putByte(text.charAt(i));
            }
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length <= SHORT_TEXT_BYTES_MAX) {
            out.putByte(SHORT_TEXT + utf8.length);
            out.putBytes(utf8);
        } else {
            out.putByte(TEXT);
            out.putSized(utf8);
        }
    }

    static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean paired = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!paired) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static void writeList(ByteWriter out, ListValue list, int depth) {
        checkDepth(depth);
        out.putByte(LIST);
        out.putVarint(list.values().size());
        for (Value element : list.values()) {
            write(out, element, depth + 1);
        }
    }

    private static void writeMap(ByteWriter out, MapValue map, int depth) {
        checkDepth(depth);
        out.putByte(MAP);
        out.putVarint(map.entries().size());
        for (Map.Entry<String, Value> entry : map.entries().entrySet()) {
            writeText(out, entry.getKey());
            write(out, entry.getValue(), depth + 1);
        }
    }

    private static void checkDepth(int depth) {
        if (depth >= DEPTH_MAX) {
            throw unstorable("its lists and maps are nested deeper than " + DEPTH_MAX + " levels");
        }
    }

    private static void writeDateTime(ByteWriter out, ZonedDateTime dateTime) {
        boolean fixed = dateTime.getZone() instanceof ZoneOffset;
        out.putByte(fixed ? DATE_TIME_OFFSET : DATE_TIME_ZONE);
        out.putSigned(dateTime.toEpochSecond());
        out.putVarint(dateTime.getNano());
        if (fixed) {
            out.putSigned(dateTime.getOffset().getTotalSeconds());
        } else {
            out.putSized(dateTime.getZone().getId().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void writeDuration(ByteWriter out, DurationValue duration) {
        if (duration.nanos() < 0 || duration.nanos() > NANOS_MAX) {
            throw unstorable("the nanoseconds of the duration are " + duration.nanos() + ", not 0 to " + NANOS_MAX);
        }
        out.putByte(DURATION);
        out.putSigned(duration.months());
        out.putSigned(duration.days());
        out.putSigned(duration.seconds());
        out.putVarint(duration.nanos());
    }

    private static void writePoint(ByteWriter out, PointValue point) {
        out.putByte(
                switch (point.srid()) {
                    case PointValue.CARTESIAN -> POINT_CARTESIAN;
                    case PointValue.CARTESIAN_3D -> POINT_CARTESIAN_3D;
                    case PointValue.WGS_84 -> POINT_WGS_84;
                    case PointValue.WGS_84_3D -> POINT_WGS_84_3D;
                    default -> throw unstorable("the coordinate system " + point.srid() + " of the point is unknown");
                });
        out.putDouble(point.x());
        out.putDouble(point.y());
        if (point.is3d()) {
            out.putDouble(point.z());
        }
    }

    private static SkeinException unstorable(String reason) {
        return new SkeinException(ErrorCode.TYPE_ERROR, "The value cannot be stored: " + reason + ".");
    }

    static Value read(ByteReader in) {
        return read(in, 0);
    }

    private static Value read(ByteReader in, int depth) {
        int tag = in.readByte();
        if (tag >= SHORT_TEXT) {
            return Value.of(in.readUtf8(tag - SHORT_TEXT));
        }
        if (tag >= SMALL_INTEGER) {
            return Value.of((long) tag - SMALL_INTEGER + SMALL_INTEGER_LOW);
        }
        return switch (tag) {
            case NULL -> Value.NULL;
            case FALSE -> Value.FALSE;
            case TRUE -> Value.TRUE;
            case INTEGER_1, INTEGER_2, INTEGER_4, INTEGER_8 -> readInteger(in, tag);
            case FLOAT_4, FLOAT_8 -> readFloat(in, tag);
            case TEXT, TEXT_UTF16 -> Value.of(readText(in, tag));
            case BYTES -> new BytesValue(in.readSized());
            case LIST -> readList(in, depth);
            case MAP -> readMap(in, depth);
            case DATE, TIME, LOCAL_TIME, DATE_TIME_OFFSET, DATE_TIME_ZONE, LOCAL_DATE_TIME -> readTemporal(in, tag);
            case DURATION ->
                new DurationValue(in.readSigned(), in.readSigned(), in.readSigned(), in.readBounded(NANOS_MAX));
            case POINT_CARTESIAN -> readPoint(in, PointValue.CARTESIAN);
            case POINT_CARTESIAN_3D -> readPoint(in, PointValue.CARTESIAN_3D);
            case POINT_WGS_84 -> readPoint(in, PointValue.WGS_84);
            case POINT_WGS_84_3D -> readPoint(in, PointValue.WGS_84_3D);
            default -> throw in.refusal("there is no kind of value " + tag);
        };
    }

    private static Value readInteger(ByteReader in, int tag) {
        long number = switch (tag) {
            case INTEGER_1 -> (byte) in.readByte();
            case INTEGER_2 -> (short) (in.readByte() << 8 | in.readByte());
            case INTEGER_4 -> in.readInt();
            default -> in.readLong();
        };
        boolean shorter = switch (tag) {
            case INTEGER_1 -> number >= SMALL_INTEGER_LOW && number <= SMALL_INTEGER_HIGH;
            case INTEGER_2 -> number == (byte) number;
            case INTEGER_4 -> number == (short) number;
            default -> number == (int) number;
        };
        in.require(!shorter, "an integer is written longer than needed");
        return Value.of(number);
    }

    private static Value readFloat(ByteReader in, int tag) {
        if (tag == FLOAT_4) {
            return Value.of((double) Float.intBitsToFloat(in.readInt()));
        }
        double number = in.readDouble();
        in.require(!fitsFloat(number), "a float is written longer than needed");
        return Value.of(number);
    }

    private static String readText(ByteReader in, int tag) {
        int length = in.readCount(1);
        if (tag == TEXT_UTF16) {
            String text = in.readUtf16(length);
            in.require(hasLoneSurrogate(text), "a text is in UTF-16 without need");
            return text;
        }
        in.require(length > SHORT_TEXT_BYTES_MAX, "a text is written longer than needed");
        return in.readUtf8(length);
    }

    private static Value readList(ByteReader in, int depth) {
        in.require(depth < DEPTH_MAX, "lists and maps are nested too deep");
        int count = in.readCount(1);
        List<Value> values = new ArrayList<>(Math.min(count, CAPACITY_MAX));
        for (int i = 0; i < count; i++) {
            values.add(read(in, depth + 1));
        }
        return new ListValue(values);
    }

    private static Value readMap(ByteReader in, int depth) {
        in.require(depth < DEPTH_MAX, "lists and maps are nested too deep");
        int count = in.readCount(2);
        Map<String, Value> entries = LinkedHashMap.newLinkedHashMap(Math.min(count, CAPACITY_MAX));
        for (int i = 0; i < count; i++) {
            String key = readText(in);
            in.require(entries.put(key, read(in, depth + 1)) == null, "a map has a key twice");
        }
        return new MapValue(entries);
    }

    /** A text on its own: the key of a map or a name. */
    static String readText(ByteReader in) {
        int tag = in.readByte();
        if (tag >= SHORT_TEXT) {
            return in.readUtf8(tag - SHORT_TEXT);
        }
        in.require(tag == TEXT || tag == TEXT_UTF16, "a name is not a text");
        return readText(in, tag);
    }

    private static Value readTemporal(ByteReader in, int tag) {
        try {
            return switch (tag) {
                case DATE -> new DateValue(LocalDate.ofEpochDay(in.readSigned()));
                case TIME -> {
                    LocalTime time = LocalTime.ofNanoOfDay(in.readVarint());
                    yield new TimeValue(OffsetTime.of(time, readOffset(in)));
                }
                case LOCAL_TIME -> new LocalTimeValue(LocalTime.ofNanoOfDay(in.readVarint()));
                case DATE_TIME_OFFSET -> {
                    Instant instant = readInstant(in);
                    yield new DateTimeValue(ZonedDateTime.ofInstant(instant, readOffset(in)));
                }
                case DATE_TIME_ZONE -> {
                    Instant instant = readInstant(in);
                    ZoneId zone = ZoneId.of(in.readText());
                    in.require(!(zone instanceof ZoneOffset), "a fixed offset is written as a zone");
                    yield new DateTimeValue(ZonedDateTime.ofInstant(instant, zone));
                }
                default ->
                    new LocalDateTimeValue(
                            LocalDateTime.ofEpochSecond(in.readSigned(), in.readBounded(NANOS_MAX), ZoneOffset.UTC));
            };
        } catch (DateTimeException e) {
            throw in.refusal("there is no such date, time or zone: " + e.getMessage());
        }
    }

    private static Instant readInstant(ByteReader in) {
        return Instant.ofEpochSecond(in.readSigned(), in.readBounded(NANOS_MAX));
    }

    private static ZoneOffset readOffset(ByteReader in) {
        long seconds = in.readSigned();
        in.require(seconds == (int) seconds, "an offset is out of range");
        return ZoneOffset.ofTotalSeconds((int) seconds);
    }

    private static Value readPoint(ByteReader in, int srid) {
        double x = in.readDouble();
        double y = in.readDouble();
        boolean has3 = srid == PointValue.CARTESIAN_3D || srid == PointValue.WGS_84_3D;
        return new PointValue(srid, x, y, has3 ? in.readDouble() : Double.NaN);
    }

    /** Moves past one value without making it. */
    static void skip(ByteReader in) {
        int tag = in.readByte();
        if (tag >= SHORT_TEXT) {
            in.skip(tag - SHORT_TEXT);
            return;
        }
        switch (tag) {
            case INTEGER_1 -> in.skip(1);
            case INTEGER_2 -> in.skip(2);
            case INTEGER_4, FLOAT_4 -> in.skip(4);
            case INTEGER_8, FLOAT_8 -> in.skip(8);
            case TEXT, TEXT_UTF16, BYTES -> in.skip(in.readCount(1));
            case LIST -> skipMany(in, in.readCount(1));
            case MAP -> skipMany(in, 2 * in.readCount(2));
            case DATE, LOCAL_TIME -> in.readVarint();
            case TIME, LOCAL_DATE_TIME -> skipVarints(in, 2);
            case DATE_TIME_OFFSET -> skipVarints(in, 3);
            case DATE_TIME_ZONE -> {
                skipVarints(in, 2);
                in.skip(in.readCount(1));
            }
            case DURATION -> skipVarints(in, 4);
            case POINT_CARTESIAN, POINT_WGS_84 -> in.skip(2 * Double.BYTES);
            case POINT_CARTESIAN_3D, POINT_WGS_84_3D -> in.skip(3 * Double.BYTES);
            default -> in.require(tag <= TRUE || tag >= SMALL_INTEGER, "there is no such kind of value");
        }
    }

    private static void skipMany(ByteReader in, int count) {
        for (int i = 0; i < count; i++) {
            skip(in);
        }
    }

    private static void skipVarints(ByteReader in, int count) {
        for (int i = 0; i < count; i++) {
            in.readVarint();
        }
    }
}
