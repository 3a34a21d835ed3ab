package skein.query;

import java.time.Duration;
import java.util.UUID;
import skein.session.QuerySession.CommitSummary;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.GraphTransaction;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;

/** One database of this instance, as sessions use it. Thread-safe; methods may block the calling virtual thread. */
public interface QueryTarget {
    DatabaseName name();

    UUID id();

    /** Opens a transaction on the newest visible state. DATABASE_UNAVAILABLE while the instance changes its role. */
    OpenTransaction begin(AccessMode access);

    /** NOT_MAIN, naming the MAIN if it is known, unless this instance takes writes. */
    void requireWritable();

    /** The newest state that a transaction opened now would see. */
    Bookmark visible();

    /** Waits until {@link #visible} includes the bookmark; BOOKMARK_TIMEOUT when that takes longer. */
    void awaitVisible(Bookmark bookmark, Duration patience);

    /** A transaction and its end. */
    interface OpenTransaction extends AutoCloseable {
        GraphTransaction graph();

        /** The state it sees. */
        Bookmark snapshot();

        /**
         * Goes on with the newest visible state, beside the changes made so far; rows of earlier queries must not be
         * read any more. WRITE_CONFLICT when others have changed what this transaction has changed.
         */
        void refresh();

        /**
         * Commits, and returns when the outcome is decided. A failure whose effect is NONE did not happen;
         * COMMIT_UNKNOWN may have.
         */
        CommitSummary commit();

        /** Rolls back unless committed. Idempotent. */
        @Override
        void close();
    }
}
