package skein.bolt.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What bytes from a stranger make the reader allocate: at most four times as much, and a little. */
public final class AllocationMeter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SLACK_BYTES = 64 * 1024;
    private static final int SHARE = 4;
    /** Classes are loaded and code is compiled on the way, but not again and again. */
    private static final int ATTEMPTS = 3;

    private AllocationMeter() {}

    /** Fails if {@code reading}, which must be repeatable, allocates more than the input allows. */
    public static void check(long inputBytes, Runnable reading) {
        checkWithin(SHARE * inputBytes, reading);
    }

    /** Fails if {@code reading}, which must be repeatable, allocates more than so many bytes and a little. */
    public static void checkWithin(long bytes, Runnable reading) {
        long allowed = bytes + SLACK_BYTES;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && least > allowed; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            reading.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        if (least > allowed) {
            throw new AssertionError(least + " bytes were allocated, and " + allowed + " are allowed");
        }
    }
}
