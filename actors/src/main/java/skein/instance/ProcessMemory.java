package skein.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** How much memory the process has from the operating system, where that is told, else what the heap has. */
final class ProcessMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};
    private static final int KIBI = 1024;

    private ProcessMemory() {}

    /** Resident now, in bytes. */
    static long residentBytes() {
        return field("VmRSS:");
    }

    /** The most that was ever resident, in bytes. */
    static long peakResidentBytes() {
        return field("VmHWM:");
    }

    private static long field(String name) {
        try {
            for (String line : Files.readAllLines(STATUS)) {
                if (line.startsWith(name)) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI;
                }
            }
        } catch (IOException e) {
            // not a system that tells
        }
        return Runtime.getRuntime().totalMemory();
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
