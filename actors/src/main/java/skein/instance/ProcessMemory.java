package skein.instance;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.util.Locale;

/**
 * How much memory the Java process has taken from the operating system for heap, code and classes: what the runtime
 * knows that comes nearest to resident memory.
 */
public final class ProcessMemory {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int KIBI = 1024;

    private ProcessMemory() {}

    /** Committed now, in bytes. */
    public static long committedBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted();
    }

    /** The most that each part ever had, added up, in bytes. */
    static long peakBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(peak -> peak == null ? 0 : peak.getCommitted())
                .sum();
    }

    /** Bytes as people read them, for example {@code 43.16MiB}. */
    static String readable(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= KIBI && unit < UNITS.length - 1) {
            amount /= KIBI;
            unit++;
        }
        return unit == 0 ? bytes + UNITS[0] : String.format(Locale.ROOT, "%.2f", amount) + UNITS[unit];
    }
}
