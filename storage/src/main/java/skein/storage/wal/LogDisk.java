package skein.storage.wal;

import java.io.IOException;
import java.util.List;

/**
 * The one directory a log lives in. What is created, renamed or deleted survives the loss of power only after
 * {@link #forceDirectory}. Safe to use by several threads.
 */
public interface LogDisk {
    /** The names of all files, in no order. */
    List<String> list() throws IOException;

    /** Makes an empty file; one that exists under this name is emptied. */
    LogFile create(String name) throws IOException;

    /** Opens a file that exists. */
    LogFile open(String name) throws IOException;

    /** Gives the file another name; a file that had that name is gone at the same moment. */
    void rename(String from, String to) throws IOException;

    /** Removes a file that exists. */
    void delete(String name) throws IOException;

    /** Returns when all names are durable; fails with {@link ForceFailure}, and then for good. */
    void forceDirectory() throws IOException;

    /** How messages name a file. */
    String describe(String name);
}
