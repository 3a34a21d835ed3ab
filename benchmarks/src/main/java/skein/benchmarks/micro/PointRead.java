package skein.benchmarks.micro;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import skein.benchmarks.engine.SocialGraph;
import skein.graph.Value;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;

/**
 * Finds a node by an indexed integer property, evenly at random. Per read, on one thread. Aim: 2,000,000 a second on
 * one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PointRead {
    @Param("1000000")
    int nodes;

    @SuppressWarnings("NullAway.Init") // by load(), which JMH calls first
    private LoadedGraph graph;

    @SuppressWarnings("NullAway.Init")
    private StoreTransaction transaction;

    private int label;
    private int id;
    private int name;
    /** What memory allows at most: the same properties in a map of the JDK, without versions and order. */
    private final Map<Integer, Map<String, Value>> map = new HashMap<>();

    private final SplittableRandom random = new SplittableRandom(1);

    @Setup
    public void load() throws IOException {
        graph = new LoadedGraph(nodes, 0);
        transaction = graph.begin();
        label = transaction.tokenOf(NameKind.LABEL, SocialGraph.LABEL);
        id = transaction.tokenOf(NameKind.PROPERTY_KEY, SocialGraph.ID);
        name = transaction.tokenOf(NameKind.PROPERTY_KEY, SocialGraph.NAME);
        for (int i = 0; i < nodes; i++) {
            map.put(i, Map.of(SocialGraph.ID, Value.of(i), SocialGraph.NAME, Value.of("n" + i)));
        }
    }

    @TearDown
    public void close() throws IOException {
        transaction.close();
        graph.close();
    }

    /** The node's id alone, in one long transaction. */
    @Benchmark
    public long seek() {
        return find(transaction);
    }

    /** As {@link #seekAndRead} from a map of the JDK. */
    @Benchmark
    public Object mapGet() {
        return map.getOrDefault(random.nextInt(nodes), Map.of()).getOrDefault(SocialGraph.NAME, Value.NULL);
    }

    /** The node and one of its properties, in one long transaction. */
    @Benchmark
    public Value seekAndRead() {
        return transaction.nodeProperty(find(transaction), name);
    }

    /** As {@link #seekAndRead}, each in a transaction of its own. */
    @Benchmark
    public Value transactionSeekAndRead() {
        try (StoreTransaction own = graph.begin()) {
            return own.nodeProperty(find(own), name);
        }
    }

    private long find(StoreTransaction reader) {
        EntityCursor found = reader.nodesWithProperty(label, id, Value.of(random.nextInt(nodes)));
        if (!found.next()) {
            throw new IllegalStateException("a node is not in the index");
        }
        return found.id();
    }
}
