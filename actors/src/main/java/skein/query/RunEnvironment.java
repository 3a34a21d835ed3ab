package skein.query;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import skein.cypher.csv.TextSource;
import skein.cypher.execute.QueryEnvironment;
import skein.cypher.procedure.InstanceFacts;
import skein.files.ImportFiles;
import skein.query.QueryTarget.OpenTransaction;
import skein.storage.memory.MemoryPool.Purpose;
import skein.storage.memory.MemorySource;
import skein.storage.memory.Reservation;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** What the world gives to one run of a query: clocks, random numbers, limits. Confined to the session's thread. */
final class RunEnvironment implements QueryEnvironment, AutoCloseable {
    private final ZonedDateTime transactionTime;
    private final ZonedDateTime statementTime = now();
    private final Termination termination;
    private final OpenTransaction transaction;
    private final InstanceFacts instance;
    private final RandomGenerator random;
    private final long memoryBytesMax;
    private final Reservation reserved;
    private final ImportFiles files;
    private final Supplier<Batch> batches;
    private final List<TextSource> openFiles = new ArrayList<>();

    RunEnvironment(
            ZonedDateTime transactionTime,
            Termination termination,
            OpenTransaction transaction,
            InstanceFacts instance,
            RandomGenerator random,
            long memoryBytesMax,
            MemorySource memory,
            ImportFiles files,
            Supplier<Batch> batches) {
        this.transactionTime = transactionTime;
        this.termination = termination;
        this.transaction = transaction;
        this.instance = instance;
        this.random = random;
        this.memoryBytesMax = memoryBytesMax;
        this.reserved = new Reservation(memory, "a query");
        this.files = files;
        this.batches = batches;
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
        transaction.check();
    }

    @Override
    public void reserve(long bytes) {
        if (reserved.usedBytes() + bytes > memoryBytesMax) {
            throw new SkeinException(
                    ErrorCode.MEMORY_LIMIT,
                    "The query needs more memory than one query may hold: over " + memoryBytesMax
                            + " bytes. Nothing was committed. Read or change less at once, for example with LIMIT.");
        }
        reserved.add(bytes, Purpose.WORK);
    }

    @Override
    public InstanceFacts instance() {
        return instance;
    }

    @Override
    public TextSource openText(String location) {
        TextSource file = files.open(location);
        openFiles.add(file);
        return file;
    }

    @Override
    public Batch beginBatch() {
        return batches.get();
    }

    /** The run has ended: what it held is free. */
    @Override
    public void close() {
        openFiles.forEach(TextSource::close);
        openFiles.clear();
        reserved.close();
    }
}
