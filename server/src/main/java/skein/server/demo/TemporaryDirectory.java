package skein.server.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory that the demo makes and removes again. */
final class TemporaryDirectory {
    private static final String PREFIX = "skein-demo-";

    private TemporaryDirectory() {}

    static Path create() throws IOException {
        return Files.createTempDirectory(PREFIX);
    }

    /** Deletes a directory made by {@link #create} and all in it; refuses any other. */
    static void delete(Path directory) throws IOException {
        if (!directory.getFileName().toString().startsWith(PREFIX)) {
            throw new IllegalArgumentException(directory + " was not made by the demo");
        }
        if (!Files.exists(directory)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(directory)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
