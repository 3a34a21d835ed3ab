package skein.storage.memory;

import skein.vocabulary.Invariant;

/**
 * How much heap one database may take, and for what.
 *
 * @param memory what it shares with everything else in the process
 * @param transactionBytesMax about how much the changes of one transaction may take; above it MEMORY_LIMIT
 * @param versionBytesMax about how much old versions may take that only old snapshots need; above it the oldest
 *     transactions are ended
 * @param recordBytesMax how much of records between sequencing and applying is kept as objects; what does not fit is
 *     read back from the log
 */
public record MemoryLimits(MemoryPool memory, long transactionBytesMax, long versionBytesMax, long recordBytesMax) {
    private static final int TRANSACTION_SHARE = 4;
    private static final int VERSION_SHARE = 8;
    private static final int RECORD_SHARE = 32;
    private static final long RECORD_BYTES_MAX = 32L << 20;

    public MemoryLimits {
        Invariant.check(
                transactionBytesMax > 0 && versionBytesMax > 0 && recordBytesMax > 0,
                "limits of %d, %d and %d bytes mean nothing",
                transactionBytesMax,
                versionBytesMax,
                recordBytesMax);
    }

    /** A quarter of the pool for one transaction, an eighth of the heap for old versions. */
    public static MemoryLimits standard(MemoryPool memory) {
        long heap = Runtime.getRuntime().maxMemory();
        return new MemoryLimits(
                memory,
                Math.max(1, Math.min(heap, memory.limitBytes()) / TRANSACTION_SHARE),
                heap / VERSION_SHARE,
                Math.min(RECORD_BYTES_MAX, heap / RECORD_SHARE));
    }

    public MemoryLimits withTransactionBytesMax(long other) {
        return new MemoryLimits(memory, other, versionBytesMax, recordBytesMax);
    }

    public MemoryLimits withVersionBytesMax(long other) {
        return new MemoryLimits(memory, transactionBytesMax, other, recordBytesMax);
    }
}
