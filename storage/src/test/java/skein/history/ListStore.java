package skein.history;

import java.util.List;
import skein.history.Transaction.Outcome;

/** A store under test, as transactions over lists that only grow. Used by many sessions at once. */
public interface ListStore {
    /** Begins a transaction; used by one session, closed by it in any case. */
    Session begin();

    /** One transaction. Reading and appending may refuse; what was done before then counts for nothing. */
    interface Session extends AutoCloseable {
        int[] read(long key) throws Refused;

        /** Appends, and says what that was: one list's append, or one insert that several lists show. */
        List<Operation.Append> append(long key, int value) throws Refused;

        /** What may be concluded; {@link Outcome#FAILED} when the store refused. */
        Outcome commit();

        @Override
        void close();
    }

    /** The store refused, and the transaction has no effect. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        public Refused(Throwable cause) {
            super(cause);
        }
    }
}
