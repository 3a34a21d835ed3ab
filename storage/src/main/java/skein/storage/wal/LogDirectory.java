package skein.storage.wal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** The directory of a closed log as a whole. */
public final class LogDirectory {
    private LogDirectory() {}

    /** Whether the directory holds a log, or what is left of one. */
    public static boolean isLog(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals(MarkFile.NAME) || SegmentFormat.isName(name));
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
