package skein.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The snapshots of one database, as sessions ask for them. Thread-safe; methods may block the calling virtual thread.
 */
public interface SnapshotService {
    /**
     * A complete snapshot.
     *
     * @param lsn of the record it stands for
     * @param created when it was begun
     * @param bytes size of its file
     */
    record Snapshot(String path, long lsn, Instant created, long bytes) {}

    /** The next one, if there is something to write when it is due. */
    record Due(String path, Instant at) {}

    /**
     * Takes a snapshot and returns when it is complete. INVALID_ARGUMENT when one is being written, or when nothing
     * changed since the last; STORAGE_FAILURE when it could not be written.
     */
    Snapshot create();

    /** Newest first. */
    List<Snapshot> list();

    /** Empty when none is scheduled. */
    Optional<Due> next();

    /** Why the latest attempt came to nothing; empty when it succeeded. */
    Optional<String> latestFailure();
}
