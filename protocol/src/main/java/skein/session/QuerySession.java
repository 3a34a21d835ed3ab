package skein.session;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.vocabulary.Bookmark;
import skein.vocabulary.DatabaseName;
import skein.vocabulary.Notification;
import skein.vocabulary.ReplicaAck;

/**
 * The conversation of one client with the database. At most one transaction is open at a time. Every method blocks and
 * is called from one thread at a time, except {@link #interrupt}, which any thread may call. Failures are
 * {@link skein.vocabulary.SkeinException}s; after a failure inside an explicit transaction that transaction is rolled
 * back.
 */
public interface QuerySession extends AutoCloseable {
    /**
     * Starts an auto-commit query. Its transaction commits inside {@link QueryCursor#finish}.
     *
     * <p>Text that is no data query but belongs to a session (BEGIN, COMMIT, ROLLBACK) is answered too. Admin
     * statements of the cluster never come here: the frontend turns them into messages.
     */
    QueryCursor run(String query, Map<String, Value> parameters, TransactionOptions options);

    /** Opens an explicit transaction; waits for the bookmarks of the options. */
    void begin(TransactionOptions options);

    /** Runs a query inside the open explicit transaction; several cursors may be open at once. */
    QueryCursor runInTransaction(String query, Map<String, Value> parameters);

    /**
     * Commits the open explicit transaction; drains the writes of cursors that were not read to their end. Returns
     * after the commit is decided by the rule of every replica's mode. A failure whose code's effect is UNKNOWN may
     * have been committed.
     */
    CommitSummary commit();

    /**
     * Ends whatever is open without committing: the explicit transaction, one begun by text, or an auto-commit query
     * whose cursor was not finished. Does nothing when nothing is open.
     */
    void rollback();

    /** True while a transaction is open that outlives the call, for example one begun by the text {@code BEGIN}. */
    default boolean isTransactionOpen() {
        return false;
    }

    /**
     * The client has been answered and may take its time; from here on the open transaction, if there is one, waits for
     * it, until {@link #resume}.
     */
    default void rest() {}

    /**
     * The client has asked for something, or the caller wants to know: fails, with nothing open any more, when what was
     * open has been ended from outside.
     */
    default void resume() {}

    /** True when what is open has been ended from outside: whoever works for it may stop. Any thread. */
    default boolean isEnded() {
        return false;
    }

    /**
     * From now on the listener hears that a transaction of this session was ended from outside: by a time limit, an
     * administrator, or because its database goes. It is called by any thread, perhaps late, and must not wait.
     */
    default void onEnded(Runnable listener) {}

    /** The database that {@code USE DATABASE} chose; null for the default. */
    default @Nullable DatabaseName chosenDatabase() {
        return null;
    }

    /**
     * Ends whatever runs now with TRANSACTION_TERMINATED, from any thread; the running call returns within some
     * milliseconds. A commit already handed to the log is not undone: it is no longer waited for, and fails with
     * COMMIT_UNKNOWN. Without work in progress this does nothing.
     */
    void interrupt();

    /** Rolls back and frees everything. Idempotent. */
    @Override
    void close();

    /**
     * What a commit answers.
     *
     * @param bookmark names the state that includes the commit; for a read the state it saw
     * @param notifications for example a SYNC replica that did not confirm
     * @param acks what each registered replica had said, in the order of registration; empty unless asked for with
     *     {@link TransactionOptions#ASKS_FOR_ACKS}
     */
    record CommitSummary(Bookmark bookmark, List<Notification> notifications, List<ReplicaAck> acks) {
        public CommitSummary {
            notifications = List.copyOf(notifications);
            acks = List.copyOf(acks);
        }

        public CommitSummary(Bookmark bookmark, List<Notification> notifications) {
            this(bookmark, notifications, List.of());
        }

        public CommitSummary withoutAcks() {
            return new CommitSummary(bookmark, notifications);
        }
    }
}
