package skein.instance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of an instance that is not running: copied, damaged, taken away. */
final class DataDirectory {
    private static final String SYSTEM = "databases/system";
    private static final String MARK = "mark";

    private final Path root;

    DataDirectory(Path root) {
        this.root = root;
    }

    DataDirectory copyTo(Path target) {
        copy(root, target);
        return new DataDirectory(target);
    }

    /** Takes over what another copy knew to be decided in the system database, and forgets what came after. */
    DataDirectory believingOnly(DataDirectory earlier) {
        return doing(() -> {
            Path mark = root.resolve(SYSTEM).resolve(MARK);
            Files.delete(mark);
            Files.copy(earlier.root.resolve(SYSTEM).resolve(MARK), mark);
        });
    }

    /** Takes over another copy's system database as a whole. */
    DataDirectory withSystemOf(DataDirectory other) {
        delete(root.resolve(SYSTEM));
        copy(other.root.resolve(SYSTEM), root.resolve(SYSTEM));
        return this;
    }

    DataDirectory without(String database) {
        delete(of(database));
        return this;
    }

    DataDirectory withEmpty(String database) {
        without(database);
        return doing(() -> Files.createDirectory(of(database)));
    }

    /** With the first files only, in the order in which a log makes them: what it knows, then its segments. */
    DataDirectory withFirstFilesOf(String database, int count) {
        return doing(() -> {
            for (Path file : files(of(database)).stream().skip(count).toList()) {
                Files.delete(file);
            }
        });
    }

    DataDirectory renamed(String from, String to) {
        return doing(() -> Files.move(of(from), of(to)));
    }

    /** Changes one byte of the first segment of a database's log. */
    Path damage(String database, int offset) {
        Path segment = segment(database);
        doing(() -> {
            byte[] bytes = Files.readAllBytes(segment);
            bytes[offset] ^= 1;
            Files.write(segment, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        });
        return segment;
    }

    private Path segment(String database) {
        return files(of(database)).stream()
                .filter(file -> !isMark(file))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isMark(Path file) {
        return file.getFileName().toString().equals(MARK);
    }

    int fileCount(String database) {
        return files(of(database)).size();
    }

    List<String> databases() {
        try (Stream<Path> paths = Files.list(root.resolve("databases"))) {
            return paths.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("system"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path of(String database) {
        return root.resolve("databases").resolve(database);
    }

    private static List<Path> files(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing((Path file) -> !isMark(file)).thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path source, Path target) {
        try (Stream<Path> paths = Files.walk(source)) {
            for (Path path : paths.toList()) {
                Path copy = target.resolve(source.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(path, copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface FileWork {
        void run() throws IOException;
    }

    private DataDirectory doing(FileWork work) {
        try {
            work.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
