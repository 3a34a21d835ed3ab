package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of a {@link LogDisk}. Safe to use by several threads, as long as one of them writes. */
public interface LogFile extends AutoCloseable {
    /** Writes all remaining bytes from this offset on; a gap before it reads as zeros. */
    void writeAt(long offset, ByteBuffer bytes) throws IOException;

    /**
     * Reads {@code count} bytes, or fewer where the file ends, into the array from {@code at} on; answers how many. Not
     * disturbed by an interrupt of the reading thread.
     */
    int readAt(long offset, byte[] into, int at, int count) throws IOException;

    /** Returns when everything written before is durable; fails with {@link ForceFailure}, and then for good. */
    void force() throws IOException;

    long size() throws IOException;

    @Override
    void close() throws IOException;
}
