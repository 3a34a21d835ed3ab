package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of Memgraph and Neo4j that Skein knows and does not offer: named, never called a syntax error. */
class RefusedFeaturesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "CREATE EDGE INDEX ON :T(p) | CREATE EDGE INDEX",
                "CREATE GLOBAL EDGE INDEX ON :(p) | CREATE GLOBAL EDGE INDEX",
                "DROP POINT INDEX ON :L(p) | DROP POINT INDEX",
                "CREATE VECTOR INDEX i ON :L(p) WITH CONFIG {\"dimension\": 2} | CREATE VECTOR INDEX",
                "CREATE TEXT INDEX i ON :L | CREATE TEXT INDEX",
                "CREATE FULLTEXT INDEX i FOR (n:L) ON EACH [n.p] | CREATE FULLTEXT INDEX",
                "CREATE INDEX FOR ()-[r:T]-() ON (r.p) | CREATE EDGE INDEX",
                "CREATE INDEX ON :L(a.b.c) | indexes on nested properties",
                "CREATE INDEX ON :L(p) WITH CONFIG {order: 'DESC'} | options of CREATE INDEX",
                "DROP INDEX name IF EXISTS | DROP INDEX by name",
                "DROP ALL INDEXES | DROP ALL INDEXES",
                "CREATE CONSTRAINT ON (n:L) ASSERT EXISTS (n.p) | CREATE CONSTRAINT",
                "CREATE CONSTRAINT c IF NOT EXISTS FOR (n:L) REQUIRE (n.a, n.b) IS UNIQUE | CREATE CONSTRAINT",
                "DROP CONSTRAINT ON (n:L) ASSERT n.p IS TYPED STRING | DROP CONSTRAINT",
                "DROP ALL CONSTRAINTS | DROP ALL CONSTRAINTS",
                "ANALYZE GRAPH ON LABELS :A, :B DELETE STATISTICS | ANALYZE GRAPH",
                "SHOW STORAGE INFO ON CURRENT DATABASE | SHOW STORAGE INFO ON",
                "SHOW ACTIVE USERS INFO | SHOW ACTIVE USERS INFO",
                "SHOW METRICS INFO | SHOW METRICS INFO",
                "SHOW SCHEMA INFO | SHOW SCHEMA INFO",
                "SHOW INDEXES YIELD name, type WHERE type = 'RANGE' | SHOW INDEXES with YIELD or WHERE",
                "SHOW DEFAULT DATABASE | SHOW DEFAULT DATABASE",
                "SHOW ALL INDEXES | SHOW ALL INDEXES",
                "SHOW RUNNING, COMMITTING TRANSACTIONS | SHOW RUNNING , COMMITTING TRANSACTIONS",
                "TERMINATE TRANSACTIONS \"1\", \"2\" | TERMINATE TRANSACTIONS",
                "SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED | SET GLOBAL TRANSACTION",
                "STORAGE MODE IN_MEMORY_ANALYTICAL | STORAGE MODE",
                "FREE MEMORY | FREE MEMORY",
                "CREATE SNAPSHOT | CREATE SNAPSHOT",
                "SHOW SNAPSHOTS | SHOW SNAPSHOTS",
                "SHOW NEXT SNAPSHOT | SHOW NEXT SNAPSHOT",
                "RECOVER SNAPSHOT \"/x\" FORCE | RECOVER SNAPSHOT",
                "LOCK DATA DIRECTORY | LOCK DATA DIRECTORY",
                "DATA DIRECTORY LOCK STATUS | DATA DIRECTORY LOCK",
                "DUMP DATABASE | DUMP DATABASE",
                "DROP GRAPH | DROP GRAPH",
                "CREATE DATABASE d | CREATE DATABASE",
                "DROP DATABASE d FORCE | DROP DATABASE",
                "USE DATABASE d | USE DATABASE",
                "RENAME DATABASE a TO b | RENAME DATABASE",
                "CREATE USER IF NOT EXISTS u IDENTIFIED BY 'p' | CREATE USER",
                "SET PASSWORD FOR u TO 'p' | SET PASSWORD",
                "SHOW CURRENT USER | SHOW CURRENT USER",
                "SHOW USERS | SHOW USERS",
                "CREATE ROLE r | CREATE ROLE",
                "SET ROLE FOR u TO r | SET ROLE",
                "CLEAR ROLE FOR u | CLEAR ROLE",
                "SHOW ROLE FOR u | SHOW ROLE",
                "GRANT MATCH, CREATE TO u | GRANT",
                "DENY ALL PRIVILEGES TO u | DENY",
                "REVOKE DATABASE d FROM u | REVOKE",
                "SHOW PRIVILEGES FOR u | SHOW PRIVILEGES",
                "SET DATABASE SETTING 'k' TO 'v' | SET DATABASE SETTING",
                "SHOW DATABASE SETTINGS | SHOW DATABASE SETTINGS",
                "CREATE TRIGGER t ON () CREATE AFTER COMMIT EXECUTE MATCH (n) RETURN n | CREATE TRIGGER",
                "SHOW TRIGGERS | SHOW TRIGGERS",
                "CREATE KAFKA STREAM s TOPICS t TRANSFORM f | CREATE KAFKA STREAM",
                "START ALL STREAMS | START ALL STREAMS",
                "EDGE IMPORT MODE ACTIVE | EDGE IMPORT MODE",
                "ENABLE TTL EVERY \"1d\" | ENABLE TTL",
                "CREATE ENUM Status VALUES {Good, Bad} | CREATE ENUM",
                "SHOW ENUMS | SHOW ENUMS",
                "CREATE TENANT PROFILE p LIMIT x 1 | CREATE TENANT PROFILE",
                "SUSPEND DATABASE d | SUSPEND DATABASE",
                "CYPHER 5 runtime=slotted RETURN 1 | CYPHER"
            })
    void namesTheStatement(String text, String feature) {
        assertThat(CypherParser.parse(text)).isEqualTo(new Statement.Unsupported(feature));
        assertThat(CypherParser.parse(text + ";")).isEqualTo(new Statement.Unsupported(feature));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOAD PARQUET FROM 'x' AS row RETURN row",
                "LOAD JSONL FROM 'x' WITH CONFIG {a: 'b'} AS row RETURN row",
                "MATCH (n:A|B) RETURN n",
                "MATCH (n:A&!B) RETURN n",
                "MATCH (n:$label) RETURN n",
                "MATCH (n) SET n:$label",
                "MATCH (n WHERE n.x > 1) RETURN n",
                "MATCH ()-[r WHERE r.x > 1]->() RETURN r",
                "MATCH ()-[*..$n]->() RETURN 1",
                "MATCH (n) SET n[$key] = 1",
                "RETURN Status::Good",
                "RETURN COLLECT { MATCH (n) RETURN n }",
                "MATCH (a), (b) RETURN shortestPath((a)-[*]-(b))",
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
