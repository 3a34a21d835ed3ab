package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.session.Privilege;
import skein.session.QuerySummary.QueryKind;

class RequiredPrivilegeTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                CREATE INDEX ON :A(x)                                | INDEX
                DROP INDEX named                                     | INDEX
                DROP ALL INDEXES                                     | INDEX
                ANALYZE GRAPH                                        | STATS
                CREATE CONSTRAINT ON (n:A) ASSERT n.x IS UNIQUE      | CONSTRAINT
                SHOW INDEX INFO                                      | INDEX
                SHOW CONSTRAINT INFO                                 | CONSTRAINT
                SHOW STORAGE INFO                                    | STATS
                SHOW DATABASES                                       | MULTI_DATABASE_USE
                SHOW FUNCTIONS                                       | MATCH
                USE DATABASE movies                                  | MULTI_DATABASE_USE
                CREATE SNAPSHOT                                      | DURABILITY
                RECOVER SNAPSHOT 'x'                                 | DURABILITY
                SET GLOBAL TRANSACTION ISOLATION LEVEL READ COMMITTED| CONFIG
                SHOW TRANSACTIONS                                    | TRANSACTION_MANAGEMENT
                TERMINATE TRANSACTIONS '1'                           | TRANSACTION_MANAGEMENT
                DUMP DATABASE                                        | DUMP
                FREE MEMORY                                          | FREE_MEMORY
                STORAGE MODE IN_MEMORY_TRANSACTIONAL                 | CONFIG
                BEGIN                                                | OWN_ACCOUNT
                SET REPLICATION ROLE TO MAIN                         | REPLICATION
                REGISTER REPLICA r SYNC TO 'host'                    | REPLICATION
                SHOW REPLICAS                                        | REPLICATION
                SHOW REPLICATION LAG                                 | REPLICATION
                DROP REPLICA r                                       | REPLICATION
                CREATE DATABASE movies                               | MULTI_DATABASE_EDIT
                DROP DATABASE movies                                 | MULTI_DATABASE_EDIT
                RENAME DATABASE a TO b                               | MULTI_DATABASE_EDIT
                SHOW CONFIG                                          | CONFIG
                RELOAD BOLT_SERVER TLS                               | CONFIG
                RELOAD INTRA_CLUSTER TLS                             | CONFIG
                SHOW METRICS INFO                                    | STATS
                SHOW INSTANCES                                       | COORDINATOR
                SET INSTANCE a TO MAIN SWITCHOVER                    | COORDINATOR
                CREATE USER ann                                      | AUTH
                SET PASSWORD FOR ann TO 'x'                          | AUTH
                DROP USER ann                                        | AUTH
                SHOW USERS                                           | AUTH
                SHOW CURRENT USER                                    | OWN_ACCOUNT
                SET PASSWORD TO 'x' REPLACE 'y'                      | OWN_ACCOUNT
                """)
    void everyStatementNeedsOnePrivilege(String text, Privilege privilege) {
        assertThat(RequiredPrivilege.of(CypherParser.parse(text), QueryKind.SCHEMA))
                .isEqualTo(privilege);
    }

    @ParameterizedTest
    @CsvSource({"READ, MATCH", "READ_WRITE, WRITE", "WRITE, WRITE"})
    void whatAQueryNeedsDependsOnWhatItDoes(QueryKind kind, Privilege privilege) {
        assertThat(RequiredPrivilege.of(CypherParser.parse("RETURN 1"), kind)).isEqualTo(privilege);
    }
}
