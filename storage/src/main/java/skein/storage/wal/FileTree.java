package skein.storage.wal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Directories of the file system. */
final class FileTree implements DirectoryTree {
    @Override
    public boolean exists(Path directory) {
        return Files.exists(directory);
    }

    @Override
    public List<String> names(Path directory) {
        if (!exists(directory)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path directory) {
        LogDirectory.delete(directory);
    }

    @Override
    public long bytesInUse(Path directory) {
        return LogDirectory.bytesInUse(directory);
    }
}
