package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of Memgraph and Neo4j that Skein knows and does not offer: named, never called a syntax error. */
class RefusedFeaturesTest {
    @ParameterizedTest
    @CsvFileSource(resources = "/skein/cypher/syntax/refused-statements.txt", delimiter = '~', quoteCharacter = '\0')
    void namesTheStatement(String text, String feature) {
        assertThat(CypherParser.parse(text)).isEqualTo(new Statement.Unsupported(feature));
        assertThat(CypherParser.parse(text + ";")).isEqualTo(new Statement.Unsupported(feature));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOAD PARQUET FROM 'x' AS row RETURN row",
                "LOAD JSONL FROM 'x' WITH CONFIG {a: 'b'} AS row RETURN row",
                "MATCH (n:$label) RETURN n",
                "MATCH (n) SET n:$label",
                "MATCH ()-[*..$n]->() RETURN 1",
                "MATCH (n) SET n[$key] = 1",
                "CREATE (n:A|B)",
                "RETURN Status::Good",
                "OPTIONAL CALL { RETURN 1 AS x } RETURN x",
                "OPTIONAL CALL db.labels() YIELD label RETURN label",
                "CALL { CREATE () } IN 3 CONCURRENT TRANSACTIONS",
                "CALL { CREATE () } IN TRANSACTIONS OF 5 ROWS ON ERROR CONTINUE",
                "USING PARALLEL EXECUTION MATCH (n) RETURN n",
                "CALL p() PROCEDURE MEMORY LIMIT 10 MB YIELD x RETURN x"
            })
    void namesTheFeatureInsideAQuery(String text) {
        assertThat(CypherParser.parse(text))
                .isInstanceOfSatisfying(
                        Statement.Unsupported.class,
                        statement -> assertThat(statement.feature()).isNotBlank());
    }
}
