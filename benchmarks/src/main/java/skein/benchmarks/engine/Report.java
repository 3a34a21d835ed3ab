package skein.benchmarks.engine;

import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Consumer;

/** Lines of figures, each under the name of what it tells of. */
final class Report {
    private static final double MEBIBYTE = 1 << 20;

    private final Consumer<String> out;

    Report(Consumer<String> out) {
        this.out = out;
    }

    /** What every figure of a run depends on: JDK, processors, heap, flags. */
    void machine() {
        line(
                "machine",
                "java %s, %s, %d processors, heap at most %.0f MiB",
                Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() / MEBIBYTE);
        line(
                "flags",
                "%s",
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    void line(String name, String format, Object... arguments) {
        out.accept("%-12s ".formatted(name) + String.format(Locale.ROOT, format, arguments));
    }
}
