package skein.benchmarks.engine;

import java.lang.management.ManagementFactory;

/** Live heap of this process. */
final class Heap {
    private static final int COLLECTIONS = 3;

    private Heap() {}

    /** Bytes in use after full collections: the smallest of a few looks. */
    static long liveBytes() {
        long live = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            ManagementFactory.getMemoryMXBean().gc();
            live = Math.min(
                    live,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return live;
    }
}
