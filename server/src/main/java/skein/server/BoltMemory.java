package skein.server;

import skein.bolt.net.SharedMemory;
import skein.storage.memory.MemoryPool;
import skein.vocabulary.SkeinException;

/** What requests take while they are read and run counts as work of the instance's memory pool. */
final class BoltMemory implements SharedMemory {
    private final MemoryPool pool;

    BoltMemory(MemoryPool pool) {
        this.pool = pool;
    }

    @Override
    public boolean reserve(long bytes) {
        try {
            pool.reserve(bytes, MemoryPool.Purpose.WORK, "a request");
            return true;
        } catch (SkeinException e) {
            return false;
        }
    }

    @Override
    public void release(long bytes) {
        pool.adjust(-bytes);
    }
}
