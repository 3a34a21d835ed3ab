package skein.cypher.expression;

import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import skein.graph.Value;
import skein.storage.api.GraphTransaction;

/** What belongs to one run of a query. Used by one thread at a time. */
public interface EvaluationContext {
    /** From here on {@link #reserveIfLarge} counts a value. */
    long LARGE_VALUE_BYTES = 16L << 20;

    /** What an element of a list takes: a reference and a small object. */
    long BYTES_PER_ELEMENT = 24;

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

    /** Who runs the query; empty when nobody has to log in. */
    default String userName() {
        return "";
    }

    /** The next value of a counter of this run: the first one, then each more than the one before by the step. */
    default long count(String counter, long first, long step) {
        throw new IllegalStateException("no counters here");
    }

    /**
     * Called now and then while a list grows whose size is not known before: counts the elements that came since the
     * last call, once there are so many that the list is large.
     */
    default void reserveForElements(long elements, long sinceLastCall) {
        if (elements * BYTES_PER_ELEMENT >= LARGE_VALUE_BYTES) {
            reserveMemory(sinceLastCall * BYTES_PER_ELEMENT);
        }
    }

    /** Throws TRANSACTION_TERMINATED or TRANSACTION_TIMED_OUT when the run must end; call it in every long loop. */
    void checkTermination();
}
