package skein.storage.memory;

import java.util.concurrent.atomic.AtomicLong;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What one party may have of a pool: whatever it takes is taken from the pool too. Thread-safe; nobody waits. */
public final class MemoryShare implements MemorySource {
    private final MemoryPool pool;
    private final long bytesMax;
    private final String whose;
    private final AtomicLong usedBytes = new AtomicLong();

    /** @param whose for messages: the party, and how its limit is set */
    public MemoryShare(MemoryPool pool, long bytesMax, String whose) {
        this.pool = pool;
        this.bytesMax = bytesMax;
        this.whose = whose;
    }

    @Override
    public void reserve(long bytes, MemoryPool.Purpose purpose, String what) {
        long before = usedBytes.get();
        while (before + bytes <= bytesMax && !usedBytes.compareAndSet(before, before + bytes)) {
            before = usedBytes.get();
        }
        if (before + bytes > bytesMax) {
            throw new SkeinException(
                    ErrorCode.MEMORY_LIMIT,
                    "There is not enough memory for " + what + ": " + before + " of " + bytesMax
                            + " bytes are in use by " + whose + ", and " + bytes
                            + " bytes more are needed. Nothing was done. Run less at once, or read and change less in"
                            + " one transaction.");
        }
        try {
            pool.reserve(bytes, purpose, what);
        } catch (SkeinException e) {
            usedBytes.addAndGet(-bytes);
            throw e;
        }
    }

    @Override
    public void adjust(long bytes) {
        usedBytes.addAndGet(bytes);
        pool.adjust(bytes);
    }

    /** Bytes counted now. */
    public long usedBytes() {
        return usedBytes.get();
    }
}
