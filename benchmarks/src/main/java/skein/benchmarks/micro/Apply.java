package skein.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.graph.FreedSlots;
import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphStore;
import skein.storage.log.DictionaryAddition;
import skein.storage.log.GraphOperation;
import skein.storage.log.LogRecord;
import skein.storage.log.PropertyCodec;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordCodec;
import skein.storage.log.RecordStamp;

/**
 * The applier alone: decided records become part of the graph, and what they supersede is let go. Nanoseconds per
 * operation on the one thread that applies. Aim: 500,000 simple operations a second, 2,000 ns each.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
public class Apply {
    private static final int OPERATIONS = 1_000_000;
    private static final int NODES = 100_000;
    private static final List<DictionaryAddition> NAMES = List.of(
            new DictionaryAddition(NameKind.LABEL, 0, "L"),
            new DictionaryAddition(NameKind.RELATIONSHIP_TYPE, 0, "R"),
            new DictionaryAddition(NameKind.PROPERTY_KEY, 0, "id"));

    /** Simple operations. */
    public enum Work {
        /** Of one label and one property. */
        CREATE_NODE,
        /** Bare, between nodes evenly at random. */
        CREATE_RELATIONSHIP,
        /** On nodes evenly at random. */
        SET_PROPERTY
    }

    @Param
    Work work = Work.CREATE_NODE;

    @Param({"1", "100"})
    int operationsPerRecord = 1;

    private GraphStore store = new GraphStore();
    private GraphApplier applier = new GraphApplier(store, FreedSlots.IGNORED);
    private final List<LogRecord> records = new ArrayList<>();

    /** A graph of {@value #NODES} nodes, and records that were not applied yet, for each measurement. */
    @Setup(Level.Iteration)
    public void prepare() {
        SplittableRandom random = new SplittableRandom(1);
        store = new GraphStore();
        applier = new GraphApplier(store, FreedSlots.IGNORED);
        records.clear();
        long lsn = 1;
        applier.apply(record(lsn, NAMES, 0, NODES, Apply::createNode), 0);
        for (int from = 0; from < OPERATIONS; from += operationsPerRecord) {
            records.add(record(++lsn, List.of(), from, from + operationsPerRecord, i -> operation(i, random)));
        }
    }

    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public long apply() {
        for (LogRecord record : records) {
            applier.apply(record, store.publishedTs());
            applier.collect(store::publishedTs);
        }
        return store.stateHash();
    }

    private GraphOperation operation(int i, SplittableRandom random) {
        return switch (work) {
            case CREATE_NODE -> createNode(NODES + i);
            case CREATE_RELATIONSHIP ->
                new GraphOperation.CreateRelationship(
                        i, 0, random.nextInt(NODES), random.nextInt(NODES), PropertyCodec.EMPTY);
            case SET_PROPERTY -> new GraphOperation.SetNodeProperty(random.nextInt(NODES), 0, Value.of(i));
        };
    }

    private static GraphOperation createNode(int i) {
        return new GraphOperation.CreateNode(i, new int[] {0}, PropertyCodec.of(new TreeMap<>(Map.of(0, Value.of(i)))));
    }

    /** As it comes out of the log. */
    private static LogRecord record(
            long lsn, List<DictionaryAddition> names, int from, int end, IntFunction<GraphOperation> operation) {
        List<GraphOperation> operations = new ArrayList<>(end - from);
        for (int i = from; i < end; i++) {
            operations.add(operation.apply(i));
        }
        RecordBody body = new RecordBody.DataChanges(names, operations);
        return RecordCodec.decode(RecordCodec.encode(body, new RecordStamp(1, 1, lsn, lsn, 0)));
    }
}
