package skein.benchmarks.micro;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import skein.cypher.CypherEngine;
import skein.cypher.csv.TextSource;
import skein.cypher.execute.QueryEnvironment;
import skein.cypher.execute.RunningQuery;
import skein.cypher.procedure.InstanceFacts;
import skein.graph.Value;
import skein.storage.tx.StoreTransaction;

/**
 * From a query's text to a run that can be asked for rows, on one thread. Aims: 300 µs for a simple query whose plan is
 * known, 5 ms for ten clauses never seen before.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PlanTime {
    private static final int NODES = 10_000;
    private static final String SIMPLE = "MATCH (n:Person {id: $id}) RETURN n.id, n.name";
    private static final String TEN_CLAUSES = """
            MATCH (a:Person {id: $id})
            MATCH (a)-[:KNOWS]->(b)-[:KNOWS]->(c)
            WHERE b.id > 10 AND c.name STARTS WITH 'n'
            OPTIONAL MATCH (c)-[r:KNOWS]->(d:Person)
            WITH a, b, c, count(r) AS degree ORDER BY degree DESC LIMIT 20
            UNWIND [1, 2, 3] AS x
            WITH a, b, c, degree, sum(x) AS total
            MATCH (c)<-[:KNOWS*1..2]-(e)
            WITH DISTINCT a, e, degree + total AS weight
            WHERE weight > 0
            MATCH (e)-[:KNOWS]->(f)
            RETURN f.id, collect(e.name), max(weight) AS top
            ORDER BY top DESC SKIP 1 LIMIT 10""";

    @SuppressWarnings("NullAway.Init") // by load(), which JMH calls first
    private LoadedGraph graph;

    @SuppressWarnings("NullAway.Init")
    private StoreTransaction transaction;

    private final CypherEngine engine = new CypherEngine();
    private final QueryEnvironment environment = new Unlimited(ZonedDateTime.now(ZoneOffset.UTC));
    private final Map<String, Value> parameters = Map.of("id", Value.of(17));
    private int unseen;

    /** Nothing ends and nothing is too much. */
    private record Unlimited(ZonedDateTime now) implements QueryEnvironment {
        @Override
        public ZonedDateTime transactionTime() {
            return now;
        }

        @Override
        public ZonedDateTime statementTime() {
            return now;
        }

        @Override
        public ZonedDateTime realtime() {
            return now;
        }

        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public RandomGenerator random() {
            return ThreadLocalRandom.current();
        }

        @Override
        public void checkTermination() {}

        @Override
        public void reserve(long bytes) {}

        @Override
        public TextSource openText(String location) {
            throw new IllegalStateException("no query here reads a file");
        }

        @Override
        public Batch beginBatch() {
            throw new IllegalStateException("no query here commits in between");
        }

        @Override
        public InstanceFacts instance() {
            throw new IllegalStateException("no query here asks about the instance");
        }
    }

    @Setup
    public void load() throws IOException {
        graph = new LoadedGraph(NODES, 10 * NODES);
        transaction = graph.begin();
    }

    @TearDown
    public void close() throws IOException {
        transaction.close();
        graph.close();
    }

    /** A simple query whose plan is known: looked up, found to hold still, bound. */
    @Benchmark
    public RunningQuery known() {
        return engine.prepare(SIMPLE).start(transaction, parameters, environment);
    }

    /** As {@link #known}, with its row read. */
    @Benchmark
    public Object knownAndRun() {
        RunningQuery run = known();
        Object row = run.next();
        if (row == null) {
            throw new IllegalStateException("a node is not there");
        }
        return row;
    }

    /** Ten clauses that nobody has asked before: read, checked, planned, compiled, bound. */
    @Benchmark
    public RunningQuery cold() {
        // an identifier that differs, so that no cache can know the plan whatever it makes of literals
        String text = TEN_CLAUSES.replace("degree", "degree" + unseen++);
        return engine.prepare(text).start(transaction, parameters, environment);
    }
}
