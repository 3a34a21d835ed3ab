package skein.replication;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import skein.replication.CommitOutcome.Committed;
import skein.replication.CommitOutcome.Unknown;
import skein.storage.Database;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/**
 * Commits between their sequencing, on session threads, and their decision, on the database's actor. Thread-safe. One
 * reign of one MAIN has one queue; when the reign ends, what still waits is unknown.
 */
final class CommitQueue {
    private final Database database;
    private final Runnable grown;
    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<Long, CompletableFuture<CommitOutcome>> waiting = new TreeMap<>();
    private boolean closed;

    /** @param grown called after a record was handed to the log */
    CommitQueue(Database database, Runnable grown) {
        this.database = database;
        this.grown = grown;
    }

    /**
     * Sequences a transaction with changes. Completes when it is decided; throws {@link SkeinException} when it was
     * refused before a sequence was spent.
     */
    CompletableFuture<CommitOutcome> commit(StoreTransaction transaction) {
        CompletableFuture<CommitOutcome> outcome = new CompletableFuture<>();
        long lsn;
        // the decision of this record cannot overtake its entry here: completing takes the same lock
        lock.lock();
        try {
            if (closed) {
                throw new SkeinException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "This instance is changing its role. Nothing was committed. Try again in a moment.");
            }
            lsn = database.sequence(transaction);
            if (lsn > 0) {
                waiting.put(lsn, outcome);
            }
        } finally {
            lock.unlock();
        }
        if (lsn > 0) {
            grown.run();
        } else {
            outcome.complete(new Committed(transaction.snapshot(), List.of()));
        }
        return outcome;
    }

    /** These records are decided. */
    void complete(long firstLsn, long lastLsn, List<Notification> notifications) {
        List<CompletableFuture<CommitOutcome>> outcomes;
        long[] lsns;
        lock.lock();
        try {
            SortedMap<Long, CompletableFuture<CommitOutcome>> decided = waiting.subMap(firstLsn, true, lastLsn, true);
            outcomes = List.copyOf(decided.values());
            lsns = decided.keySet().stream().mapToLong(Long::longValue).toArray();
            decided.clear();
        } finally {
            lock.unlock();
        }
        for (int i = 0; i < lsns.length; i++) {
            outcomes.get(i).complete(new Committed(lsns[i], notifications));
        }
    }

    /** No commit is taken any more. */
    void refuse() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The reign is over: nobody will decide what waits. */
    void abandon(String reason) {
        refuse();
        List<CompletableFuture<CommitOutcome>> outcomes;
        lock.lock();
        try {
            outcomes = List.copyOf(waiting.values());
            waiting.clear();
        } finally {
            lock.unlock();
        }
        outcomes.forEach(outcome -> outcome.complete(new Unknown(reason)));
    }
}
