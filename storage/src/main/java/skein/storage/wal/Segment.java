package skein.storage.wal;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import skein.vocabulary.LogPosition;

/**
 * One segment file. The log's thread writes and replaces segments; readers use them under the store's read lock. The
 * file is open only while somebody needs it.
 */
final class Segment {
    private final LogDisk disk;
    private final String name;
    private final LogPosition base;
    private final OffsetIndex index = new OffsetIndex(SegmentFormat.HEADER_BYTES);
    private @Nullable LogFile file;
    private volatile long endOffset = SegmentFormat.HEADER_BYTES;

    /** Null as long as it is written to, and where it was full before this process came to know it. */
    private volatile @Nullable Long restingSinceNanos;

    /** @param base the record before the first */
    Segment(LogDisk disk, String name, LogPosition base) {
        this.disk = disk;
        this.name = name;
        this.base = base;
    }

    String name() {
        return name;
    }

    LogPosition base() {
        return base;
    }

    /** Where the last written entry ends. */
    long endOffset() {
        return endOffset;
    }

    /** Nothing more will be written to it. */
    void restsSince(long nanos) {
        restingSinceNanos = nanos;
    }

    @Nullable
    Long restingSinceNanos() {
        return restingSinceNanos;
    }

    boolean isEmpty() {
        return endOffset == SegmentFormat.HEADER_BYTES;
    }

    /** How messages name a place in this segment. */
    String describe(long offset) {
        return disk.describe(name) + " at offset " + offset;
    }

    synchronized LogFile file() throws IOException {
        if (file == null) {
            file = disk.open(name);
        }
        return file;
    }

    synchronized void closeFile() throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
    }

    /** A record begins at this offset. */
    void indexRecord(long lsn, long offset) {
        index.add(lsn, offset);
    }

    /** Where to begin walking to meet this record. */
    long offsetNear(long lsn) {
        return index.floor(lsn);
    }

    /** Everything before this offset is there to be read. */
    void endAt(long offset) {
        endOffset = offset;
    }

    void append(ByteBuffer bytes) throws IOException {
        long end = endOffset + bytes.remaining();
        file().writeAt(endOffset, bytes.duplicate());
        endOffset = end;
    }
}
