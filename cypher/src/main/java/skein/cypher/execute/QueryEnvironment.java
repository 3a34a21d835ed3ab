package skein.cypher.execute;

import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import skein.cypher.csv.TextSource;
import skein.cypher.procedure.InstanceFacts;
import skein.storage.api.GraphTransaction;

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

    /**
     * Opens a file for LOAD CSV. Closed at the latest when the run ends. FORBIDDEN for files that queries may not read,
     * EXTERNAL_RESOURCE when there is none or it cannot be read.
     *
     * @param location as the query names it
     */
    TextSource openText(String location);

    /**
     * Begins a transaction of its own for a part of the query. FORBIDDEN_IN_TRANSACTION when the query runs in a
     * transaction that others end.
     */
    Batch beginBatch();

    /** A part of a query that is committed by itself. */
    interface Batch extends AutoCloseable {
        GraphTransaction graph();

        /** As the commit of a transaction: fails with an effect of NONE, or with COMMIT_UNKNOWN. */
        void commit();

        /** Rolls back unless committed. Idempotent. */
        @Override
        void close();
    }
}
