package skein.cypher;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.execute.QueryProgram;
import skein.cypher.execute.RunningQuery;
import skein.cypher.fixture.TestDatabase;
import skein.cypher.fixture.TestDatabase.Answer;
import skein.cypher.fixture.TestEnvironment;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.session.QueryCounters;
import skein.session.QuerySummary.QueryKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class CypherEngineTest {
    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory.resolve("db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Value single(String query) {
        return database.run(query).rows().getFirst().getFirst();
    }

    private List<String> lines(String query) {
        return database.run(query).rows().stream()
                .map(row -> ((Value.StringValue) row.getFirst()).value())
                .map(line -> line.replaceAll(" ~.* rows?$", ""))
                .toList();
    }

    private QueryKind kind(String query) {
        return database.engine().prepare(query).kind();
    }

    @Test
    void aWriteIsReadBack() {
        QueryCounters counters = database.run(
                        "CREATE (a:Person {name: 'Ada'})-[:KNOWS {since: 1843}]->(b:Person {name: 'Charles'})")
                .counters();
        assertThat(counters.nodesCreated()).isEqualTo(2);
        assertThat(counters.relationshipsCreated()).isEqualTo(1);
        assertThat(counters.labelsAdded()).isEqualTo(2);
        assertThat(counters.propertiesSet()).isEqualTo(3);

        Answer answer = database.run("MATCH (a:Person)-[r:KNOWS]->(b) RETURN a.name, r.since AS since, b.name");
        assertThat(answer.columns()).containsExactly("a.name", "since", "b.name");
        assertThat(answer.rows()).containsExactly(List.of(Value.of("Ada"), Value.of(1843L), Value.of("Charles")));
    }

    @Test
    void settingTheSameValueStillCounts() {
        database.run("CREATE (:N {x: 1})");
        assertThat(database.run("MATCH (n:N) SET n.x = 1").counters().propertiesSet())
                .isEqualTo(1);
        assertThat(database.run("MATCH (n:N) REMOVE n.y").counters().propertiesSet())
                .isZero();
    }

    @Test
    void queriesAreClassifiedBeforeTheyRun() {
        assertThat(kind("MATCH (n) RETURN n")).isEqualTo(QueryKind.READ);
        assertThat(kind("CREATE (n)")).isEqualTo(QueryKind.WRITE);
        assertThat(kind("CREATE (n) RETURN n")).isEqualTo(QueryKind.READ_WRITE);
        assertThat(kind("MATCH (n) DELETE n")).isEqualTo(QueryKind.READ_WRITE);
        assertThat(kind("CALL { CREATE (n) }")).isEqualTo(QueryKind.WRITE);
        assertThat(kind("EXPLAIN CREATE (n)")).isEqualTo(QueryKind.READ);
        assertThat(kind("CALL db.labels()")).isEqualTo(QueryKind.READ);
        assertThat(kind("CREATE INDEX ON :L(p)")).isEqualTo(QueryKind.SCHEMA);
        assertThat(kind("SHOW INDEX INFO")).isEqualTo(QueryKind.READ);
    }

    @Test
    void aCachedPlanIsMadeAnewWhenAnIndexAppearsOrGoes() {
        database.run("UNWIND range(1, 50) AS i CREATE (:P {id: i})");
        String query = "EXPLAIN MATCH (n:P {id: 7}) RETURN n";
        assertThat(lines(query)).contains(" * ScanAllByLabel (n :P)");
        assertThat(database.run("CREATE INDEX ON :P(id)").counters().indexesAdded())
                .isEqualTo(1);
        assertThat(lines(query)).contains(" * ScanAllByLabelProperties (n :P {id})");
        assertThat(single("MATCH (n:P {id: 7}) RETURN count(n)")).isEqualTo(Value.of(1L));
        assertThat(single("MATCH (n:P) WHERE n.id IN [7, 8.0, 8, 99, null] RETURN count(n)"))
                .isEqualTo(Value.of(2L));
        assertThat(database.run("DROP INDEX ON :P(id)").counters().indexesRemoved())
                .isEqualTo(1);
        assertThat(lines(query)).contains(" * ScanAllByLabel (n :P)");
    }

    @Test
    void anIndexSeekSeesWhatItsOwnTransactionChanged() {
        database.run("CREATE (:P {id: 1}), (:P {id: 2})");
        database.run("CREATE INDEX ON :P(id)");
        assertThat(single("MATCH (n:P {id: 1}) SET n.id = 3 WITH n MATCH (m:P {id: 3}) RETURN count(m)"))
                .isEqualTo(Value.of(1L));
    }

    @Test
    void creatingAnIndexTwiceSaysSoInsteadOfFailing() {
        database.run("CREATE INDEX ON :P(id)");
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery again = database.engine()
                    .prepare("CREATE INDEX ON :P(id)")
                    .start(transaction, Map.of(), new TestEnvironment());
            assertThat(again.notifications()).hasSize(1);
            assertThat(again.counters().containsUpdates()).isFalse();
        }
        assertThat(database.run("SHOW INDEX INFO").rows())
                .containsExactly(List.of(
                        Value.of("label+property"),
                        Value.of("P"),
                        Value.of("id"),
                        Value.of(0L),
                        Value.NULL,
                        Value.of("populated")));
    }

    @Test
    void entitiesAreFoundByTheirIds() {
        database.run("CREATE (:A {x: 1})-[:R]->(:B {x: 2})-[:R]->(:C {x: 3})");
        Value node = single("MATCH (n:B) RETURN id(n)");
        Value relationship = single("MATCH (:B)-[r]->() RETURN id(r)");
        Value text = single("MATCH (:B)-[r]->() RETURN elementId(r)");
        Map<String, Value> parameters = Map.of("node", node, "relationship", relationship, "text", text);
        assertThat(database.run("MATCH (n) WHERE id(n) = $node RETURN n.x", parameters)
                        .rows())
                .containsExactly(List.of(Value.of(2L)));
        assertThat(database.run("MATCH (a)-[r]->(b) WHERE id(r) = $relationship RETURN a.x, b.x", parameters)
                        .rows())
                .containsExactly(List.of(Value.of(2L), Value.of(3L)));
        assertThat(database.run("MATCH (a)-[r]-(b) WHERE elementId(r) IN [$text, 'x', null] RETURN a.x", parameters)
                        .rows())
                .containsExactlyInAnyOrder(List.of(Value.of(2L)), List.of(Value.of(3L)));
        assertThat(database.run("MATCH (n) WHERE id(n) = '" + 0 + "' RETURN n").rows())
                .isEmpty();
        assertThat(lines("EXPLAIN MATCH (a)-[r]->(b) WHERE id(r) = 5 RETURN a")).contains(" * SeekRelationship [r]");
    }

    @Test
    void writesBeyondTheLimitAreStillDone() {
        assertThat(database.run("UNWIND range(1, 10) AS i CREATE (n:L) RETURN n LIMIT 3")
                        .rows())
                .hasSize(3);
        assertThat(single("MATCH (n:L) RETURN count(n)")).isEqualTo(Value.of(10L));
        database.run("CREATE (n:M) RETURN n LIMIT 0");
        assertThat(single("MATCH (n:M) RETURN count(n)")).isEqualTo(Value.of(1L));
    }

    @Test
    void drainingDoesTheWritesOfRowsNobodyRead() {
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery running = database.engine()
                    .prepare("UNWIND range(1, 5) AS i CREATE (n:D) RETURN n")
                    .start(transaction, Map.of(), new TestEnvironment());
            assertThat(running.next()).isNotNull();
            running.drain();
            assertThat(running.counters().nodesCreated()).isEqualTo(5);
            assertThat(running.next()).isNull();
        }
    }

    @Test
    void aConnectedNodeIsRefusedAtTheEndOfTheStatement() {
        database.run("CREATE (:A)-[:R]->(:B)");
        assertThat(database.run("MATCH (a:A)-[r]->() DELETE a, r").counters().nodesDeleted())
                .isEqualTo(1);
        database.run("MATCH (n) DETACH DELETE n");
        database.run("CREATE (:A)-[:R]->(:B)");
        assertThatThrownBy(() -> database.run("MATCH (a:A) DELETE a"))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONSTRAINT_VERIFICATION_FAILED));
    }

    @Test
    void mergeSeesWhatItMadeForEarlierRows() {
        Answer answer = database.run("UNWIND [1, 2, 1, 2, 3] AS x MERGE (n:M {x: x})"
                + " ON CREATE SET n.made = true ON MATCH SET n.seen = coalesce(n.seen, 0) + 1"
                + " RETURN n.x, n.seen");
        assertThat(answer.counters().nodesCreated()).isEqualTo(3);
        assertThat(answer.rows())
                .containsExactly(
                        List.of(Value.of(1L), Value.of(1L)),
                        List.of(Value.of(2L), Value.of(1L)),
                        List.of(Value.of(1L), Value.of(1L)),
                        List.of(Value.of(2L), Value.of(1L)),
                        List.of(Value.of(3L), Value.NULL));
    }

    @Test
    void aLongWalkNeedsNoStack() {
        database.run("CREATE (:Node {i: 0})");
        database.run("UNWIND range(1, 20000) AS i CREATE (:Node {i: i})");
        database.run("CREATE INDEX ON :Node(i)");
        database.run("UNWIND range(1, 20000) AS i MATCH (a:Node {i: i - 1}), (b:Node {i: i}) CREATE (a)-[:NEXT]->(b)");
        assertThat(single("MATCH (a:Node {i: 15000})-[:NEXT*]->(b) RETURN count(b)"))
                .isEqualTo(Value.of(5000L));
        assertThat(single("MATCH p = shortestPath((a:Node {i: 0})-[:NEXT*]->(b:Node {i: 19999})) RETURN length(p)"))
                .isEqualTo(Value.of(19999L));
    }

    @Test
    void shortestPathsAreFoundBreadthFirst() {
        database.run(
                "CREATE (a:A)-[:R]->(b:B)-[:R]->(d:D), (a)-[:R]->(c:C)-[:R]->(d), (a)-[:R]->()-[:R]->()-[:R]->(d)");
        assertThat(single("MATCH (a:A), (d:D) MATCH p = shortestPath((a)-[*]->(d)) RETURN length(p)"))
                .isEqualTo(Value.of(2L));
        assertThat(database.run("MATCH p = allShortestPaths((a:A)-[:R*]->(d:D)) RETURN p")
                        .rows())
                .hasSize(2);
        assertThat(database.run("MATCH p = shortestPath((d:D)-[:R*]->(a:A)) RETURN p")
                        .rows())
                .isEmpty();
        assertThat(database.run("MATCH p = shortestPath((a:A)-[:R*..1]->(d:D)) RETURN p")
                        .rows())
                .isEmpty();
    }

    @Test
    void theFirstRowsInOrderAreTheSameAsSortingAll() {
        database.run("UNWIND range(1, 200) AS i CREATE (:S {i: i, k: (i * 37) % 101})");
        List<List<Value>> all = database.run("MATCH (n:S) RETURN n.k AS k, n.i AS i ORDER BY k DESC, i")
                .rows();
        assertThat(database.run("MATCH (n:S) RETURN n.k AS k, n.i AS i ORDER BY k DESC, i SKIP 5 LIMIT 7")
                        .rows())
                .isEqualTo(all.subList(5, 12));
    }

    @Test
    void subqueriesRunOncePerRow() {
        assertThat(database.run("UNWIND [1, 2] AS x CALL { WITH x UNWIND range(1, x) AS y RETURN sum(y) AS s }"
                                + " RETURN x, s")
                        .rows())
                .containsExactly(List.of(Value.of(1L), Value.of(1L)), List.of(Value.of(2L), Value.of(3L)));
        assertThat(database.run("UNWIND [1, 2] AS x CALL (x) { CREATE (:U {x: x}) } RETURN x")
                        .counters()
                        .nodesCreated())
                .isEqualTo(2);
        assertThat(database.run("FOREACH (x IN [1, 2, 3] | CREATE (:F {x: x}))")
                        .counters()
                        .nodesCreated())
                .isEqualTo(3);
    }

    @Test
    void explainRunsNothingAndShowsTheTree() {
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery explained = database.engine()
                    .prepare("EXPLAIN CREATE (n:E) RETURN n")
                    .start(transaction, Map.of(), new TestEnvironment());
            MapValue plan = requireNonNull(explained.plan());
            assertThat(plan.get("operatorType")).isEqualTo(Value.of("CreateNode"));
            assertThat(explained.profiled()).isFalse();
            assertThat(transaction.hasChanges()).isFalse();
        }
    }

    @Test
    void profileRunsTheQueryAndCountsRows() {
        database.run("UNWIND range(1, 4) AS i CREATE (:E {i: i})");
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery profiled = database.engine()
                    .prepare("PROFILE MATCH (n:E) WHERE n.i > 2 RETURN n.i")
                    .start(transaction, Map.of(), new TestEnvironment());
            assertThat(profiled.columns()).isEqualTo(QueryProgram.PROFILE_COLUMNS);
            MapValue plan = requireNonNull(profiled.plan());
            assertThat(plan.get("rows")).isEqualTo(Value.of(2L));
            assertThat(((MapValue) requireNonNull(plan.get("args"))).get("EstimatedRows"))
                    .as("three in ten of four")
                    .isEqualTo(Value.of(1.2));
        }
    }

    @Test
    void proceduresAnswerWithAndWithoutYield() {
        database.run("CREATE (:A)-[:R {k: 1}]->(:B)");
        assertThat(database.run("CALL db.labels()").columns()).containsExactly("label");
        assertThat(database.run("CALL db.labels() YIELD label RETURN label ORDER BY label")
                        .rows())
                .containsExactly(List.of(Value.of("A")), List.of(Value.of("B")));
        assertThat(database.run("CALL db.relationshipTypes() YIELD *").rows()).containsExactly(List.of(Value.of("R")));
        assertThat(single("CALL db.ping()")).isEqualTo(Value.TRUE);
        assertThat(database.run("CALL dbms.components() YIELD versions AS v RETURN v")
                        .rows())
                .containsExactly(List.of(new ListValue(List.of(Value.of("0.0.0-test")))));
        assertThatThrownBy(() -> database.engine().prepare("CALL no.such.thing()"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROCEDURE_NOT_FOUND));
    }

    @Test
    void storageInfoCountsTheGraph() {
        database.run("CREATE (:A)-[:R]->(:B)");
        assertThat(database.run("SHOW STORAGE INFO").rows())
                .contains(
                        List.of(Value.of("vertex_count"), Value.of(2L)), List.of(Value.of("edge_count"), Value.of(1L)));
    }

    @Test
    void whatIsNotExecutedIsRefusedByName() {
        assertThatThrownBy(
                        () -> database.engine().prepare("CREATE TRIGGER t ON CREATE AFTER COMMIT EXECUTE CREATE (n)"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED));
    }

    @Test
    void keptRowsAreAccountedFor() {
        try (StoreTransaction transaction = database.begin()) {
            TestEnvironment environment = new TestEnvironment();
            RunningQuery sorted = database.engine()
                    .prepare("UNWIND range(1, 1000) AS i RETURN i ORDER BY i DESC")
                    .start(transaction, Map.of(), environment);
            sorted.next();
            assertThat(environment.reservedBytes()).isGreaterThan(1000 * 40);
        }
    }

    private List<List<Value>> rowsOf(String query) {
        return database.run(query).rows();
    }

    /** The rows are there after some 60,000 checks; what is left to do is one loop without rows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNWIND range(1, 20000) AS i WITH (i * 7919) % 20011 AS x ORDER BY x RETURN x",
                "UNWIND range(1, 20000) AS i WITH (i * 7919) % 20011 AS x ORDER BY x LIMIT 19999 RETURN x",
                "UNWIND range(1, 20000) AS i RETURN percentileDisc((i * 7919) % 20011, 0.5)"
            })
    void aTerminatedQueryStopsInTheMiddleOfASort(String query) {
        try (StoreTransaction transaction = database.begin()) {
            TestEnvironment environment = new TestEnvironment();
            RunningQuery running = database.engine().prepare(query).start(transaction, Map.of(), environment);
            environment.terminateAfter(150_000);
            assertThatThrownBy(running::next)
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSACTION_TERMINATED));
        }
    }

    @Test
    void aTerminatedQueryStopsInTheMiddleOfADetachingDelete() {
        database.run("CREATE (hub:Hub) WITH hub UNWIND range(1, 2000) AS i CREATE (hub)-[:R]->()");
        try (StoreTransaction transaction = database.begin()) {
            TestEnvironment environment = new TestEnvironment();
            RunningQuery running = database.engine()
                    .prepare("MATCH (hub:Hub) DETACH DELETE hub")
                    .start(transaction, Map.of(), environment);
            environment.terminateAfter(1_000);
            assertThatThrownBy(running::next).isInstanceOf(SkeinException.class);
        }
    }

    @Test
    void showStatementsAreQueriedLikeProcedures() {
        database.run("CREATE INDEX b FOR (n:B) ON (n.x)");
        database.run("CREATE INDEX a FOR (n:A) ON (n.x)");
        database.run("CREATE INDEX c FOR (n:C) ON (n.x)");
        assertThat(rowsOf("SHOW INDEXES YIELD name AS n, labelsOrTypes ORDER BY n SKIP 1 WHERE n <> 'z'"
                        + " RETURN n, labelsOrTypes[0] AS label"))
                .containsExactly(List.of(Value.of("b"), Value.of("B")), List.of(Value.of("c"), Value.of("C")));
        assertThat(rowsOf("SHOW INDEXES YIELD name ORDER BY name LIMIT 1")).containsExactly(List.of(Value.of("a")));
        assertThat(rowsOf("SHOW INDEXES WHERE name = 'c'").getFirst()).hasSize(10);
        assertThat(rowsOf("SHOW PROCEDURES YIELD * WHERE name = 'db.ping' RETURN mode"))
                .containsExactly(List.of(Value.of("READ")));
        assertThatThrownBy(() -> rowsOf("SHOW INDEXES YIELD nothing"))
                .hasMessageContaining("nothing")
                .hasMessageContaining("labelsOrTypes");
        assertThatThrownBy(() -> rowsOf("SHOW INDEXES WHERE missing = 1")).isInstanceOf(SkeinException.class);
    }

    @Test
    void aTerminatedQueryStopsInTheMiddleOfAScan() {
        database.run("UNWIND range(1, 2000) AS i CREATE (:T)");
        try (StoreTransaction transaction = database.begin()) {
            TestEnvironment environment = new TestEnvironment();
            RunningQuery running = database.engine()
                    .prepare("MATCH (a:T), (b:T), (c:T) RETURN count(*)")
                    .start(transaction, Map.of(), environment);
            environment.terminateAfter(100_000);
            assertThatThrownBy(running::next)
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TRANSACTION_TERMINATED));
        }
    }

    @Test
    void parametersReachEveryPlace() {
        Map<String, Value> parameters = Map.of(
                "rows",
                new ListValue(LongStream.rangeClosed(1, 5)
                        .mapToObj(i -> (Value) new MapValue(Map.of("id", Value.of(i))))
                        .toList()),
                "limit",
                Value.of(2L),
                "map",
                new MapValue(Map.of("id", Value.of(9L), "none", Value.NULL)));
        database.run("UNWIND $rows AS row CREATE (n:X) SET n = row", parameters);
        database.run("CREATE (n:X $map)", parameters);
        assertThat(database.run("MATCH (n:X) RETURN n.id AS id ORDER BY id DESC LIMIT $limit", parameters)
                        .rows())
                .containsExactly(List.of(Value.of(9L)), List.of(Value.of(5L)));
        assertThatThrownBy(() -> database.run("RETURN $missing"))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PARAMETER_MISSING));
    }
}
