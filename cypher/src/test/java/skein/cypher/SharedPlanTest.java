package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skein.cypher.fixture.TestDatabase;
import skein.cypher.fixture.TestDatabase.Answer;
import skein.graph.Value;
import skein.vocabulary.SkeinException;

/** Queries that share a plan answer for themselves; plans with joins answer what plans without them do. */
final class SharedPlanTest {
    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
        database.run("UNWIND range(1, 300) AS i CREATE (:A {x: i, g: i % 7})-[:R]->(:B {x: i * 2, g: i % 5})");
        database.run("CREATE (:A {g: 1}), (:B {x: 'text'}), (:A {x: 4.0})");
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Value single(String query) {
        return database.run(query).rows().getFirst().getFirst();
    }

    @Test
    void literalsAndColumnNamesBelongToTheQuery() {
        for (int i = 1; i < 4; i++) {
            Answer answer = database.run("MATCH (n:A {x: " + i + "}) RETURN n.x + " + i + ", 'a" + i + "' AS text");
            assertThat(answer.columns()).containsExactly("n.x + " + i, "text");
            assertThat(answer.rows()).containsExactly(List.of(Value.of(2L * i), Value.of("a" + i)));
        }
    }

    @Test
    void aQueryThatSharesAPlanIsCheckedByItsFirst() {
        for (String operand : List.of("1", "2")) {
            assertThatThrownBy(() -> database.run("RETURN " + operand + " AND true"))
                    .isInstanceOf(SkeinException.class)
                    .hasMessageContaining("InvalidArgumentType");
        }
    }

    @Test
    void parametersOfTheUserAndLiteralsStandBesideOneAnother() {
        assertThat(database.run("MATCH (n:A {x: 7}) WHERE n.g = $g RETURN count(n)", Map.of("g", Value.of(0)))
                        .rows())
                .containsExactly(List.of(Value.of(1)));
    }

    @Test
    void aHashJoinFindsWhatTestingEveryPairFinds() {
        String pairs = "MATCH (a:A), (b:B) WHERE a.x = b.x RETURN count(*)";
        assertThat(database.run("EXPLAIN " + pairs).rows().toString()).contains("HashJoin");
        assertThat(single(pairs))
                .as("150 even numbers, and 4.0 is 4")
                .isEqualTo(Value.of(151))
                .isEqualTo(single("MATCH (a:A) MATCH (b:B) WHERE NOT a.x <> b.x RETURN count(*)"));
    }

    @Test
    void nullsMatchNothing() {
        assertThat(single("MATCH (a:A), (b:A) WHERE a.x = b.x AND a.x IS NULL RETURN count(*)"))
                .isEqualTo(Value.of(0));
    }

    @Test
    void relationshipsStayDifferentAcrossAJoin() {
        assertThat(single("MATCH (a:A)-[r:R]->(), (b:A)-[s:R]->() WHERE a.g = b.g RETURN count(*)"))
                .isEqualTo(single(
                        "MATCH (a:A)-[r:R]->() MATCH (b:A)-[s:R]->() WHERE a.g = b.g AND r <> s" + " RETURN count(*)"));
    }

    @Test
    void countsOfTheStoreSeeTheOwnChanges() {
        assertThat(single("CREATE (:A) WITH 1 AS one MATCH (n:A) RETURN count(n)"))
                .isEqualTo(Value.of(303));
        assertThat(single("MATCH ()-[r:R]->() RETURN count(r)")).isEqualTo(Value.of(300));
        assertThat(
                        single(
                                "MATCH (a:A {x: 1})-[r:R]->() DELETE r WITH count(*) AS gone MATCH ()-[r:R]->() RETURN count(*)"))
                .isEqualTo(Value.of(299));
        assertThat(single("MATCH ()-[r:None|R|R]->() RETURN count(r)")).isEqualTo(Value.of(299));
    }

    @Test
    void existenceAndDegreesAgreeWithCounting() {
        assertThat(single("MATCH (n) WHERE (n)-[:R]->() RETURN count(n)")).isEqualTo(Value.of(300));
        assertThat(single("MATCH (n:A) WHERE NOT EXISTS { (n)-[:R]->(:B) } RETURN count(n)"))
                .isEqualTo(Value.of(2));
        assertThat(single("MATCH (n) RETURN sum(COUNT { (n)-[:R]-() })")).isEqualTo(Value.of(600));
        assertThat(single("OPTIONAL MATCH (n:None) RETURN COUNT { (n)--() }")).isEqualTo(Value.of(0));
    }

    @Test
    void aRelationshipThatIsKnownMayLeadBackToItsNode() {
        database.run("CREATE (n:Loop)-[:S {i: 1}]->(n)");
        assertThat(single("MATCH ()-[r:S]->() MATCH (a)-[r]->(a) RETURN count(a)"))
                .isEqualTo(Value.of(1));
        database.run("CREATE EDGE INDEX ON :S(i)");
        assertThat(single("MATCH (a)-[r:S {i: 1}]-(a) RETURN count(a)")).isEqualTo(Value.of(1));
    }
}
