package skein.storage.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * A growing array of bytes. Integers of fixed width are big-endian; a varint has seven bits to the byte, lowest first,
 * the top bit set on all but the last; signed varints are zigzag-folded first.
 */
public final class ByteWriter {
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The largest record, and so the largest array of bytes anybody writes here: what travels to replicas whole. */
    public static final int BYTES_MAX = 256 << 20;

    private static final int VARINT_BYTES_MAX = 10;

    private byte[] bytes;
    private int size;

    public ByteWriter(int capacity) {
        bytes = new byte[capacity];
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** What was written; perhaps the array itself, so nothing is written afterwards. */
    public byte[] toArray() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    public void putByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    public void putInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, size, value);
        size += Integer.BYTES;
    }

    public void putLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, size, value);
        size += Long.BYTES;
    }

    void putDouble(double value) {
        putLong(Double.doubleToLongBits(value));
    }

    public void putBytes(byte[] source, int from, int to) {
        int length = to - from;
        reserve(length);
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    public void putBytes(byte[] source) {
        putBytes(source, 0, source.length);
    }

    /** The length as varint, then the bytes. */
    public void putSized(byte[] source) {
        putVarint(source.length);
        putBytes(source);
    }

    public void putVarint(long value) {
        reserve(VARINT_BYTES_MAX);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    public void putSigned(long value) {
        putVarint((value << 1) ^ (value >> 63));
    }

    /** Zeros up to the next multiple of this power of two. */
    void align(int powerOfTwo) {
        int target = (size + powerOfTwo - 1) & -powerOfTwo;
        reserve(target - size);
        Arrays.fill(bytes, size, target, (byte) 0);
        size = target;
    }

    private void reserve(int count) {
        if (count > bytes.length - size) {
            grow((long) size + count);
        }
    }

    private void grow(long needed) {
        if (needed > BYTES_MAX) {
            throw new SkeinException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The change is too large for one log record: it needs more than " + BYTES_MAX
                            + " bytes. Split the work into several transactions.");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(BYTES_MAX, Math.max(needed, 2L * bytes.length)));
    }
}
