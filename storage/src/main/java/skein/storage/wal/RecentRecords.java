package skein.storage.wal;

import java.util.ArrayList;
import java.util.List;
import skein.vocabulary.Invariant;

/** The last records of a log, in memory. Guarded by its owner's lock. */
final class RecentRecords {
    private static final int CAPACITY = 64;
    private static final byte[] GONE = new byte[0];

    private final long bytesKept;
    private byte[][] ring = new byte[CAPACITY][];
    private long firstLsn = 1;
    private int size;
    private long bytes;

    /** @param bytesKept eviction leaves at least this much */
    RecentRecords(long bytesKept) {
        this.bytesKept = bytesKept;
    }

    boolean isEmpty() {
        return size == 0;
    }

    long firstLsn() {
        return firstLsn;
    }

    boolean contains(long lsn) {
        return lsn >= firstLsn && lsn < firstLsn + size;
    }

    byte[] get(long lsn) {
        Invariant.check(contains(lsn), "record %d is not among the recent ones", lsn);
        return ring[slot(lsn)];
    }

    /** What follows this record, at least one and as many as fit; empty when the next one is not here. */
    List<byte[]> after(long lsn, int bytesMax) {
        List<byte[]> found = new ArrayList<>();
        long total = 0;
        for (long next = lsn + 1; contains(next); next++) {
            total += get(next).length;
            if (!found.isEmpty() && total > bytesMax) {
                break;
            }
            found.add(get(next));
        }
        return found;
    }

    void add(long lsn, byte[] record) {
        if (size == 0) {
            firstLsn = lsn;
        }
        Invariant.check(lsn == firstLsn + size, "record %d does not follow the recent ones", lsn);
        if (size == ring.length) {
            grow();
        }
        ring[slot(lsn)] = record;
        size++;
        bytes += record.length;
    }

    /** Forgets the oldest records up to this lsn, as long as enough stays. */
    void evict(long upToLsn) {
        while (size > 0 && firstLsn <= upToLsn && bytes - get(firstLsn).length >= bytesKept) {
            bytes -= get(firstLsn).length;
            ring[slot(firstLsn)] = GONE;
            firstLsn++;
            size--;
        }
    }

    void dropAfter(long lsn) {
        for (; size > 0 && firstLsn + size - 1 > lsn; size--) {
            long last = firstLsn + size - 1;
            bytes -= get(last).length;
            ring[slot(last)] = GONE;
        }
    }

    private int slot(long lsn) {
        return (int) (lsn & (ring.length - 1));
    }

    private void grow() {
        byte[][] old = ring;
        int mask = old.length - 1;
        ring = new byte[2 * old.length][];
        for (long lsn = firstLsn; lsn < firstLsn + size; lsn++) {
            ring[slot(lsn)] = old[(int) (lsn & mask)];
        }
    }
}
