package skein.cypher.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.CypherParser;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Rules that the TCK does not test, or does not test where they stand here; it has a test of its own. */
class SemanticCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                // scopes
                "MATCH (n) WITH n.x AS x RETURN n ~ UndefinedVariable",
                "MATCH (n) CALL { RETURN n.x AS x } RETURN x ~ UndefinedVariable",
                "MATCH (n), (m) CALL { WITH n RETURN m.x AS x } RETURN x ~ UndefinedVariable",
                "MATCH (n), (m) CALL (n) { RETURN m.x AS x } RETURN x ~ UndefinedVariable",
                "CALL (n) { RETURN 1 AS x } RETURN x ~ UndefinedVariable",
                "MATCH (n) CALL { WITH n AS m RETURN m AS x } RETURN x ~ UndefinedVariable",
                "MATCH (n) CALL { RETURN 1 AS n } RETURN n ~ VariableAlreadyBound",
                "RETURN [x IN [1] | x] AS a, x ~ UndefinedVariable",
                "RETURN reduce(a = x, x IN [1] | a) AS a ~ UndefinedVariable",
                "MATCH (n) WHERE EXISTS { MATCH (m) WHERE k.x } RETURN n ~ UndefinedVariable",
                "MATCH (n) WHERE EXISTS { MATCH (m) } RETURN m ~ UndefinedVariable",
                "UNWIND [1] AS x UNWIND [2] AS x RETURN x ~ VariableAlreadyBound",
                "MATCH (x) FOREACH (x IN [1] | CREATE ()) ~ VariableAlreadyBound",
                "FOREACH (x IN [1] | CREATE (n)) RETURN n ~ UndefinedVariable",
                "MATCH (a) FOREACH (x IN [1] | CREATE (n)) SET n.x = 1 ~ UndefinedVariable",
                "LOAD CSV FROM 'x' AS row LOAD CSV FROM 'y' AS row RETURN row ~ VariableAlreadyBound",
                "MATCH (a)-[*BFS (r, n | m.x > 1)]->(b) RETURN a ~ UndefinedVariable",
                "MATCH (a {x: b.x}) RETURN a ~ UndefinedVariable",
                "CREATE (a {x: a.y}) ~ UndefinedVariable",
                "MATCH (a) RETURN a {.x, b} ~ UndefinedVariable",
                "MATCH (a) SET b:L ~ UndefinedVariable",
                "MATCH (a) REMOVE b.x ~ UndefinedVariable",
                "RETURN 1 AS x ORDER BY y ~ UndefinedVariable",
                // order of clauses
                "MATCH (n) ~ InvalidClauseComposition",
                "MATCH (n) WITH n ~ InvalidClauseComposition",
                "UNWIND [1] AS x ~ InvalidClauseComposition",
                "RETURN 1 AS x MATCH (n) RETURN n ~ InvalidClauseComposition",
                "CREATE (n) MATCH (m) RETURN m ~ InvalidClauseComposition",
                "MERGE (n) UNWIND [1] AS x RETURN x ~ InvalidClauseComposition",
                "FOREACH (x IN [1] | MATCH (n)) ~ InvalidClauseComposition",
                "RETURN COUNT { CREATE (n) } AS x ~ InvalidClauseComposition",
                "RETURN EXISTS { MATCH (n) DELETE n } AS x ~ InvalidClauseComposition",
                "CALL { MATCH (n) } RETURN 1 AS x ~ InvalidClauseComposition",
                "MATCH (n) CALL p(n) YIELD x ~ InvalidClauseComposition",
                "CALL { RETURN 1 AS a UNION RETURN 2 AS b } RETURN a ~ DifferentColumnsInUnion",
                "RETURN 1 AS a, 2 AS b UNION RETURN 1 AS b, 2 AS a ~ DifferentColumnsInUnion",
                // types
                "MATCH (n) WHERE 1 RETURN n ~ InvalidArgumentType",
                "MATCH (n) WITH n WHERE 'x' RETURN n ~ InvalidArgumentType",
                "RETURN CASE WHEN 1 THEN 2 END AS x ~ InvalidArgumentType",
                "RETURN [x IN 1 | x] AS x ~ InvalidArgumentType",
                "RETURN -'a' AS x ~ InvalidArgumentType",
                "RETURN [1] - 1 AS x ~ InvalidArgumentType",
                "MATCH p = ()-->() RETURN nodes(p)[0].x, type(p) ~ InvalidArgumentType",
                "MATCH (n) SET n = 1 ~ InvalidArgumentType",
                "MATCH p = ()-->() SET p = {} ~ InvalidArgumentType",
                "MATCH ()-[r]->() SET r:L ~ InvalidArgumentType",
                "FOREACH (x IN 1 | CREATE ()) ~ InvalidArgumentType",
                "MATCH (n) RETURN n LIMIT 'a' ~ InvalidArgumentType",
                "UNWIND [1, 2] AS x MATCH (x) RETURN x ~ VariableTypeConflict",
                "MATCH (n) UNWIND [n] AS m MATCH ()-[m]->() RETURN m ~ VariableTypeConflict",
                "MATCH ()-[r*]->() MATCH ()-[r]->() RETURN r ~ VariableTypeConflict",
                "WITH 1 AS a CREATE (a)-[:R]->() ~ VariableTypeConflict",
                // aggregates
                "UNWIND [count(*)] AS x RETURN x ~ InvalidAggregation",
                "MATCH (n) SET n.x = count(*) ~ InvalidAggregation",
                "MATCH (n) WITH n, count(*) AS c WHERE count(*) > 1 RETURN n ~ InvalidAggregation",
                "MATCH (n) RETURN DISTINCT n.x ORDER BY count(*) ~ InvalidAggregation",
                "MATCH (n) RETURN n.x AS x, count(*) AS c ORDER BY max(x) ~ InvalidAggregation",
                "RETURN reduce(a = 0, x IN [1] | a + count(*)) AS x ~ InvalidAggregation",
                "RETURN sum(max(1)) AS x ~ NestedAggregation",
                "RETURN collect([x IN [1] | count(x)]) AS x ~ NestedAggregation",
                "MATCH (n) RETURN count(*) + size([(n)-->(m) | m]) AS x ~ AmbiguousAggregationExpression",
                "MATCH (n) RETURN count(*) + COUNT { (n)-->() } AS x ~ AmbiguousAggregationExpression",
                "MATCH (n) RETURN [x IN collect(n) | x.y + n.z] AS x ~ AmbiguousAggregationExpression",
                // functions
                "RETURN size(1, 2) AS x ~ InvalidNumberOfArguments",
                "RETURN size(DISTINCT [1]) AS x ~ UnexpectedSyntax",
                "RETURN pi(1) AS x ~ InvalidNumberOfArguments",
                "RETURN lenght('a') AS x ~ UnknownFunction",
                // patterns
                "MATCH (n) RETURN head((n)-->()) AS x ~ UnexpectedSyntax",
                "MATCH (n) RETURN [(n)-->()] AS x ~ UnexpectedSyntax",
                "CREATE p = shortestPath((a)-[:T]->(b)) ~ UnexpectedSyntax",
                "MATCH p = shortestPath((a)-[*]->(b)-[*]->(c)) RETURN p ~ UnexpectedSyntax",
                "MATCH (a)-[r]->(), ()-[r]->() RETURN r ~ RelationshipUniquenessViolation",
                "CREATE (a), (a) ~ VariableAlreadyBound",
                "CREATE (a)-[r:T]->(b), (a)-[r:T]->(b) ~ VariableAlreadyBound",
                "MERGE (a)-[:T $p]->(b) ~ InvalidParameterUse",
                "MATCH (n) WHERE (n)-[{x: 1}]->($p) RETURN n ~ InvalidParameterUse",
                // projections
                "WITH 1 AS x RETURN *, 2 AS x ~ ColumnNameConflict",
                "RETURN 1 + 1, 1 + 1 ~ ColumnNameConflict",
                "WITH 1 + 1 RETURN 1 AS x ~ NoExpressionAlias",
                "MATCH (n) RETURN n SKIP size([n]) ~ NonConstantExpression",
                "CALL { CREATE () } IN TRANSACTIONS OF -1 ROWS ~ NegativeIntegerArgument",
                "MATCH (n) CALL p RETURN n ~ InvalidArgumentPassingMode",
                "MATCH (n) CALL p(n) YIELD * RETURN n ~ UnexpectedSyntax"
            })
    void refuses(String query, String detail) {
        assertThatThrownBy(() -> check(query))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        error -> assertThat(error.code())
                                .isEqualTo(ErrorCode.SYNTAX_ERROR))
                .hasMessageContaining("[" + detail + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // names that are visible
                "MATCH (n) WITH n.x AS x WHERE n.y > 1 RETURN x ORDER BY x",
                "MATCH (n) RETURN n.x AS x ORDER BY n.y, x",
                "MATCH (n) WITH DISTINCT n.x AS x WHERE n.x > 1 AND x < 2 RETURN x",
                "MATCH (n) RETURN DISTINCT n.x ORDER BY n.x + 1",
                "MATCH (n) RETURN n.x AS x, count(*) AS c ORDER BY n.x, count(*) DESC, c + 1",
                "MATCH (n) WITH DISTINCT n WHERE (n)-->() RETURN n",
                "MATCH (n) WHERE EXISTS { MATCH (m) WHERE m.x = n.x WITH m RETURN n.x AS x } RETURN n",
                "MATCH (n) CALL { WITH n RETURN n.x AS x } RETURN n, x",
                "MATCH (n) CALL { WITH * RETURN n.x AS x } RETURN n, x",
                "MATCH (n) CALL (*) { RETURN n.x AS x UNION RETURN n.y AS x } RETURN x",
                "MATCH (n) CALL { WITH n CREATE (m {x: n.x}) } RETURN n",
                "CALL { WITH 1 AS x RETURN x } RETURN x",
                "UNWIND [1] AS x CALL { CREATE () } IN TRANSACTIONS OF 10 ROWS",
                "MATCH (a {x: b.x}), (b) RETURN a",
                "CREATE (a {n: 1}), (b {n: a.n}), (a)-[:T {n: b.n}]->(b)",
                "MATCH (a)-[*BFS (r, n | n.x > a.x)]->(b) RETURN b",
                "MATCH (a)-[*WSHORTEST (r, n | r.w + n.w) total (r, n, p, w | w < length(p))]->(b) RETURN total",
                "RETURN [x IN [1] WHERE x > 0 | [y IN [x] | x + y]] AS x",
                "RETURN reduce(sum = 0, x IN [1] | sum + x) AS x",
                "MATCH (n) RETURN *, n.x AS x ORDER BY x",
                // order of clauses
                "CREATE (n) WITH * MATCH (m) RETURN n, m",
                "CREATE (n) RETURN n",
                "MATCH (n) DELETE n",
                "MATCH (n) FOREACH (x IN [1] | FOREACH (y IN [x] | SET n.x = y))",
                "CALL db.labels",
                "CALL db.labels() YIELD label",
                "CALL db.labels YIELD *",
                "MATCH (n) CALL p(n) RETURN n",
                "CREATE (a) UNION CREATE (b)",
                // types that may fit
                "MATCH (n) WHERE n.x RETURN n",
                "MATCH (n) WHERE null RETURN n",
                "MATCH (n) WHERE $p AND [true][0] RETURN n",
                "OPTIONAL MATCH (n) WITH n MATCH (n)-->(m) RETURN m",
                "WITH null AS n MATCH (n) RETURN n",
                "UNWIND $rows AS row MATCH (n {x: row.x}) SET n = row, n += row.y RETURN n",
                "MATCH (n) UNWIND [n] AS m MATCH (m)-->() RETURN m",
                "MATCH ()-[rs*]->() MATCH (a)-[rs*]->(b) RETURN a",
                "MATCH p = ()-->() UNWIND relationships(p) AS r RETURN type(r), startNode(r).x, nodes(p)[0].y",
                "WITH date() AS d, duration('P1D') AS p RETURN d + p, p * 2, d.year, -p",
                "RETURN size('a') + size([1]), 'a' + 1, [1] + 2",
                "MATCH (n) DELETE [n][0]",
                // aggregates
                "MATCH (n) RETURN n, count(*) + n.x AS x",
                "MATCH (n) RETURN n.x, {a: n.x, b: collect(n)} AS x",
                "MATCH (n) RETURN [x IN collect(n) | x.y] AS x",
                "MATCH (n) RETURN [x IN collect(n) WHERE x.y > 1 | x.z + 1] AS x",
                "MATCH (n) RETURN *, count(*) + n.x AS c",
                "MATCH (n) WITH n, count(*) AS c WHERE c > 1 RETURN n",
                "MATCH (n) RETURN n, COUNT { (n)-->() } + count(*) AS x",
                "RETURN count(*) * 10 + $p AS x",
                // patterns as conditions
                "MATCH (n) WHERE NOT (n)-->() OR (n)<--() XOR (n)--({x: n.x}) RETURN n",
                "MATCH (n) RETURN CASE WHEN (n)-->() THEN 1 ELSE 2 END AS x",
                "MATCH (n) RETURN [x IN [n] WHERE (x)-->() | x] AS x, any(x IN [n] WHERE (x)--()) AS y",
                "MATCH (n) RETURN exists((n)-->()) AS x, [(n)-->(m) WHERE (m)-->() | m] AS y",
                "MATCH (a) MERGE (a)-[r:T]-(b) ON CREATE SET r.x = 1, b = a",
                "CREATE ({x: 1} ), (n $props)",
                "MATCH (n) RETURN n SKIP toInteger(rand() * 3) LIMIT $limit + 1",
                "RETURN 1 AS `a b` ORDER BY `a b`"
            })
    void accepts(String query) {
        assertThatCode(() -> check(query)).doesNotThrowAnyException();
    }

    @Test
    void aPropertyOfAValueThatHasNoneIsATypeError() {
        assertThatThrownBy(() -> check("WITH 1 AS x RETURN x.y"))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        error -> assertThat(error.code())
                                .isEqualTo(ErrorCode.TYPE_ERROR))
                .hasMessageContaining("[InvalidArgumentType]");
    }

    @Test
    void suggestsTheNearestName() {
        assertThatThrownBy(() -> check("MATCH (person) RETURN persn.name"))
                .hasMessage("""
                        Variable `persn` is not defined. Did you mean `person`? [UndefinedVariable] (line 1, column 23)
                        MATCH (person) RETURN persn.name
                                              ^""");
        assertThatThrownBy(() -> check("MATCH (n) WITH n.x AS x RETURN n")).hasMessageContaining("did not pass it on");
        assertThatThrownBy(() -> check("RETURN name")).hasMessageContaining("write $name for a parameter");
        assertThatThrownBy(() -> check("RETURN lenght([1]) AS x")).hasMessageContaining("Did you mean `length`?");
    }

    private static void check(String query) {
        SemanticCheck.check(CypherParser.parse(query), query);
    }
}
