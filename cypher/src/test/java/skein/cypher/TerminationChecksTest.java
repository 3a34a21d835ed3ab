package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.execute.RunningQuery;
import skein.cypher.fixture.TestDatabase;
import skein.cypher.fixture.TestEnvironment;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.storage.tx.StoreTransaction;

/**
 * Whoever ends a query waits for its next look whether it is to end: so it looks at every row, and between two looks
 * there is only so much work. Both are counted, so that no machine can be too slow.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminationChecksTest {
    private static final int ROWS = 20_000;
    private static final long CALLS_BETWEEN_MAX = 100;
    /** A loop inside an expression, whose steps are short, looks now and then. */
    private static final int ELEMENTS_BETWEEN_MAX = 1024;

    private static final Map<String, Value> PARAMETERS = Map.of(
            "list", new ListValue(LongStream.range(0, ROWS).mapToObj(Value::of).toList()));

    private TestDatabase database;

    @BeforeAll
    void fill(@TempDir Path directory) {
        database = new TestDatabase(directory);
        database.run("CREATE INDEX FOR (n:N) ON (n.i)");
        database.run(
                "CREATE (hub:Hub) WITH hub UNWIND range(1, " + ROWS + ") AS i CREATE (hub)-[:R {i: i}]->(:N {i: i})");
        database.run("UNWIND range(1, " + ROWS + ") AS i CREATE (:Alone {i: i, s: toString(i)})");
    }

    @AfterAll
    void close() {
        database.close();
    }

    /** What a run does between two looks, and how often it looks. */
    private static final class Gaps {
        private long checks;
        private long calls;
        private long callsMost;

        void checked() {
            checks++;
            callsMost = Math.max(callsMost, calls);
            calls = 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNWIND range(1, 20000) AS i CREATE (:M {i: i})",
                "UNWIND $list AS i CREATE (:M {i: i})-[:S {i: i}]->(:M {i: -i})",
                "UNWIND range(1, 20000) AS i MERGE (:M {i: i % 10})",
                "FOREACH (i IN range(1, 20000) | CREATE (:M {i: i}))",
                "MATCH (n:Alone) CREATE (n)-[:S]->(:M)",
                "MATCH (n:Alone) SET n.j = n.i, n:Both",
                "MATCH (n:Alone) SET n += {a: 1, b: 2}",
                "MATCH (n:Alone) REMOVE n.i, n:Alone",
                "MATCH (n:Alone) DELETE n",
                "MATCH (n:N) DETACH DELETE n",
                "MATCH (hub:Hub) DETACH DELETE hub",
                "UNWIND range(1, 20000) AS i RETURN i",
                "UNWIND range(1, 20000) AS i WITH i WHERE i < 0 RETURN i",
                "UNWIND range(1, 20000) AS i RETURN count(i)",
                "UNWIND range(1, 20000) AS i RETURN count(DISTINCT i)",
                "UNWIND range(1, 20000) AS i RETURN i % 7, count(*)",
                "UNWIND range(1, 20000) AS i RETURN i, count(*)",
                "UNWIND range(1, 20000) AS i RETURN size(collect(i))",
                "UNWIND range(1, 20000) AS i RETURN size(collect(DISTINCT i))",
                "UNWIND range(1, 20000) AS i RETURN percentileDisc(i, 0.5)",
                "UNWIND range(1, 20000) AS i WITH DISTINCT i RETURN count(*)",
                "UNWIND range(1, 20000) AS i RETURN i ORDER BY -i",
                "UNWIND range(1, 20000) AS i RETURN i ORDER BY -i LIMIT 10000",
                "UNWIND range(1, 20000) AS i RETURN i SKIP 19999",
                "UNWIND range(1, 20000) AS i RETURN i UNION UNWIND range(1, 20000) AS i RETURN i",
                "UNWIND range(1, 20000) AS i CALL { WITH i RETURN i + 1 AS j } RETURN count(j)",
                "MATCH (n:Alone) RETURN n",
                "MATCH (n) WHERE n.s = 'none' RETURN n",
                "MATCH ()-[r:R]->() WHERE r.i < 0 RETURN r",
                "MATCH (n:N) WHERE n.i > 1 RETURN count(n)",
                "MATCH (a:Hub), (b:Alone) RETURN count(*)",
                "MATCH (hub:Hub)-[r]->(n) RETURN count(n)",
                "MATCH (hub:Hub)-[r]->(n:Alone) RETURN count(n)",
                "MATCH (n:N) OPTIONAL MATCH (n)-->(m) RETURN count(m)",
                "MATCH (n:N) WHERE EXISTS { (n)<--(:Hub) } RETURN count(n)",
                "MATCH (hub:Hub) RETURN size([(hub)-->(n) | n.i])",
                "MATCH (hub:Hub) RETURN COUNT { (hub)-->(:Alone) }",
                "MATCH (hub:Hub)-[:R*1..3]-(n) RETURN count(n)",
                "MATCH (hub:Hub), (n:Alone {i: 1}) MATCH p = shortestPath((hub)-[*]-(n)) RETURN p"
            })
    void everyRowIsLookedAt(String query) {
        Gaps gaps = gaps(query);
        assertThat(gaps.checks).as("looks").isGreaterThanOrEqualTo(ROWS);
        assertThat(gaps.callsMost).as("calls of the graph between two looks").isLessThanOrEqualTo(CALLS_BETWEEN_MAX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN size([i IN $list WHERE i % 2 = 0 | i + 1])",
                "RETURN reduce(sum = 0, i IN $list | sum + i)",
                "RETURN all(i IN $list WHERE i >= 0)",
                "RETURN none(i IN $list WHERE i < 0)",
                "RETURN size(range(1, 20000))",
                "RETURN 'a' + reduce(s = '', i IN $list | 'b') =~ '(a|b)*c'",
            })
    void aLoopInsideAnExpressionIsLookedAtNowAndThen(String query) {
        assertThat(gaps(query).checks).as("looks").isGreaterThanOrEqualTo(ROWS / ELEMENTS_BETWEEN_MAX);
    }

    @Test
    void aSortLooksAtEveryComparison() {
        assertThat(gaps("UNWIND $list AS i RETURN i ORDER BY (i * 7919) % 20011").checks)
                .as("looks")
                .isGreaterThanOrEqualTo(10L * ROWS);
    }

    /** Looks at each row, as a session does while it sends them. */
    private Gaps gaps(String query) {
        try (StoreTransaction transaction = database.begin()) {
            Gaps gaps = new Gaps();
            TestEnvironment environment = new TestEnvironment();
            PreparedQuery prepared = database.engine().prepare(query);
            prepared.start(transaction, PARAMETERS, environment); // planning looks at a sample of the graph
            RunningQuery running =
                    prepared.start(CountedGraph.of(transaction, () -> gaps.calls++), PARAMETERS, environment);
            environment.onCheck(gaps::checked);
            for (Value @Nullable [] row = running.next(); row != null; row = running.next()) {
                gaps.checked();
            }
            gaps.checked();
            return gaps;
        }
    }
}
