package skein.bolt.packstream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/** Writes PackStream items, each in its smallest form, into a buffer that grows. Not thread-safe. */
public final class PackStreamWriter {
    private static final int CAPACITY_FIRST = 256;
    private static final int CAPACITY_KEPT = 1 << 15;
    /** An array cannot grow much further; a single message comes nowhere near in honest use. */
    private static final int CAPACITY_MAX = 1 << 30;

    private static final int TINY_MAX = 0x0F;
    private static final int UNSIGNED_8_MAX = 0xFF;
    private static final int UNSIGNED_16_MAX = 0xFFFF;
    private static final int TINY_INTEGER_MIN = -16;
    private static final int CHARACTERS_COPIED_MAX = 512;
    private static final int DECIMAL = 10;

    private byte[] buffer = new byte[CAPACITY_FIRST];
    private int size;

    public void nothing() {
        put(Marker.NULL);
    }

    public void bool(boolean value) {
        put(value ? Marker.TRUE : Marker.FALSE);
    }

    public void integer(long value) {
        if (value >= TINY_INTEGER_MIN && value <= Byte.MAX_VALUE) {
            put((int) value);
        } else if (value == (byte) value) {
            put(Marker.INT_8);
            number(value, 1);
        } else if (value == (short) value) {
            put(Marker.INT_16);
            number(value, 2);
        } else if (value == (int) value) {
            put(Marker.INT_32);
            number(value, 4);
        } else {
            put(Marker.INT_64);
            number(value, 8);
        }
    }

    public void real(double value) {
        put(Marker.FLOAT);
        number(Double.doubleToRawLongBits(value), 8);
    }

    /**
     * Straight into the buffer, so that a short string costs no array of its own; one whose characters are not all of
     * one byte, and a long one, go through the JDK's encoder, which is faster than any loop here.
     */
    public void string(String value) {
        int start = size;
        if (value.length() > CHARACTERS_COPIED_MAX || !isWrittenAsAscii(value)) {
            size = start;
            byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
            header(utf8.length, Marker.TINY_STRING, Marker.STRING_8);
            raw(utf8, 0, utf8.length);
        }
    }

    /** Gives up, with half of it written, at the first character that takes more than one byte. */
    private boolean isWrittenAsAscii(String value) {
        int length = value.length();
        header(length, Marker.TINY_STRING, Marker.STRING_8);
        reserve(length);
        byte[] to = buffer;
        int at = size;
        for (int i = 0; i < length; i++) {
            char character = value.charAt(i);
            if (character > Byte.MAX_VALUE) {
                return false;
            }
            to[at + i] = (byte) character;
        }
        size = at + length;
        return true;
    }

    /** The string of a number's decimal digits. */
    public void decimal(long value) {
        int length = decimalLength(value);
        header(length, Marker.TINY_STRING, Marker.STRING_8);
        reserve(length);
        // of a negative number, because the smallest has no positive
        long rest = value > 0 ? -value : value;
        int at = size + length;
        do {
            buffer[--at] = (byte) ('0' - rest % DECIMAL);
            rest /= DECIMAL;
        } while (rest != 0);
        if (value < 0) {
            buffer[--at] = '-';
        }
        size += length;
    }

    private static int decimalLength(long value) {
        int length = value < 0 ? 2 : 1;
        for (long rest = value / DECIMAL; rest != 0; rest /= DECIMAL) {
            length++;
        }
        return length;
    }

    /** There is no tiny form for bytes. */
    public void bytes(byte[] value) {
        sized(value.length, Marker.BYTES_8);
        raw(value, 0, value.length);
    }

    /** The caller writes {@code count} items next. */
    public void list(int count) {
        header(count, Marker.TINY_LIST, Marker.LIST_8);
    }

    /** The caller writes {@code count} pairs of a string and a value next. */
    public void map(int count) {
        header(count, Marker.TINY_MAP, Marker.MAP_8);
    }

    /** The caller writes {@code count} fields next; 0 to 15. */
    public void structure(int tag, int count) {
        Invariant.check(count >= 0 && count <= TINY_MAX, "structure of %d fields", count);
        put(Marker.TINY_STRUCTURE | count);
        put(tag);
    }

    private void header(int count, int tinyMarker, int marker8) {
        if (count <= TINY_MAX) {
            put(tinyMarker | count);
        } else {
            sized(count, marker8);
        }
    }

    /** The markers for lengths of 1, 2 and 4 bytes follow one another in every family. */
    private void sized(int count, int marker8) {
        if (count <= UNSIGNED_8_MAX) {
            put(marker8);
            number(count, 1);
        } else if (count <= UNSIGNED_16_MAX) {
            put(marker8 + 1);
            number(count, 2);
        } else {
            put(marker8 + 2);
            number(count, 4);
        }
    }

    private void put(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
    }

    private void number(long value, int width) {
        reserve(width);
        for (int shift = (width - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            buffer[size++] = (byte) (value >> shift);
        }
    }

    void raw(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
    }

    private void reserve(int more) {
        if (more > buffer.length - size) {
            long needed = (long) size + more;
            if (needed > CAPACITY_MAX) {
                throw new SkeinException(
                        ErrorCode.LIMIT_EXCEEDED,
                        "A result of more than " + CAPACITY_MAX
                                + " bytes in one row cannot be sent. Return less in one row.");
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(CAPACITY_MAX, Math.max(needed, buffer.length * 2L)));
        }
    }

    /** Two bytes to be filled in by {@link #patch16} once their value is known; answers where they stand. */
    int hole16() {
        number(0, 2);
        return size - 2;
    }

    void patch16(int at, int value) {
        buffer[at] = (byte) (value >> Byte.SIZE);
        buffer[at + 1] = (byte) value;
    }

    void put16(int value) {
        number(value, 2);
    }

    /** Forgets everything behind the first {@code length} bytes. */
    void truncate(int length) {
        Invariant.check(length <= size, "truncate %d to %d", size, length);
        size = length;
    }

    /** Empties the buffer; a large one is given back. */
    void reset() {
        size = 0;
        if (buffer.length > CAPACITY_KEPT) {
            buffer = new byte[CAPACITY_FIRST];
        }
    }

    byte[] copy(int from) {
        return Arrays.copyOfRange(buffer, from, size);
    }

    public int size() {
        return size;
    }

    /** What was written; the array is this writer's, and counts up to {@link #size} until the next call. */
    byte[] buffer() {
        return buffer;
    }

    /** What was written, as an array of its own. */
    public byte[] toByteArray() {
        return Arrays.copyOf(buffer, size);
    }
}
