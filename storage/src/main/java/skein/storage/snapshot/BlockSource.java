package skein.storage.snapshot;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where the blocks of a snapshot come from: a file, or a MAIN. Used by one thread at a time. Checks no more than it
 * needs to find where a block ends: {@link SnapshotLoader} checks the rest.
 */
public interface BlockSource extends AutoCloseable {
    /** The next block; null when the stream ends. STORAGE_FAILURE, with the place, when what comes is none. */
    @Nullable
    SnapshotBlock next() throws IOException;

    /** How messages name the place of a block by its number, among those that have come. */
    String describe(int number);

    @Override
    void close() throws IOException;
}
