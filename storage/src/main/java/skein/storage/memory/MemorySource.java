package skein.storage.memory;

/** Where bytes are counted before they are taken: a whole pool, or what one party may have of it. Thread-safe. */
public interface MemorySource {
    /**
     * Counts bytes that are about to be taken; MEMORY_LIMIT, and nothing counted, when they are too many.
     *
     * @param what for the message: what needs the bytes
     */
    void reserve(long bytes, MemoryPool.Purpose purpose, String what);

    /** Counts bytes that are taken whatever the limit says, or, when negative, gives bytes back. */
    void adjust(long bytes);
}
