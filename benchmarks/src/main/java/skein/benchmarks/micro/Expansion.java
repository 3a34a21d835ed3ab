package skein.benchmarks.micro;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import skein.benchmarks.engine.SocialGraph;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;

/**
 * Walks from nodes chosen evenly at random over their outgoing relationships (ten on average) to the neighbours' ids.
 * Per relationship, on one thread. Aim: 20,000,000 a second on one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Expansion {
    private static final int[] ANY = new int[0];
    private static final int RELATIONSHIPS = 100_000;

    @Param("1000000")
    int nodes;

    @Param("10000000")
    int relationships;

    @SuppressWarnings("NullAway.Init") // by load(), which JMH calls first
    private LoadedGraph graph;

    @SuppressWarnings("NullAway.Init")
    private StoreTransaction transaction;

    private int[] type = ANY;
    private final SplittableRandom random = new SplittableRandom(1);

    @Setup
    public void load() throws IOException {
        graph = new LoadedGraph(nodes, relationships);
        transaction = graph.begin();
        type = new int[] {transaction.tokenOf(NameKind.RELATIONSHIP_TYPE, SocialGraph.TYPE)};
    }

    @TearDown
    public void close() throws IOException {
        transaction.close();
        graph.close();
    }

    /** Whatever the type. */
    @Benchmark
    @OperationsPerInvocation(RELATIONSHIPS)
    public long anyType() {
        return walk(ANY);
    }

    /** Only relationships of a named type, which all have. */
    @Benchmark
    @OperationsPerInvocation(RELATIONSHIPS)
    public long oneType() {
        return walk(type);
    }

    private long walk(int[] types) {
        long sum = 0;
        int met = 0;
        while (met < RELATIONSHIPS) {
            RelationshipCursor cursor = transaction.expand(random.nextInt(nodes), Direction.OUTGOING, types);
            while (cursor.next()) {
                sum += cursor.neighbour();
                met++;
            }
        }
        return sum;
    }
}
