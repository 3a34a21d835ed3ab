package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
import skein.storage.tx.StoreTransaction;

/**
 * What ORDER BY with LIMIT leaves for later is read for the rows that are left, and is what it would have been before.
 * The argument of a function is never left for later, so each query is asked in both ways.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LateReadsTest {
    private static final int NODES = 200;
    private static final int LIMIT = 5;

    private TestDatabase database;

    LateReadsTest(@TempDir Path directory) {
        database = new TestDatabase(directory);
    }

    @BeforeAll
    void fill() {
        database.run("UNWIND range(1, " + NODES + ") AS i"
                + " CREATE (:N {i: i, k: i * 37 % 101, text: CASE WHEN i % 3 > 0 THEN 'text ' + i END})");
        database.run("MATCH (a:N), (b:N) WHERE a.i * 7 % 50 = b.i % 50 CREATE (a)-[:R {w: a.i + b.i}]->(b)");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (a:N) RETURN late(a.text) AS x ORDER BY a.k, a.i LIMIT 7",
                "MATCH (a:N) RETURN a, late(a.text) AS x ORDER BY a.k DESC, a.i SKIP 3 LIMIT 7",
                "MATCH (a:N) RETURN late(a.text) AS x, a.i AS i, late(a.k) AS k ORDER BY i DESC LIMIT 7",
                "MATCH (a:N) RETURN late(a.text) AS a ORDER BY a LIMIT 150",
                "MATCH (a:N)-[r:R]->(b) RETURN late(r.w) AS w, late(b.text) AS x, late(a.i) AS i ORDER BY r.w, a.i, b.i LIMIT 20",
                "MATCH (a:N) OPTIONAL MATCH (a)-[r:R]->(b {i: 3}) RETURN late(b.text) AS x, late(a.text) AS y"
                        + " ORDER BY a.k, a.i LIMIT 30",
                "MATCH (a:N) WITH a, late(a.text) AS x, a.k AS k ORDER BY k, a.i LIMIT 30 WHERE x ENDS WITH '1'"
                        + " RETURN x, a.i, late(a.k) AS b ORDER BY a.i LIMIT 2",
                "MATCH (a:N) WITH late(a.i) AS i ORDER BY a.k, a.i LIMIT 3 MATCH (b:N {i: i}) RETURN late(b.text) AS x"
                        + " ORDER BY b.i LIMIT 2",
                "MATCH (a:N) WHERE a.i < 9 CALL { WITH a MATCH (a)-->(b) RETURN late(b.i) AS i, late(a.k) AS k"
                        + " ORDER BY b.k, b.i LIMIT 2 } RETURN a.i, i, k ORDER BY a.i, i",
                "MATCH (a:N) RETURN late(a.i) AS i ORDER BY COUNT { (a)-->() }, a.i LIMIT 9",
            })
    void whatIsLeftForLaterIsWhatItWouldHaveBeen(String query) {
        List<List<Value>> rows = database.run(late(query)).rows();
        assertThat(rows).isNotEmpty().isEqualTo(database.run(early(query)).rows());
    }

    private static String late(String query) {
        return query.replaceAll("late\\((.*?)\\)", "$1");
    }

    private static String early(String query) {
        return query.replaceAll("late\\((.*?)\\)", "coalesce($1, null)");
    }

    @Test
    void whatIsNotShownIsNotRead() {
        String query = "MATCH (a:N) RETURN late(a.text) AS x, late(a.i) AS i ORDER BY a.k LIMIT " + LIMIT;
        assertThat(calls(early(query)) - calls(late(query))).isEqualTo(2L * (NODES - LIMIT));
    }

    /** How often the graph is asked for something. */
    private long calls(String query) {
        long[] calls = {0};
        PreparedQuery prepared = database.engine().prepare(query);
        TestEnvironment environment = new TestEnvironment();
        try (StoreTransaction transaction = database.begin()) {
            prepared.start(transaction, Map.of(), environment); // planning looks at a sample of the graph
            RunningQuery running =
                    prepared.start(CountedGraph.of(transaction, () -> calls[0]++), Map.of(), environment);
            while (running.next() != null) {
                // only the calls matter
            }
        }
        return calls[0];
    }
}
