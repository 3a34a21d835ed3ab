package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.AdminStatement.CreateDatabase;
import skein.cypher.syntax.AdminStatement.DropDatabase;
import skein.cypher.syntax.AdminStatement.DropReplica;
import skein.cypher.syntax.AdminStatement.RegisterReplica;
import skein.cypher.syntax.AdminStatement.RenameDatabase;
import skein.cypher.syntax.AdminStatement.SetReplicationRole;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

class AdminStatementTest {
    @Test
    void readsTheRolesOfAnInstance() {
        assertThat(admin("SET REPLICATION ROLE TO MAIN FORCE"))
                .isEqualTo(new SetReplicationRole(true, true, OptionalInt.empty()));
        assertThat(admin("SET REPLICATION ROLE TO MAIN"))
                .isEqualTo(new SetReplicationRole(true, false, OptionalInt.empty()));
        assertThat(admin("SET REPLICATION ROLE TO REPLICA WITH PORT 10000;"))
                .isEqualTo(new SetReplicationRole(false, false, OptionalInt.of(10_000)));
        assertThat(admin("SHOW REPLICATION ROLE")).isEqualTo(new AdminStatement.ShowReplicationRole());
    }

    @Test
    void readsSettingsOfAllInstances() {
        assertThat(admin("SET DATABASE SETTING 'query.timeout' TO \"2\""))
                .isEqualTo(new AdminStatement.SetDatabaseSetting("query.timeout", "2"));
        assertThat(admin("show database setting 'a'"))
                .isEqualTo(new AdminStatement.ShowDatabaseSettings(Optional.of("a")));
        assertThat(admin("SHOW DATABASE SETTINGS;"))
                .isEqualTo(new AdminStatement.ShowDatabaseSettings(Optional.empty()));
        refuses("SET DATABASE SETTING 'a' TO 1", ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void leavesItToTheInstanceWhetherRoleAndPortFit() {
        assertThat(admin("SET REPLICATION ROLE TO MAIN WITH PORT 1"))
                .isEqualTo(new SetReplicationRole(true, false, OptionalInt.of(1)));
        assertThat(admin("SET REPLICATION ROLE TO REPLICA"))
                .isEqualTo(new SetReplicationRole(false, false, OptionalInt.empty()));
        assertThat(admin("SET REPLICATION ROLE TO REPLICA WITH PORT -1"))
                .isEqualTo(new SetReplicationRole(false, false, OptionalInt.of(-1)));
    }

    @Test
    void refusesAPortThatIsNoInteger() {
        refuses("SET REPLICATION ROLE TO REPLICA WITH PORT 'x'", ErrorCode.SYNTAX_ERROR);
        refuses("SET REPLICATION ROLE TO REPLICA WITH PORT 1.5", ErrorCode.SYNTAX_ERROR);
        refuses("SET REPLICATION ROLE TO REPLICA WITH PORT 4294977296", ErrorCode.INVALID_ARGUMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYNC", "ASYNC", "STRICT_SYNC", "QUORUM"})
    void registersReplicasInEveryMode(String mode) {
        assertThat(admin("REGISTER REPLICA rep1 " + mode + " TO \"172.17.0.3:10000\""))
                .isEqualTo(new RegisterReplica("rep1", mode, Optional.empty(), "172.17.0.3:10000", false));
        assertThat(admin("register replica rep1 " + mode.toLowerCase(Locale.ROOT) + " to '172.17.0.3'"))
                .isEqualTo(new RegisterReplica("rep1", mode, Optional.empty(), "172.17.0.3", false));
    }

    @Test
    void readsTheTimeoutOfTheOldDialect() {
        assertThat(admin("REGISTER REPLICA r3 SYNC WITH TIMEOUT 1 TO \"127.0.0.1:10003\""))
                .isEqualTo(new RegisterReplica(
                        "r3", "SYNC", Optional.of(Duration.ofSeconds(1)), "127.0.0.1:10003", false));
        assertThat(admin("REGISTER REPLICA r3 ASYNC WITH TIMEOUT 0.5 TO \"127.0.0.1:10003\""))
                .isEqualTo(new RegisterReplica(
                        "r3", "ASYNC", Optional.of(Duration.ofMillis(500)), "127.0.0.1:10003", false));
        assertThat(admin("CREATE REPLICA r3 SYNC WITH TIMEOUT 2 TO \"127.0.0.1:10003\""))
                .isEqualTo(new RegisterReplica(
                        "r3", "SYNC", Optional.of(Duration.ofSeconds(2)), "127.0.0.1:10003", false));
        refuses("REGISTER REPLICA r SYNC WITH TIMEOUT 1e300 TO 'h'", ErrorCode.INVALID_ARGUMENT);
        refuses("REGISTER REPLICA r SYNC WITH TIMEOUT '1' TO 'h'", ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void readsTheLifeOfADatabase() {
        assertThat(admin("CREATE DATABASE movies")).isEqualTo(new CreateDatabase("movies", false));
        assertThat(admin("create database `my-movies` if not exists;"))
                .isEqualTo(new CreateDatabase("my-movies", true));
        assertThat(admin("DROP DATABASE movies")).isEqualTo(new DropDatabase("movies", false, false));
        assertThat(admin("DROP DATABASE movies IF EXISTS FORCE")).isEqualTo(new DropDatabase("movies", true, true));
        assertThat(admin("RENAME DATABASE movies TO films")).isEqualTo(new RenameDatabase("movies", "films"));
        assertThat(CypherParser.parse("USE DATABASE movies;")).isEqualTo(new Statement.UseDatabase("movies"));
    }

    @Test
    void takesAnyWordAndAnyQuotedNameForAReplica() {
        assertThat(admin("DROP REPLICA `rep-1`")).isEqualTo(new DropReplica("rep-1"));
        assertThat(admin("DROP REPLICA replica")).isEqualTo(new DropReplica("replica"));
        assertThat(admin("REGISTER REPLICA sync SYNC TO 'h'"))
                .isEqualTo(new RegisterReplica("sync", "SYNC", Optional.empty(), "h", false));
    }

    @Test
    void explainsHowAnAddressIsWritten() {
        assertThatThrownBy(() -> CypherParser.parse("REGISTER REPLICA r SYNC TO 127.0.0.1:10000"))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.SEMANTIC_ERROR))
                .hasMessageContaining("separated by one colon");
    }

    @Test
    void readsQuestionsAboutTheInstance() {
        assertThat(admin("SHOW REPLICAS")).isEqualTo(new AdminStatement.ShowReplicas());
        assertThat(admin("SHOW CONFIG")).isEqualTo(new AdminStatement.ShowConfig());
        assertThat(admin("SHOW VERSION;")).isEqualTo(new AdminStatement.ShowVersion());
        assertThat(admin("SHOW BUILD INFO")).isEqualTo(new AdminStatement.ShowBuildInfo());
        assertThat(admin("SHOW LICENSE INFO")).isEqualTo(new AdminStatement.ShowBuildInfo());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (n) RETURN n",
                "SHOW INDEX INFO",
                "CREATE (n)",
                "CREATE INDEX ON :L(p)",
                "DROP GRAPH",
                "RETURN 'SHOW REPLICAS'",
                "// SHOW REPLICAS",
                "",
                "this is not a query at all",
                "SET"
            })
    void passesOverWhatIsNotAdministration(String text) {
        assertThat(CypherParser.parseAdmin(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  \n\t/* who */ SHOW // what\n REPLICAS ;",
                "\uFEFFSHOW\u00A0REPLICAS",
                "show /**/ replicas",
            })
    void findsAdministrationBehindBlanksAndComments(String text) {
        assertThat(CypherParser.parseAdmin(text)).contains(new AdminStatement.ShowReplicas());
    }

    @Test
    void tellsWhatIsWrongWithAnAdminStatement() {
        assertThatThrownBy(() -> CypherParser.parseAdmin("DROP REPLICA"))
                .hasMessageContaining("The query ends too early.")
                .hasMessageContaining("line 1, column 13");
        assertThatThrownBy(() -> CypherParser.parse("SHOW REPLICA"))
                .hasMessageContaining("Did you mean SHOW REPLICAS?");
        assertThatThrownBy(() -> CypherParser.parse("SET REPLICATON ROLE TO MAIN"))
                .hasMessageContaining("Did you mean SET REPLICATION?");
    }

    private static AdminStatement admin(String text) {
        AdminStatement statement = CypherParser.parseAdmin(text).orElseThrow();
        assertThat(CypherParser.parse(text)).isEqualTo(statement);
        return statement;
    }

    private static void refuses(String text, ErrorCode code) {
        assertThatThrownBy(() -> CypherParser.parse(text))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(code));
    }
}
