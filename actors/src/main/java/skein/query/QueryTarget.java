package skein.query;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import skein.session.QuerySession.CommitSummary;
import skein.session.Route;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.GraphTransaction;
import skein.storage.memory.MemorySource;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.SkeinException;

/** One database of this instance, as sessions use it. Thread-safe; methods may block the calling virtual thread. */
public interface QueryTarget {
    DatabaseName name();

    UUID id();

    /** When its MAIN created it. */
    Instant created();

    /** Why it cannot be used; empty while it can. */
    Optional<SkeinException> damage();

    /** Where its writers go. */
    Route route();

    /** A session has chosen it: it counts as used until {@link #detach}. */
    void attach();

    /** That session has chosen another, or has ended. */
    void detach();

    /**
     * Opens a transaction on the newest visible state. DATABASE_NOT_FOUND when it has been dropped, STORAGE_FAILURE
     * when it is broken.
     *
     * @param memory what its changes take counts there; draws on the instance's pool
     * @param terminate asks the session to end the transaction; any thread, any number of times
     */
    OpenTransaction begin(AccessMode access, MemorySource memory, Runnable terminate);

    /** NOT_MAIN, naming the MAIN if it is known, unless this instance takes writes. */
    void requireWritable();

    /** What the database takes; reads the sizes of its files. */
    StorageFigures storage();

    /** Its snapshots; STORAGE_FAILURE when it is broken. */
    SnapshotService snapshots();

    /** The newest state that a transaction opened now would see. */
    Bookmark visible();

    /**
     * Waits until {@link #visible} includes the bookmarks, all of this database; BOOKMARK_TIMEOUT when that takes
     * longer, INVALID_BOOKMARK when they are not of its history.
     */
    void awaitVisible(List<Bookmark> own, Duration patience) throws InterruptedException;

    /** A transaction and its end. */
    interface OpenTransaction extends AutoCloseable {
        GraphTransaction graph();

        /** The state it sees. */
        Bookmark snapshot();

        /**
         * Work goes on after {@link #pause}. SNAPSHOT_TOO_OLD when the transaction was ended because of what it keeps
         * alive.
         */
        void resume();

        /** Until {@link #resume}, nothing is asked of the graph; the transaction may be ended meanwhile. */
        void pause();

        /** As {@link #resume} within work; called often. */
        void check();

        /**
         * A statement begins: with {@code anew} it sees the newest visible state, beside the changes made so far; then
         * rows of earlier queries must not be read any more. WRITE_CONFLICT when others have changed what this
         * transaction has changed.
         */
        void beginStatement(boolean anew);

        /**
         * Commits, and returns when the outcome is decided. A failure whose effect is NONE did not happen;
         * COMMIT_UNKNOWN may have. An interruption before anything was handed over is thrown, and nothing happened; one
         * after that ends the wait for the outcome: COMMIT_UNKNOWN.
         */
        CommitSummary commit() throws InterruptedException;

        /** Rolls back unless committed. Idempotent. */
        @Override
        void close();
    }
}
