package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Whatever keeps rows or builds large values accounts for them, and fails alone when it may not have so much. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemoryAccountTest {
    private static final int ROWS = 20_000;
    private static final int MANY = 1_000_000;
    /** No row and no element takes less than a reference. */
    private static final long BYTES_PER_ROW_MIN = 4;

    /** Given to the query, so that it is not its own. */
    private static final Map<String, Value> PARAMETERS = Map.of(
            "list",
            new ListValue(LongStream.range(0, ROWS).mapToObj(Value::of).toList()),
            "many",
            new ListValue(LongStream.range(0, MANY).mapToObj(Value::of).toList()),
            "text",
            Value.of("ab".repeat(MANY)));

    private TestDatabase database;

    @BeforeAll
    void fill(@TempDir Path directory) {
        database = new TestDatabase(directory);
        database.run(
                "CREATE (hub:Hub) WITH hub UNWIND range(1, " + ROWS + ") AS i CREATE (hub)-[:R {i: i}]->(:N {i: i})");
        database.run("MATCH (a:N) WHERE a.i < 10 CREATE (a)-[:R]->(:End)");
        database.run("CREATE INDEX FOR (k:Keyed) ON (k.i)"); // a MERGE for each row without one takes minutes
        database.run("UNWIND range(1, " + ROWS + ") AS i CREATE (:Keyed {i: i})");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNWIND $list AS i RETURN i ORDER BY -i",
                "UNWIND $list AS i RETURN i ORDER BY -i LIMIT 15000",
                "UNWIND $list AS i WITH DISTINCT i RETURN count(*)",
                "UNWIND $list AS i RETURN i, count(*)",
                "UNWIND $list AS i RETURN size(collect(i))",
                "UNWIND $list AS i RETURN size(collect(DISTINCT i))",
                "UNWIND $list AS i RETURN count(DISTINCT i)",
                "UNWIND $list AS i RETURN sum(DISTINCT i)",
                "UNWIND $list AS i RETURN percentileDisc(i, 0.5)",
                "UNWIND $list AS i RETURN percentileCont(i, 0.5)",
                "UNWIND $list AS i RETURN i UNION UNWIND $list AS i RETURN i",
                "MATCH (n:N) CREATE (:N)",
                "MATCH (k:Keyed) MERGE (:Keyed {i: -k.i})",
                "MATCH (hub:Hub)-[r]->(n:N) DETACH DELETE hub, n",
                "MATCH (hub:Hub), (n:End) MATCH p = shortestPath((hub)-[*]->(n)) RETURN count(p)",
            })
    void rowsThatAreKeptAreAccountedFor(String query) {
        isAccountedFor(query, ROWS * BYTES_PER_ROW_MIN);
    }

    /** Values come and go with rows: only such as a few of could exhaust the memory are counted. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN size(range(1, 1000000))",
                "RETURN size([i IN $many | i + 1])",
                "RETURN size([i IN $many WHERE i >= 0])",
                "RETURN size(split($text, 'a'))",
                "RETURN size(split($text, ''))",
                "RETURN size(replace($text, 'a', 'aaaaaaaaaaaaaaaaa'))",
            })
    void largeValuesAreAccountedFor(String query) {
        isAccountedFor(query, MANY * BYTES_PER_ROW_MIN);
    }

    private void isAccountedFor(String query, long bytesMin) {
        TestEnvironment free = new TestEnvironment();
        run(query, free);
        assertThat(free.reservedBytes()).isGreaterThan(bytesMin);
        TestEnvironment tight = new TestEnvironment();
        tight.limitMemory(free.reservedBytes() / 2);
        assertThatThrownBy(() -> run(query, tight))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MEMORY_LIMIT));
        assertThat(database.run("RETURN 1").rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNWIND $list AS i RETURN i",
                "UNWIND $list AS i WITH i WHERE i % 2 = 0 RETURN i + 1",
                "UNWIND $list AS i RETURN count(*), sum(i), min(i), max(i), avg(i)",
                "UNWIND $list AS i RETURN i % 7, count(*)",
                "UNWIND $list AS i RETURN i ORDER BY -i LIMIT 10",
                "UNWIND $list AS i WITH [i, i + 1, i + 2] AS l RETURN [x IN l | x * 2]",
                "MATCH (hub:Hub)-->(n) RETURN n.i",
                "MATCH (hub:Hub)-->(n) OPTIONAL MATCH (n)-->(m) RETURN m",
                "MATCH (n:N) WHERE EXISTS { (n)-->() } RETURN COUNT { (n)-->() }",
            })
    void whatOnlyPassesCostsNothing(String query) {
        TestEnvironment environment = new TestEnvironment();
        run(query, environment);
        assertThat(environment.reservedBytes()).isLessThan(ROWS * BYTES_PER_ROW_MIN);
    }

    private void run(String query, TestEnvironment environment) {
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery running = database.engine().prepare(query).start(transaction, PARAMETERS, environment);
            int rows = 0;
            while (running.next() != null) {
                rows++;
            }
            assertThat(rows).isGreaterThanOrEqualTo(0);
        }
    }
}
