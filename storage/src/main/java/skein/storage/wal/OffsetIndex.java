package skein.storage.wal;

import java.util.Arrays;

/**
 * Where some records of a segment begin, about one in every 64 KiB, so that a reader need not walk from the front. One
 * thread adds, any thread asks.
 */
final class OffsetIndex {
    private static final int SPACING_BYTES = 64 << 10;
    private static final int CAPACITY = 16;

    private final long firstOffset;
    private long[] lsns = new long[CAPACITY];
    private long[] offsets = new long[CAPACITY];
    private int size;

    /** @param firstOffset where the entries of the segment begin */
    OffsetIndex(long firstOffset) {
        this.firstOffset = firstOffset;
    }

    /** A record begins here; remembered when the one before is far enough away. */
    synchronized void add(long lsn, long offset) {
        long last = size == 0 ? firstOffset : offsets[size - 1];
        if (offset - last < SPACING_BYTES) {
            return;
        }
        if (size == lsns.length) {
            lsns = Arrays.copyOf(lsns, 2 * size);
            offsets = Arrays.copyOf(offsets, 2 * size);
        }
        lsns[size] = lsn;
        offsets[size] = offset;
        size++;
    }

    /** Where to begin walking to meet this record. */
    synchronized long floor(long lsn) {
        int found = Arrays.binarySearch(lsns, 0, size, lsn);
        int index = found >= 0 ? found : -found - 2;
        return index < 0 ? firstOffset : offsets[index];
    }
}
