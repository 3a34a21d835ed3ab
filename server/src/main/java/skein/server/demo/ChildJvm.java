package skein.server.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the demo starts further JVMs of this very program: small heap, one collector thread, quick compiler. */
final class ChildJvm {
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m", "-Xshare:auto");
    private static final String AOT_CACHE_PROPERTY = "skein.demo.aot-cache";

    private ChildJvm() {}

    /** The command up to and including the main class. */
    static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.add("-XX:+UseCompactObjectHeaders");
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        String cache = System.getProperty(AOT_CACHE_PROPERTY, "");
        if (!cache.isEmpty()) {
            command.add(cache);
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("skein.server.Main");
        return command;
    }
}
