package skein.query;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.random.RandomGenerator;
import skein.cypher.execute.QueryEnvironment;
import skein.cypher.procedure.InstanceFacts;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What the world gives to one run of a query: clocks, random numbers, limits. Confined to the session's thread. */
final class RunEnvironment implements QueryEnvironment {
    private final ZonedDateTime transactionTime;
    private final ZonedDateTime statementTime = now();
    private final Termination termination;
    private final InstanceFacts instance;
    private final RandomGenerator random;
    private final long memoryBytesMax;
    private long reservedBytes;

    RunEnvironment(
            ZonedDateTime transactionTime,
            Termination termination,
            InstanceFacts instance,
            RandomGenerator random,
            long memoryBytesMax) {
        this.transactionTime = transactionTime;
        this.termination = termination;
        this.instance = instance;
        this.random = random;
        this.memoryBytesMax = memoryBytesMax;
    }

    static ZonedDateTime now() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }

    @Override
    public ZonedDateTime transactionTime() {
        return transactionTime;
    }

    @Override
    public ZonedDateTime statementTime() {
        return statementTime;
    }

    @Override
    public ZonedDateTime realtime() {
        return now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public void checkTermination() {
        termination.check();
    }

    @Override
    public void reserve(long bytes) {
        reservedBytes += bytes;
        if (reservedBytes > memoryBytesMax) {
            throw new SkeinException(
                    ErrorCode.MEMORY_LIMIT,
                    "The query needs more memory than one query may hold: over " + memoryBytesMax
                            + " bytes. Nothing was committed. Read or change less at once, for example with LIMIT.");
        }
    }

    @Override
    public InstanceFacts instance() {
        return instance;
    }
}
