package skein.storage.memory;

import java.util.concurrent.atomic.AtomicLong;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * The heap that graphs, transactions and queries of one instance may take together. Thread-safe; nobody waits.
 *
 * <p>The heap itself has no way to refuse cleanly: when it is full, whatever allocates next dies, be it the thread that
 * applies records. So everything that grows with data is counted before it grows, by estimates that are meant to be a
 * little high, and growth stops at the limit while there is still room for the work that makes room again: reading and
 * deleting go on up to a reserve above it. What a graph takes when a record is applied is never refused, because the
 * record is committed; it was paid for by the transaction that made it.
 */
public final class MemoryPool implements MemorySource {
    /** What actors, sockets, code and buffers need whatever the data. */
    private static final long RUNTIME_BYTES = 40L << 20;

    private static final int RUNTIME_SHARE_MAX = 3;
    private static final int RESERVE_SHARE = 5;

    private final long limitBytes;
    private final long reserveBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    /**
     * @param limitBytes growth is refused above this
     * @param reserveBytes how much further work that does not grow the graph may go
     */
    public MemoryPool(long limitBytes, long reserveBytes) {
        Invariant.check(limitBytes > 0 && reserveBytes >= 0, "a pool of %d and %d bytes", limitBytes, reserveBytes);
        this.limitBytes = limitBytes;
        this.reserveBytes = reserveBytes;
    }

    /** A pool that refuses nothing. */
    public static MemoryPool unlimited() {
        return new MemoryPool(Long.MAX_VALUE / 2, 0);
    }

    /** The standard pool of a process: what its largest heap allows. */
    public static MemoryPool ofHeap() {
        return ofHeap(Runtime.getRuntime().maxMemory(), 0);
    }

    /**
     * A pool for a heap: two thirds of what remains beside the process's own needs, and a reserve of a fifth of that;
     * the rest is for the collector and for bursts.
     *
     * @param heapBytes the largest heap of the process
     * @param wantedBytes a lower limit that somebody asked for; 0 for none
     */
    public static MemoryPool ofHeap(long heapBytes, long wantedBytes) {
        long safe = safeLimit(heapBytes);
        long limit = wantedBytes == 0 ? safe : Math.min(wantedBytes, safe);
        return new MemoryPool(limit, safe / RESERVE_SHARE);
    }

    /** The largest limit that a heap of this size can keep. */
    public static long safeLimit(long heapBytes) {
        long runtime = Math.min(RUNTIME_BYTES, heapBytes / RUNTIME_SHARE_MAX);
        return Math.max(1, (heapBytes - runtime) * 2 / 3);
    }

    /** What the bytes are for, which decides how far one may go. */
    public enum Purpose {
        /** More data: up to the limit. */
        GROWTH,
        /** Deletions, and what queries hold while they run: into the reserve. */
        WORK
    }

    @Override
    public void reserve(long bytes, Purpose purpose, String what) {
        long most = purpose == Purpose.GROWTH ? limitBytes : limitBytes + reserveBytes;
        long before = usedBytes.get();
        // taken in one step or not at all: bytes that are refused must not stand in the way of a smaller wish
        while (before + bytes <= most && !usedBytes.compareAndSet(before, before + bytes)) {
            before = usedBytes.get();
        }
        if (before + bytes > most) {
            throw new SkeinException(
                    ErrorCode.MEMORY_LIMIT,
                    "There is not enough memory for " + what + ": " + megabytes(before) + " of "
                            + megabytes(limitBytes) + " are in use on this instance, and " + bytes
                            + " bytes more are needed. Nothing was done. Reading and deleting go on; delete what is not"
                            + " needed, run less at once, or give the process more heap or a higher --memory-limit.");
        }
    }

    @Override
    public void adjust(long bytes) {
        usedBytes.addAndGet(bytes);
    }

    /** Bytes counted now. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** Growth is refused above this. */
    public long limitBytes() {
        return limitBytes;
    }

    private static String megabytes(long bytes) {
        return bytes / (1 << 20) + " MiB";
    }
}
