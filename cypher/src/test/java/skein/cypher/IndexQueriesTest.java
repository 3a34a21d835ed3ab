package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.fixture.TestDatabase;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Queries that indexes answer, and statements about indexes. */
final class IndexQueriesTest {
    /** What each query must show in its plan once there are indexes. */
    private static final Map<String, String> QUERIES = new HashMap<>();

    private static final String NODES = "ScanAllByLabelProperties (n :P ";
    private static final String RELATIONSHIPS = "ScanAllByEdgeTypeProperties [r :R ";
    private static final String POINTS = "ScanAllByPoint (n :P {at ";

    static {
        nodes("n.x > 90", "{x >}");
        nodes("n.x >= 90.5", "{x >=}");
        nodes("5 > n.x", "{x <}");
        nodes("3 <= n.x AND n.x < 9.5", "{x >= <}");
        nodes("3 < n.x <= 9", "{x > <=}");
        nodes("n.x > 'a'", "{x >}");
        nodes("n.x > null", "{x >}");
        nodes("n.x = 7", "{x}");
        nodes("n.x IN [1, 2.0, 2, 'k1', null, 500]", "{x IN}");
        nodes("n.x STARTS WITH 'k1'", "{x STARTS WITH}");
        nodes("n.a = 1 AND n.b >= 3", "{a, b >=}");
        nodes("n.a = 1 AND n.b = 3", "{a, b}");
        nodes("n.a IN [1, 2] AND n.b = 3", "{a IN, b}");
        nodes("n.a = 1 AND n.b IS NOT NULL", "{a, b IS NOT NULL}");
        nodes("n.a > 1 AND n.b = 3", "{a >, b}");
        QUERIES.put(
                "MATCH (a)-[r:R]->(b) WHERE r.since >= 95 RETURN r.since AS v, b.x AS w",
                RELATIONSHIPS + "{since >=}]");
        QUERIES.put("MATCH (a)-[r:R {since: 42}]-(b) RETURN a.x AS v, b.x AS w", RELATIONSHIPS + "{since}]");
        QUERIES.put(
                "MATCH (a)<-[r:R]-(b) WHERE r.since IN [4, 5] RETURN a.x AS v, b.x AS w",
                RELATIONSHIPS + "{since IN}]");
        points("point.distance(n.at, point({x: 10, y: 10})) < 12", "near}");
        points("10 >= point.distance(point({x: 50, y: 20}), n.at)", "near}");
        points("point.withinBBox(n.at, point({x: 20, y: 0}), point({x: 40, y: 50}))", "in box}");
        points("point.distance(n.at, point({longitude: 179, latitude: 85})) < 900000", "near}");
        points("point.distance(n.at, point({longitude: 0, latitude: 89})) < 500000", "near}");
        points(
                "point.withinBBox(n.at, point({longitude: 170, latitude: -20}), "
                        + "point({longitude: -170, latitude: 60}))",
                "in box}");
    }

    @TempDir
    private Path directory;

    private TestDatabase database;

    private static void nodes(String condition, String plan) {
        QUERIES.put("MATCH (n:P) WHERE " + condition + " RETURN n.x AS v, n.a AS w", NODES + plan);
    }

    private static void points(String condition, String plan) {
        QUERIES.put("MATCH (n:P) WHERE " + condition + " RETURN n.x AS v, n.a AS w", POINTS + plan);
    }

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
        database.run(
                "UNWIND range(0, 99) AS i CREATE (a:P {x: i, a: i % 5, b: i % 7, at: point({x: i, y: i / 2})})"
                        + "-[:R {since: i}]->(:P {x: 'k' + i, a: i % 3, at: point({longitude: i * 3.6 - 180, latitude: i - 10})})");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private List<List<Value>> rows(String query) {
        return database.run(query).rows();
    }

    @Test
    void indexesChangeHowAQueryRunsAndNotWhatItAnswers() {
        Map<String, List<List<Value>>> before = new HashMap<>();
        QUERIES.keySet().forEach(query -> before.put(query, rows(query)));
        assertThat(before.values().stream().filter(List::isEmpty).count())
                .as("only the comparison with null finds nothing")
                .isEqualTo(1);
        database.run("CREATE INDEX ON :P(x)");
        database.run("CREATE INDEX ON :P(a, b)");
        database.run("CREATE EDGE INDEX ON :R(since)");
        database.run("CREATE POINT INDEX ON :P(at)");
        QUERIES.forEach((query, plan) -> {
            assertThat(rows("EXPLAIN " + query))
                    .as(query)
                    .anyMatch(line -> line.getFirst().toString().contains(plan));
            assertThat(rows(query)).as(query).containsExactlyInAnyOrderElementsOf(before.get(query));
        });
    }

    @Test
    void anIndexWithFewerEntriesThanTheLabelIsPreferredByWhatItHolds() {
        database.run("CREATE INDEX ON :P(a)");
        database.run("CREATE INDEX ON :P(x)");
        assertThat(rows("EXPLAIN MATCH (n:P) WHERE n.a = 1 AND n.x = 1 RETURN n"))
                .as("x has many different values, a has few")
                .anyMatch(line -> line.getFirst().toString().contains(NODES + "{x}"));
    }

    @Test
    void aMatchAfterAWriteSeesItThroughTheIndex() {
        database.run("CREATE EDGE INDEX ON :R(since)");
        database.run("CREATE INDEX ON :P(x)");
        assertThat(rows("MATCH ()-[r:R {since: 7}]->() SET r.since = 700 WITH r "
                        + "MATCH ()-[s:R]->() WHERE s.since > 600 RETURN count(s)"))
                .containsExactly(List.of(Value.of(1L)));
        assertThat(rows("CREATE (:P {x: 1000}) WITH 1 AS one MATCH (n:P) WHERE n.x > 99 RETURN count(n)"))
                .containsExactly(List.of(Value.of(1L)));
    }

    @Test
    void everyKindOfIndexIsShown() {
        database.run("CREATE INDEX ON :P");
        database.run("CREATE INDEX byX FOR (n:P) ON (n.x)");
        database.run("CREATE INDEX ON :P(a, b)");
        database.run("CREATE EDGE INDEX ON :R");
        database.run("CREATE INDEX FOR ()-[r:R]-() ON (r.since)");
        database.run("CREATE POINT INDEX ON :P(at)");
        Value populated = Value.of("populated");
        assertThat(rows("SHOW INDEX INFO"))
                .containsExactly(
                        List.of(Value.of("label"), Value.of("P"), Value.NULL, Value.of(200L), Value.NULL, populated),
                        List.of(
                                Value.of("label+property"),
                                Value.of("P"),
                                Value.of("x"),
                                Value.of(200L),
                                Value.of("byX"),
                                populated),
                        List.of(
                                Value.of("label+property"),
                                Value.of("P"),
                                Value.of(List.of(Value.of("a"), Value.of("b"))),
                                Value.of(100L),
                                Value.NULL,
                                populated),
                        List.of(
                                Value.of("edge-type"),
                                Value.of("R"),
                                Value.NULL,
                                Value.of(100L),
                                Value.NULL,
                                populated),
                        List.of(
                                Value.of("edge-type+property"),
                                Value.of("R"),
                                Value.of("since"),
                                Value.of(100L),
                                Value.NULL,
                                populated),
                        List.of(
                                Value.of("point"),
                                Value.of("P"),
                                Value.of("at"),
                                Value.of(200L),
                                Value.NULL,
                                populated));
        assertThat(database.run("DROP INDEX byX").counters().indexesRemoved()).isEqualTo(1);
        assertThat(database.run("DROP INDEX byX IF EXISTS").counters().indexesRemoved())
                .isZero();
        assertThat(database.run("DROP EDGE INDEX ON :R(since)").counters().indexesRemoved())
                .isEqualTo(1);
        assertThat(database.run("DROP ALL INDEXES").counters().indexesRemoved()).isEqualTo(4);
        assertThat(rows("SHOW INDEXES")).isEmpty();
    }

    @Test
    void aNameBelongsToOneIndex() {
        database.run("CREATE INDEX i FOR (n:P) ON (n.x)");
        assertThatThrownBy(() -> database.run("CREATE INDEX i FOR (n:P) ON (n.a)"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
        assertThatThrownBy(() -> database.run("CREATE INDEX FOR (n:P) ON (n.a, n.a)"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
    }

    @Test
    void analyzingCountsGroupsAndForgettingNamesThem() {
        database.run("CREATE INDEX ON :P(a)");
        database.run("CREATE INDEX ON :P(x)");
        database.run("CREATE EDGE INDEX ON :R(since)");
        List<List<Value>> rows = rows("ANALYZE GRAPH ON LABELS :P");
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst().subList(0, 5))
                .containsExactly(Value.of("P"), Value.of("a"), Value.of(200L), Value.of(5L), Value.of(40.0));
        // of a: 20 + 34 nodes with 0, 20 + 33 with 1 and 2, 20 with 3 and 4
        double chiSquared = (14.0 * 14 + 13 * 13 + 13 * 13 + 20 * 20 + 20 * 20) / 40;
        assertThat(((Value.FloatValue) rows.getFirst().get(5)).value()).isCloseTo(chiSquared, within(1e-9));
        assertThat(rows.getFirst().get(6)).as("average degree").isEqualTo(Value.of(1.0));
        assertThat(rows.getLast())
                .containsExactly(
                        Value.of("P"),
                        Value.of("x"),
                        Value.of(200L),
                        Value.of(200L),
                        Value.of(1.0),
                        Value.of(0.0),
                        Value.of(1.0));
        assertThat(rows("ANALYZE GRAPH")).hasSize(3);
        assertThat(rows("ANALYZE GRAPH ON LABELS :R DELETE STATISTICS"))
                .containsExactly(List.of(Value.of("R"), Value.of("since")));
        assertThat(rows("ANALYZE GRAPH DELETE STATISTICS")).hasSize(2);
        assertThat(rows("ANALYZE GRAPH DELETE STATISTICS")).isEmpty();
    }
}
