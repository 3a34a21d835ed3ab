package skein.storage.wal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Directories as a whole: those of databases, which come and go. Forcing the directory they lie in, through its
 * {@link LogDisk}, makes that last.
 */
public interface DirectoryTree {
    boolean exists(Path directory);

    /** What lies directly in it, sorted; nothing when it does not exist. */
    List<String> names(Path directory);

    /** Gives a directory another name, in one step. */
    void move(Path from, Path to) throws IOException;

    /** Deletes it and everything below it; does nothing when there is none. */
    void delete(Path directory);

    /** How many bytes the files at and below it have; those that come and go meanwhile are not waited for. */
    long bytesInUse(Path directory);
}
