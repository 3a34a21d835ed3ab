package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file of a {@link LogDisk}. Safe to use by several threads, as long as one of them writes. */
public interface LogFile extends AutoCloseable {
    /** Writes all remaining bytes from this offset on; a gap before it reads as zeros. */
    void writeAt(long offset, ByteBuffer bytes) throws IOException;

    /** Reads until the buffer is full or the file ends; answers how many bytes it read, 0 at the end. */
    int readAt(long offset, ByteBuffer into) throws IOException;

    /** Returns when everything written before is durable. */
    void force() throws IOException;

    long size() throws IOException;

    @Override
    void close() throws IOException;
}
