package skein.server.child;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a child is started as.
 *
 * @param name the instance's name; also names its data directory and log file
 * @param directory parent of both
 * @param settings flags without dashes to values; {@code bolt-port} is any free port unless given
 * @param jvmOptions options of the child's JVM
 * @param tied the child stops when this process dies
 */
public record InstanceSpec(
        String name, Path directory, Map<String, String> settings, List<String> jvmOptions, boolean tied) {
    /** Small heap, one collector thread, quick compiler: starts fast and leaves room for others. */
    public static final List<String> SMALL_JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx384m",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    /** As the launcher has it: what all processors together move in one pause, if all of it is kept. */
    private static final int YOUNG_MIB_PER_PROCESSOR = 16;

    /** As a server is run, for whatever is measured. */
    public static final List<String> SERVER_JVM = List.of(
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=50",
            "-XX:MaxNewSize=" + YOUNG_MIB_PER_PROCESSOR * Runtime.getRuntime().availableProcessors() + "m",
            "-Xmx2g",
            "-XX:+UseCompactObjectHeaders",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED");

    public InstanceSpec {
        settings = Map.copyOf(settings);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** A tied child in a small JVM. */
    public static InstanceSpec small(String name, Path directory, Map<String, String> settings) {
        return new InstanceSpec(name, directory, settings, SMALL_JVM, true);
    }

    Path log() {
        return directory.resolve(name + ".log");
    }
}
