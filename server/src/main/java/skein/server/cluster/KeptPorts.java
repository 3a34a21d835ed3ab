package skein.server.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Which ports the members of a cluster have, in the file {@code ports} of its directory: whoever is registered under an
 * address has to be there again after a restart. One line each, {@code NAME.PURPOSE=PORT}.
 */
final class KeptPorts {
    private final Path file;
    private final Map<String, Integer> kept;
    private final Map<String, Integer> asked = new LinkedHashMap<>();
    private final FreePorts free = new FreePorts();

    private KeptPorts(Path file, Map<String, Integer> kept) {
        this.file = file;
        this.kept = kept;
    }

    static KeptPorts in(Path directory) {
        Path file = directory.resolve("ports");
        Map<String, Integer> kept = new LinkedHashMap<>();
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                int equals = line.indexOf('=');
                kept.put(line.substring(0, equals), Integer.parseInt(line.substring(equals + 1)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new SkeinException(
                    ErrorCode.CONFIGURATION,
                    "The file " + file + " does not say which ports this cluster has: " + e.getMessage()
                            + ". Mend it, or begin with an empty directory.",
                    e);
        }
        return new KeptPorts(file, kept);
    }

    /** The port that it had, or the first free one from a base on where nobody had any. */
    int of(String key, int base) {
        int port = kept.isEmpty() ? free.from(base) : kept.getOrDefault(key, 0);
        asked.put(key, port);
        return port;
    }

    /** Remembers what was asked; a cluster of other members than before is refused. */
    void keep() {
        if (!kept.isEmpty() && !kept.keySet().equals(asked.keySet())) {
            throw new SkeinException(
                    ErrorCode.INVALID_ARGUMENT,
                    file.getParent() + " holds a cluster of " + kept.size() / ClusterPlan.PORTS_EACH
                            + " instances, and this one would have " + asked.size() / ClusterPlan.PORTS_EACH
                            + ". Start as many coordinators and data nodes as it has, or begin with an empty directory.");
        }
        List<String> lines = new ArrayList<>();
        asked.forEach((key, port) -> lines.add(key + "=" + port));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
