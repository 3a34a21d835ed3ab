package skein.storage.log;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Reads what {@link ByteWriter} wrote from a part of an array, and nothing else: every length is checked against what
 * is left before anything is allocated, and a number written longer than needed is refused, so that a value has one
 * form. What does not fit is refused with STORAGE_FAILURE.
 */
public final class ByteReader {
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[] bytes;
    private final int limit;
    private int position;

    ByteReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.position = from;
        this.limit = to;
    }

    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    int position() {
        return position;
    }

    /** Bytes left. */
    public int remaining() {
        return limit - position;
    }

    public boolean hasRemaining() {
        return position < limit;
    }

    public int readByte() {
        need(1);
        return bytes[position++] & 0xFF;
    }

    public int readInt() {
        need(Integer.BYTES);
        int value = (int) ByteWriter.INT.get(bytes, position);
        position += Integer.BYTES;
        return value;
    }

    public long readLong() {
        need(Long.BYTES);
        long value = (long) ByteWriter.LONG.get(bytes, position);
        position += Long.BYTES;
        return value;
    }

    double readDouble() {
        return Double.longBitsToDouble(readLong());
    }

    public long readVarint() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = readByte();
            value |= (next & 0x7FL) << shift;
            if ((next & 0x80) == 0) {
                require(next != 0 || shift == 0, "a number is written longer than needed");
                return value;
            }
            // the tenth byte holds the one bit that is left of 64
            require(shift < 56 || (shift == 56 && position < limit && bytes[position] == 1), "a number has no end");
        }
    }

    public long readSigned() {
        long folded = readVarint();
        return (folded >>> 1) ^ -(folded & 1);
    }

    /** A varint from 0 to {@code max}. */
    int readBounded(int max) {
        long value = readVarint();
        require(value >= 0 && value <= max, "a number is above its limit");
        return (int) value;
    }

    /** A varint from 0 to the largest int. */
    public int readNumber() {
        return readBounded(Integer.MAX_VALUE);
    }

    /** A varint that is not negative. */
    long readId() {
        long value = readVarint();
        require(value >= 0, "an id is negative");
        return value;
    }

    /** How many things follow, each of at least so many bytes: more than fit are refused. */
    public int readCount(int bytesEach) {
        return readBounded(remaining() / bytesEach);
    }

    public byte[] readSized() {
        int length = readCount(1);
        byte[] result = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return result;
    }

    String readText() {
        return readUtf8(readCount(1));
    }

    /** Text of so many bytes; malformed UTF-8 is refused. */
    String readUtf8(int length) {
        need(length);
        String text = new String(bytes, position, length, StandardCharsets.UTF_8);
        // the JDK replaces what is malformed; only then can this character appear without being written
        if (text.indexOf(REPLACEMENT) >= 0) {
            byte[] again = text.getBytes(StandardCharsets.UTF_8);
            require(
                    Arrays.equals(again, 0, again.length, bytes, position, position + length),
                    "a text is not well-formed UTF-8");
        }
        position += length;
        return text;
    }

    String readUtf16(int length) {
        need(length);
        require(length % 2 == 0, "a text of two-byte characters has an odd length");
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (readByte() << 8 | readByte());
        }
        return new String(chars);
    }

    void skip(int count) {
        need(count);
        position += count;
    }

    public void require(boolean condition, String reason) {
        if (!condition) {
            throw refusal(reason);
        }
    }

    /** What {@link #require} throws. */
    public SkeinException refusal(String reason) {
        return new SkeinException(
                ErrorCode.STORAGE_FAILURE,
                "The stored bytes are damaged: " + reason + " (at byte " + position + " of " + limit
                        + "). Restore this instance from a replica or a backup.");
    }

    private void need(int count) {
        if (count < 0 || count > limit - position) {
            throw refusal(count + " bytes are needed and " + (limit - position) + " are left");
        }
    }
}
