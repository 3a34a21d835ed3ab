package skein.cypher.execute;

import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import skein.cypher.procedure.InstanceFacts;

/** What the world gives to one run of a query. Used by the thread that runs it. */
public interface QueryEnvironment {
    /** Wall-clock time when the transaction began. */
    ZonedDateTime transactionTime();

    /** Wall-clock time when the statement began. */
    ZonedDateTime statementTime();

    /** Wall-clock time now. */
    ZonedDateTime realtime();

    /** A clock for measuring, in nanoseconds from some arbitrary moment. */
    long nanoTime();

    RandomGenerator random();

    /** Throws TRANSACTION_TERMINATED or TRANSACTION_TIMED_OUT when the run must end; called often. */
    void checkTermination();

    /**
     * Accounts for memory that the run holds until it ends, such as sorted rows and groups. Throws MEMORY_LIMIT when it
     * is too much.
     */
    void reserve(long bytes);

    InstanceFacts instance();
}
