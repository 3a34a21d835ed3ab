package skein.history;

import java.util.List;

/**
 * What a client knows of one transaction.
 *
 * @param session the client; one session runs its transactions one after the other
 * @param startedNanos on a clock that all sessions share, taken before the transaction began
 * @param endedNanos on the same clock, taken after the answer to the commit; means nothing for {@link Outcome#UNKNOWN}
 * @param operations in order, with what the reads answered
 */
public record Transaction(
        int session, long startedNanos, long endedNanos, Outcome outcome, List<Operation> operations) {
    public Transaction {
        operations = List.copyOf(operations);
    }

    /** What the client may conclude. */
    public enum Outcome {
        /** It happened. */
        COMMITTED,
        /** It did not happen, and never will. */
        FAILED,
        /** It may have happened, or may happen later, or never. */
        UNKNOWN
    }
}
