package skein.bolt.core;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import skein.vocabulary.SkeinException;

/**
 * Where a connection stands between two requests.
 *
 * <pre>
 * NEGOTIATION --HELLO--> AUTHENTICATION --LOGON--> READY        (up to 5.0: HELLO leads to READY)
 * READY --RUN--> STREAMING --PULL, DISCARD: drained--> READY
 * READY --BEGIN--> TX_READY --RUN--> TX_STREAMING --all drained--> TX_READY
 * TX_READY, TX_STREAMING --COMMIT, ROLLBACK--> READY
 * READY --LOGOFF--> AUTHENTICATION
 * READY and all after it --failure--> FAILED --RESET--> READY
 * STREAMING, TX_READY, TX_STREAMING --ended from outside--> EXPIRED --any request--> FAILED
 * any --GOODBYE, request out of place, loss--> DEFUNCT
 * </pre>
 *
 * While a RESET is on its way the connection is INTERRUPTED, whatever its phase.
 */
public sealed interface Phase {
    /** Nothing is open. */
    static Phase ready() {
        return new Ready(false);
    }

    record Negotiation() implements Phase {}

    record Authentication() implements Phase {}

    /** @param textTransaction a transaction begun by query text is open, which only the session knows more about */
    record Ready(boolean textTransaction) implements Phase {}

    /** The result of one query on its own is open. */
    record Streaming(NotificationFilter filter) implements Phase {}

    /**
     * An explicit transaction is open.
     *
     * @param openResults those not drained yet
     * @param nextResult number of the next RUN's result; the latest has the number before
     */
    record InTransaction(NotificationFilter filter, SortedSet<Long> openResults, long nextResult) implements Phase {
        public InTransaction {
            openResults = Collections.unmodifiableSortedSet(new TreeSet<>(openResults));
        }

        InTransaction opened(long result) {
            SortedSet<Long> open = new TreeSet<>(openResults);
            open.add(result);
            return new InTransaction(filter, open, Math.max(nextResult, result + 1));
        }

        InTransaction drained(long result) {
            SortedSet<Long> open = new TreeSet<>(openResults);
            open.remove(result);
            return new InTransaction(filter, open, nextResult);
        }
    }

    /** Everything but RESET is ignored. */
    record Failed() implements Phase {}

    /** The transaction was ended while nobody asked; the next request is told. */
    record Expired(SkeinException reason) implements Phase {}

    record Defunct() implements Phase {}

    /** The state's name as the protocol's documents spell it. */
    default String title() {
        return switch (this) {
            case Negotiation ignored -> "NEGOTIATION";
            case Authentication ignored -> "AUTHENTICATION";
            case Ready ignored -> "READY";
            case Streaming ignored -> "STREAMING";
            case InTransaction open -> open.openResults().isEmpty() ? "TX_READY" : "TX_STREAMING";
            case Failed ignored -> "FAILED";
            case Expired ignored -> "EXPIRED";
            case Defunct ignored -> "DEFUNCT";
        };
    }

    /** True when the session holds a transaction or a result that a RESET has to end. */
    default boolean holdsWork() {
        return this instanceof Streaming
                || this instanceof InTransaction
                || this instanceof Ready(boolean open) && open;
    }
}
