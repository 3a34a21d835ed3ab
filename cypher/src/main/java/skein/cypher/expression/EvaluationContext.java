package skein.cypher.expression;

import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import skein.graph.Value;
import skein.storage.api.GraphTransaction;

/** What belongs to one run of a query. Used by one thread at a time. */
public interface EvaluationContext {
    /** From here on {@link #reserveIfLarge} counts a value. */
    long LARGE_VALUE_BYTES = 16L << 20;

    GraphTransaction transaction();

    /** Tokens of the names that the plan's {@link SlotResolver#names} numbered. */
    TokenCache tokens();

    /** The parameter's value; PARAMETER_MISSING when it was not given. */
    Value parameter(String name);

    /** Wall-clock time now, for {@code .realtime()}. */
    ZonedDateTime realtime();

    /** Wall-clock time when the statement began. */
    ZonedDateTime statementTime();

    /** Wall-clock time when the transaction began. */
    ZonedDateTime transactionTime();

    /** For {@code rand()} and {@code randomUUID()}. */
    RandomGenerator random();

    /**
     * Called before a value of unusual size is made; throws MEMORY_LIMIT when the run may not have that much. The
     * memory counts until the run ends.
     */
    default void reserveMemory(long bytes) {}

    /**
     * As {@link #reserveMemory}, but only for a value so large that a few of them could exhaust the memory. Smaller
     * ones come and go with the rows and are not worth counting.
     */
    default void reserveIfLarge(long bytes) {
        if (bytes >= LARGE_VALUE_BYTES) {
            reserveMemory(bytes);
        }
    }

    /** Throws TRANSACTION_TERMINATED or TRANSACTION_TIMED_OUT when the run must end; call it in every long loop. */
    void checkTermination();
}
