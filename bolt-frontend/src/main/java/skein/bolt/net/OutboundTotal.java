package skein.bolt.net;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of rows that are on their way to all clients. Thread-safe; nobody waits. */
final class OutboundTotal {
    private final long bytesMax;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong peak = new AtomicLong();

    OutboundTotal(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** False, and nothing counted, when there are too many already. */
    boolean tryAdd(int more) {
        long after = bytes.addAndGet(more);
        if (after > bytesMax) {
            bytes.addAndGet(-more);
            return false;
        }
        peak.accumulateAndGet(after, Math::max);
        return true;
    }

    /** Whatever there are already. */
    void add(int more) {
        peak.accumulateAndGet(bytes.addAndGet(more), Math::max);
    }

    void remove(int fewer) {
        bytes.addAndGet(-fewer);
    }

    long bytes() {
        return bytes.get();
    }

    long peak() {
        return peak.get();
    }
}
