package skein.query;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.query.core.EndReason;
import skein.query.core.TransactionLimits;
import skein.session.Client;
import skein.vocabulary.DatabaseName;

/** The open transactions of this instance, of all sessions and databases. Thread-safe. */
public final class OpenTransactions {
    private final LongSupplier nanos;
    private final AtomicLong lastId = new AtomicLong();
    private final Map<Long, ListedTransaction> open = new ConcurrentHashMap<>();
    private final LongAdder bookmarkWaits = new LongAdder();
    private final LongAdder bookmarkWaitNanos = new LongAdder();

    /** @param nanos the time they are measured by */
    public OpenTransactions(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** What ends a transaction that begins now. */
    Termination termination(TransactionLimits limits) {
        return new Termination(limits, nanos);
    }

    ListedTransaction begin(
            Client client,
            DatabaseName database,
            Map<String, Value> metadata,
            Termination termination,
            Runnable ended) {
        var listed = new ListedTransaction(lastId.incrementAndGet(), client, database, metadata, termination, ended);
        open.put(listed.id(), listed);
        return listed;
    }

    void end(ListedTransaction listed) {
        open.remove(listed.id());
    }

    /** Does the waiting of a transaction that came with bookmarks, and counts it however it ends. */
    void awaitBookmarks(Runnable wait) {
        long begun = nanos.getAsLong();
        try {
            wait.run();
        } finally {
            bookmarkWaits.increment();
            bookmarkWaitNanos.add(nanos.getAsLong() - begun);
        }
    }

    /** How many transactions have come with bookmarks. */
    public long bookmarkWaits() {
        return bookmarkWaits.sum();
    }

    /** How long they have waited, together. */
    public long bookmarkWaitNanos() {
        return bookmarkWaitNanos.sum();
    }

    /** One map per transaction, in the order of their beginning, with the columns of {@code SHOW TRANSACTIONS}. */
    public List<MapValue> rows() {
        long now = nanos.getAsLong();
        return open.values().stream()
                .sorted(Comparator.comparingLong(ListedTransaction::id))
                .map(listed -> listed.row(now))
                .toList();
    }

    /** Ends a transaction by the id that is shown; answers whose it was, or nothing when there is none of that id. */
    Optional<String> terminate(String id) {
        return Optional.ofNullable(open.get(number(id))).map(listed -> {
            listed.end(EndReason.ADMINISTRATOR);
            return listed.user();
        });
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Ends those that have been open, or have waited for their clients, for longer than they may. */
    void endOverdue() {
        long now = nanos.getAsLong();
        open.values().forEach(listed -> listed.endIfOverdue(now));
    }
}
