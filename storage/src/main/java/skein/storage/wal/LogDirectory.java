package skein.storage.wal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The directory of a closed log as a whole. */
public final class LogDirectory {
    /** Data directory, databases, one database: with room for one more. */
    private static final int DEPTH_MAX = 4;

    private LogDirectory() {}

    public static boolean isDirectory(Path path) {
        return Files.isDirectory(path);
    }

    /** Every directory at or below this one that holds a log, or what is left of one; in order of their names. */
    public static List<Path> within(Path directory) {
        try (Stream<Path> paths = Files.walk(directory, DEPTH_MAX)) {
            List<Path> directories = paths.filter(Files::isDirectory).sorted().toList();
            List<Path> found = new ArrayList<>();
            for (Path candidate : directories) {
                if (isLog(candidate)) {
                    found.add(candidate);
                }
            }
            return found;
        } catch (IOException e) {
            throw LogDamage.unreadable(directory.toString(), e);
        }
    }

    private static boolean isLog(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals(MarkFile.NAME) || SegmentFormat.isName(name));
        }
    }

    /** How many bytes the files at and below a directory have. */
    public static long bytesIn(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw LogDamage.unreadable(directory.toString(), e);
        }
    }

    /** Whether a file with this name is a segment of a log. */
    public static boolean isSegment(String fileName) {
        return SegmentFormat.isName(fileName);
    }

    /** Deletes a closed log; does nothing when there is none. */
    public static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.STORAGE_FAILURE,
                    "The directory " + directory + " could not be deleted: " + e.getMessage()
                            + ". Check its permissions and start again.",
                    e);
        }
    }
}
