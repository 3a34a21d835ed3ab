package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.fixture.TestDatabase;
import skein.graph.Value;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.SkeinException;

final class DumpTest {
    @TempDir
    Path directory;

    private static List<String> dump(TestDatabase database) {
        return database.run("DUMP DATABASE").rows().stream()
                .map(row -> ((Value.StringValue) row.getFirst()).value())
                .toList();
    }

    private void rebuilds(String... statements) {
        try (TestDatabase first = new TestDatabase(directory.resolve("first"));
                TestDatabase second = new TestDatabase(directory.resolve("second"))) {
            for (String statement : statements) {
                first.run(statement);
            }
            List<String> dump = dump(first);
            dump.forEach(statement -> second.run(statement));
            assertThat(second.stateHash()).as(String.join("\n", dump)).isEqualTo(first.stateHash());
            assertThat(dump(second)).isEqualTo(dump);
        }
    }

    @Test
    void everyTypeOfValueIsRebuilt() {
        rebuilds(
                "CREATE (:V {a: true, b: false, c: -9223372036854775808, d: 1.5, e: -0.0, f: 1.0 / 0.0, g: -1.0 / 0.0,"
                        + " h: 0.0 / 0.0, i: 1.0e300, j: 4.9e-324})",
                "CREATE (:V {s: '', t: 'it\\'s \"so\"', u: 'a\\n\\t\\r\\\\ \\u0001 ä 𝄞 `x`'})",
                "CREATE (:V {a: date('2026-11-22'), b: date('-0044-03-15'), c: time('10:11:12.000000013+02:05'),"
                        + " d: localtime('23:59:59.999999999'), e: localdatetime('2026-11-22T01:02:03.4'),"
                        + " f: datetime('2026-10-25T02:30:00+01:00[Europe/Berlin]'), g: datetime('2026-01-01T00:00Z')})",
                "CREATE (:V {a: duration('P1Y2M3DT4H5M6.789S'), b: duration({months: -1, days: 2, seconds: -3,"
                        + " nanoseconds: 4}), c: duration({seconds: 9007199254740993, nanoseconds: 1})})",
                "CREATE (:V {a: point({x: 1.5, y: -2}), b: point({x: 1, y: 2, z: 3}), c: point({longitude: 12.5,"
                        + " latitude: 41.9}), d: point({longitude: 1, latitude: 2, height: 3})})",
                "CREATE (:V {a: [1, 2, 3], b: ['x'], c: [], d: [1.5, 2.5], e: {k: 1, l: {m: 'n'}}, f: fromHex('00ff'),"
                        + " g: [date('2026-01-01')]})");
    }

    @Test
    void namesAreRebuiltWhateverTheyAre() {
        rebuilds("CREATE (:`A B`:`c``d`:RETURN {`x y`: 1, `MATCH`: 2, `ö`: 3})-[:`is ->` {`a:b`: 4}]->()");
    }

    @Test
    void gapsOfDeletedEntitiesAndForgottenNamesAreRebuilt() {
        rebuilds(
                "CREATE (:Gone {gone: 1})-[:GONE]->(:Gone)",
                "UNWIND range(0, 9) AS i CREATE (a:N {i: i})-[:R {i: i}]->(b:M {i: i})",
                "MATCH (n) WHERE n.i IN [2, 3, 7] OR n:Gone DETACH DELETE n",
                "MATCH (a:N {i: 5})-[r]->() DELETE r",
                "MATCH (a:N {i: 1}), (b:M {i: 9}) CREATE (b)-[:S]->(a), (a)-[:S]->(a)");
    }

    @Test
    void indexesAndConstraintsAreRebuilt() {
        rebuilds(
                "CREATE (:P {id: 1, name: 'a', at: point({x: 1, y: 2})})-[:R {w: 1}]->(:Q)",
                "CREATE INDEX ON :P",
                "CREATE INDEX ON :P(id)",
                "CREATE INDEX both FOR (n:P) ON (n.id, n.name)",
                "CREATE POINT INDEX ON :P(at)",
                "CREATE EDGE INDEX ON :R",
                "CREATE INDEX weights FOR ()-[r:R]-() ON (r.w)",
                "CREATE CONSTRAINT ON (n:P) ASSERT EXISTS (n.id)",
                "CREATE CONSTRAINT names FOR (n:P) REQUIRE (n.id, n.name) IS UNIQUE",
                "CREATE CONSTRAINT ON (n:P) ASSERT n.name IS TYPED STRING",
                "CREATE CONSTRAINT ON (n:Q) ASSERT n.when IS TYPED ZONEDDATETIME");
    }

    @Test
    void anEmptyDatabaseHasAnEmptyDump() {
        try (TestDatabase database = new TestDatabase(directory.resolve("db"))) {
            assertThat(dump(database)).isEmpty();
        }
    }

    @Test
    void aDumpIsNotReadIntoTheWrongPlace() {
        try (TestDatabase first = new TestDatabase(directory.resolve("first"));
                TestDatabase second = new TestDatabase(directory.resolve("second"))) {
            first.run("CREATE (:N {x: 1})");
            second.run("CREATE (:Other)");
            assertThatThrownBy(() -> dump(first).forEach(statement -> second.run(statement)))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("a new, empty database");
        }
    }

    @Test
    void aTransactionWithChangesIsNotDumped() {
        try (TestDatabase database = new TestDatabase(directory.resolve("db"));
                StoreTransaction transaction = database.begin()) {
            TestDatabase.run(database.engine().prepare("CREATE ()"), transaction, Map.of());
            assertThatThrownBy(
                            () -> TestDatabase.run(database.engine().prepare("DUMP DATABASE"), transaction, Map.of()))
                    .hasMessageContaining("not allowed in a transaction that has changed something");
        }
    }
}
