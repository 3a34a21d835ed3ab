package skein.storage.memory;

import skein.storage.memory.MemoryPool.Purpose;

/**
 * What one transaction or query has taken. Takes a block at a time, so that small steps do not meet all other threads
 * at the pool's counter. Used by one thread at a time.
 */
public final class Reservation implements AutoCloseable {
    private static final long BLOCK_BYTES = 8 << 10;

    private final MemorySource source;
    private final String what;
    private long usedBytes;
    private long takenBytes;

    /** @param what for messages: what needs the bytes */
    public Reservation(MemorySource source, String what) {
        this.source = source;
        this.what = what;
    }

    /** Counts more bytes; MEMORY_LIMIT, and nothing counted, when there are not so many. */
    public void add(long bytes, Purpose purpose) {
        long missing = usedBytes + bytes - takenBytes;
        if (missing > 0) {
            long block = Math.max(missing, BLOCK_BYTES);
            source.reserve(block, purpose, what);
            takenBytes += block;
        }
        usedBytes += bytes;
    }

    /** Bytes counted so far. */
    public long usedBytes() {
        return usedBytes;
    }

    /** Gives everything back; more than once does nothing more. */
    @Override
    public void close() {
        source.adjust(-takenBytes);
        takenBytes = 0;
        usedBytes = 0;
    }
}
