package skein.storage.index;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import skein.graph.Value;

/**
 * Writes values as bytes that compare as the values do. For each value a tag, ascending in Cypher's order of types,
 * then what compares within the type; nothing is the beginning of something else.
 *
 * <pre>
 * map 01             count (4), keys as texts in order, values in that order
 * list 02            elements, 00
 * point 03           coordinate system (2), x, y, z as the bits of floats (8 each), turned to compare
 * date-time 04       second of the epoch (7), nanosecond (4); offset in seconds (4), zone as text
 * local date-time 05 second (7), nanosecond (4)
 * date 06            day of the epoch (7)
 * time 07            nanosecond of the day in UTC (7); offset in seconds (4)
 * local time 08      nanosecond of the day (7)
 * duration 09        average length in seconds (12), nanoseconds (4), months (8), days (8)
 * bytes 0a, text 0b  bytes or characters, 00; a 00 among them is written 00 ff
 * boolean 0c         0 or 1
 * number 0d          see {@link #number}; NaN 0e, null 0f
 * </pre>
 *
 * Signed numbers of fixed width are moved up by half their range. A character is one, two or three bytes as in UTF-8,
 * but surrogates are taken one by one and put above all others: that is the order of code points.
 *
 * <p>The offset and zone of a time, and the last bits of a fraction, are left out where nothing follows. Of one value
 * at most {@value #COMPONENT_BYTES_MAX} bytes are written, of a whole key {@value #KEY_BYTES_MAX}.
 */
final class KeyWriter {
    static final int COMPONENT_BYTES_MAX = 64;
    static final int KEY_BYTES_MAX = 256;

    private static final int END = 0;
    private static final int MAP = 1;
    private static final int LIST = 2;
    private static final int POINT = 3;
    private static final int DATE_TIME = 4;
    private static final int LOCAL_DATE_TIME = 5;
    private static final int DATE = 6;
    private static final int TIME = 7;
    private static final int LOCAL_TIME = 8;
    private static final int DURATION = 9;
    private static final int BYTES = 10;
    private static final int TEXT = 11;
    private static final int BOOLEAN = 12;
    private static final int NUMBER = 13;
    private static final int NAN = 14;
    private static final int NULL = 15;
    private static final int ENTITY = 16;

    private static final int HEAD_BYTES = 8;
    private static final int SHORT_BYTES = 7;
    private static final long SHORT_HALF = 1L << 55;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int OFFSET_HALF = 1 << 20;
    private static final BigInteger DURATION_HALF = BigInteger.ONE.shiftLeft(95);

    private byte[] bytes = new byte[32];
    private int size;
    private int limit = KEY_BYTES_MAX;

    /** False for a value that nothing follows: then a little less is enough to find it. */
    private boolean exact;

    /** @param values how many values a key has */
    KeyWriter(int values) {
        exact = values > 1;
    }

    /** Whether the key of an integer is eight bytes. */
    static boolean fitsHead(long number) {
        return Math.abs(number) < 1L << 44 && number != Long.MIN_VALUE;
    }

    /** The key of such an integer. */
    static long headOf(long number) {
        long high = magnitudeHigh(Math.abs(number));
        return ((long) NUMBER << 56 | (number < 0 ? -high : high) + SHORT_HALF) ^ Long.MIN_VALUE;
    }

    /** The tag alone: where values of this type begin. */
    void tag(Value value) {
        put(tagOf(value));
    }

    /** One value of the several that a key may have. */
    void component(Value value) {
        limit = Math.min(KEY_BYTES_MAX, size + COMPONENT_BYTES_MAX);
        value(value);
        limit = KEY_BYTES_MAX;
    }

    /** Where texts that start so begin. */
    void textPrefix(String prefix) {
        limit = Math.min(KEY_BYTES_MAX, size + COMPONENT_BYTES_MAX);
        put(TEXT);
        characters(prefix);
        limit = KEY_BYTES_MAX;
    }

    void number(long value, int width) {
        for (int shift = Byte.SIZE * (width - 1); shift >= 0; shift -= Byte.SIZE) {
            put((int) (value >>> shift));
        }
    }

    IndexKey toKey() {
        return key(bytes, size);
    }

    /** The smallest key above all keys that begin with what was written. */
    IndexKey toKeyAfter() {
        byte[] next = bytes.clone();
        int last = size - 1;
        while (last >= 0 && next[last] == -1) {
            last--;
        }
        if (last < 0) {
            byte[] highest = new byte[KEY_BYTES_MAX + 1];
            Arrays.fill(highest, (byte) -1);
            return key(highest, highest.length);
        }
        next[last]++;
        return key(next, last + 1);
    }

    private static IndexKey key(byte[] bytes, int size) {
        int end = size;
        while (end > HEAD_BYTES && bytes[end - 1] == 0) {
            end--;
        }
        long head = 0;
        for (int i = 0; i < HEAD_BYTES; i++) {
            head = head << Byte.SIZE | (i < end ? bytes[i] & 0xFF : 0);
        }
        byte[] tail = end <= HEAD_BYTES ? IndexKey.NO_TAIL : Arrays.copyOfRange(bytes, HEAD_BYTES, end);
        return new IndexKey(head ^ Long.MIN_VALUE, tail);
    }

    private static int tagOf(Value value) {
        return switch (value) {
            case Value.MapValue map -> MAP;
            case Value.ListValue list -> LIST;
            case Value.PointValue point -> POINT;
            case Value.DateTimeValue moment -> DATE_TIME;
            case Value.LocalDateTimeValue moment -> LOCAL_DATE_TIME;
            case Value.DateValue date -> DATE;
            case Value.TimeValue time -> TIME;
            case Value.LocalTimeValue time -> LOCAL_TIME;
            case Value.DurationValue duration -> DURATION;
            case Value.BytesValue content -> BYTES;
            case Value.StringValue text -> TEXT;
            case Value.BooleanValue truth -> BOOLEAN;
            case Value.IntegerValue number -> NUMBER;
            case Value.FloatValue number -> Double.isNaN(number.value()) ? NAN : NUMBER;
            case Value.NullValue absent -> NULL;
            case Value.Entity entity -> ENTITY;
        };
    }

    private void value(Value value) {
        tag(value);
        switch (value) {
            case Value.MapValue map -> map(map.entries());
            case Value.ListValue list -> list(list.values());
            case Value.PointValue point -> point(point);
            case Value.DateTimeValue moment -> moment(moment.value());
            case Value.LocalDateTimeValue moment -> moment(moment.value());
            case Value.DateValue date -> shortNumber(date.value().toEpochDay());
            case Value.TimeValue time -> time(time.value());
            case Value.LocalTimeValue time -> shortNumber(time.value().toNanoOfDay());
            case Value.DurationValue duration -> duration(duration);
            case Value.BytesValue content -> content(content.value());
            case Value.StringValue text -> {
                characters(text.value());
                put(END);
            }
            case Value.BooleanValue truth -> put(truth.value() ? 1 : 0);
            case Value.IntegerValue number -> integer(number.value());
            case Value.FloatValue number -> decimal(number.value());
            case Value.NullValue absent -> {}
            case Value.Entity entity -> {}
        }
    }

    private void integer(long number) {
        long magnitude = Math.abs(number);
        number(number < 0, magnitudeHigh(magnitude), magnitudeLow(magnitude));
    }

    private void decimal(double number) {
        if (number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63) {
            integer((long) number);
        } else if (!Double.isNaN(number)) {
            long bits = Double.doubleToLongBits(Math.abs(number));
            // below this no integer needs the low part either
            int low = !exact && Math.abs(number) < 0x1p44 ? 0 : (int) (bits & 0xFF) << 16;
            number(number < 0, bits >>> 8, low);
        }
    }

    /**
     * A number by sign, then exponent (11 bits) and fraction (44) as a float has them, 7 bytes; then 3 bytes of further
     * fraction, which integers beyond 2^44 have. Fractions of smaller numbers are cut where nothing follows: what
     * shares a key then differs by less than one part in 10^13.
     */
    private void number(boolean negative, long high, int low) {
        if (!negative) {
            shortNumber(high);
            number(low, 3);
        } else {
            shortNumber(low == 0 ? -high : -high - 1);
            number(low == 0 ? 0 : (1 << 24) - low, 3);
        }
    }

    /** @param magnitude taken without sign */
    private static long magnitudeHigh(long magnitude) {
        if (magnitude == 0) {
            return 0;
        }
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(magnitude);
        return (long) (Double.MAX_EXPONENT + exponent) << 44 | fraction(magnitude, exponent) >>> 20;
    }

    private static int magnitudeLow(long magnitude) {
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(magnitude);
        return magnitude == 0 ? 0 : (int) (fraction(magnitude, exponent) & 0xF_FFFF) << 4;
    }

    private static long fraction(long magnitude, int exponent) {
        return exponent == 0 ? 0 : magnitude << Long.SIZE - exponent;
    }

    private void shortNumber(long number) {
        number(number + SHORT_HALF, SHORT_BYTES);
    }

    private void time(OffsetTime time) {
        int offset = time.getOffset().getTotalSeconds();
        shortNumber(time.toLocalTime().toNanoOfDay() - offset * NANOS_PER_SECOND);
        if (exact) {
            number(offset + OFFSET_HALF, Integer.BYTES);
        }
    }

    private void moment(ZonedDateTime moment) {
        moment(moment.toInstant());
        if (exact) {
            number(moment.getOffset().getTotalSeconds() + OFFSET_HALF, Integer.BYTES);
            characters(moment.getZone().getId());
            put(END);
        }
    }

    private void moment(LocalDateTime moment) {
        moment(moment.toInstant(ZoneOffset.UTC));
    }

    private void moment(Instant moment) {
        shortNumber(moment.getEpochSecond());
        number(moment.getNano(), Integer.BYTES);
    }

    private void duration(Value.DurationValue duration) {
        BigInteger average = BigInteger.valueOf(duration.months())
                .multiply(BigInteger.valueOf(2_629_746))
                .add(BigInteger.valueOf(duration.days()).multiply(BigInteger.valueOf(86_400)))
                .add(BigInteger.valueOf(duration.seconds()))
                .add(DURATION_HALF);
        number(average.shiftRight(Long.SIZE).longValue(), Integer.BYTES);
        number(average.longValue(), Long.BYTES);
        number(duration.nanos(), Integer.BYTES);
        number(duration.months() ^ Long.MIN_VALUE, Long.BYTES);
        number(duration.days() ^ Long.MIN_VALUE, Long.BYTES);
    }

    private void point(Value.PointValue point) {
        number(point.srid(), Short.BYTES);
        number(ordered(point.x()), Long.BYTES);
        number(ordered(point.y()), Long.BYTES);
        number(point.is3d() ? ordered(point.z()) : 0, Long.BYTES);
    }

    /** The bits of a float, to be compared without sign; adding zero makes one zero of the two. */
    static long ordered(double number) {
        long bits = Double.doubleToLongBits(number + 0.0);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }

    private void list(List<Value> values) {
        exact = true;
        for (int i = 0; i < values.size() && size < limit; i++) {
            value(values.get(i));
        }
        put(END);
    }

    private void map(Map<String, Value> entries) {
        TreeMap<String, Value> sorted = new TreeMap<>(entries);
        number(sorted.size(), Integer.BYTES);
        sorted.keySet().forEach(key -> value(Value.of(key)));
        sorted.values().forEach(this::value);
    }

    private void content(byte[] content) {
        for (int i = 0; i < content.length && size < limit; i++) {
            escaped(content[i]);
        }
        put(END);
    }

    private void characters(String text) {
        for (int i = 0; i < text.length() && size < limit; i++) {
            char character = text.charAt(i);
            int unit = Character.isSurrogate(character)
                    ? character + 0x2000
                    : character >= 0xE000 ? character - 0x800 : character;
            if (unit < 0x80) {
                escaped(unit);
            } else if (unit < 0x800) {
                put(0xC0 | unit >> 6);
                put(0x80 | unit & 0x3F);
            } else {
                put(0xE0 | unit >> 12);
                put(0x80 | unit >> 6 & 0x3F);
                put(0x80 | unit & 0x3F);
            }
        }
    }

    private void escaped(int value) {
        put(value);
        if ((byte) value == 0) {
            put(0xFF);
        }
    }

    void put(int value) {
        if (size < limit) {
            if (size == bytes.length) {
                bytes = Arrays.copyOf(bytes, KEY_BYTES_MAX);
            }
            bytes[size++] = (byte) value;
        }
    }
}
