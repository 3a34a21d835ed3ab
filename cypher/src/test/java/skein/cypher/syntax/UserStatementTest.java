package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.UserStatement.AlterUser;
import skein.cypher.syntax.UserStatement.Argument;
import skein.cypher.syntax.UserStatement.ChangeOwnPassword;
import skein.cypher.syntax.UserStatement.CreateUser;
import skein.cypher.syntax.UserStatement.DropUser;
import skein.graph.Value;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Secret;
import skein.vocabulary.SkeinException;

class UserStatementTest {
    private static final Argument ANN = written("ann");
    private static final Optional<Argument> WORD = Optional.of(written("hunter2"));

    @Test
    void readsMemgraphsDialect() {
        assertThat(user("CREATE USER ann")).isEqualTo(new CreateUser(ANN, false, Optional.empty(), false));
        assertThat(user("create user if_ if not exists identified by \"hunter2\";"))
                .isEqualTo(new CreateUser(written("if_"), true, WORD, false));
        assertThat(user("CREATE USER IF NOT EXISTS ann IDENTIFIED BY 'hunter2'"))
                .isEqualTo(new CreateUser(ANN, true, WORD, false));
        assertThat(user("CREATE USER `ann@example.com` IDENTIFIED BY 'hunter2'"))
                .isEqualTo(new CreateUser(written("ann@example.com"), false, WORD, false));
        assertThat(user("SET PASSWORD FOR ann TO 'hunter2'")).isEqualTo(new AlterUser(ANN, false, WORD, false));
        assertThat(user("SET PASSWORD TO 'new' REPLACE 'old'"))
                .isEqualTo(new ChangeOwnPassword(written("old"), written("new")));
        assertThat(user("DROP USER ann")).isEqualTo(new DropUser(ANN, false));
        assertThat(user("DROP USER IF EXISTS ann")).isEqualTo(new DropUser(ANN, true));
        assertThat(user("DROP USER ann IF EXISTS")).isEqualTo(new DropUser(ANN, true));
        assertThat(user("SHOW USERS")).isEqualTo(new UserStatement.ShowUsers(List.of()));
        assertThat(user("SHOW USERS YIELD *")).isEqualTo(new UserStatement.ShowUsers(List.of()));
        assertThat(user("SHOW USERS YIELD user, `home`"))
                .isEqualTo(new UserStatement.ShowUsers(List.of("user", "home")));
        assertThat(user("/* who? */ show current user")).isEqualTo(new UserStatement.ShowCurrentUser(List.of()));
        assertThat(user("SHOW CURRENT USER YIELD user")).isEqualTo(new UserStatement.ShowCurrentUser(List.of("user")));
    }

    @Test
    void readsNeo4jsDialect() {
        assertThat(user("CREATE USER ann SET PASSWORD 'hunter2'")).isEqualTo(new CreateUser(ANN, false, WORD, true));
        assertThat(user("CREATE USER ann IF NOT EXISTS SET PLAINTEXT PASSWORD 'hunter2' CHANGE NOT REQUIRED"))
                .isEqualTo(new CreateUser(ANN, true, WORD, false));
        assertThat(user("CREATE USER ann SET PASSWORD 'hunter2' SET PASSWORD CHANGE REQUIRED"))
                .isEqualTo(new CreateUser(ANN, false, WORD, true));
        assertThat(user("ALTER USER ann SET PASSWORD 'hunter2'")).isEqualTo(new AlterUser(ANN, false, WORD, true));
        assertThat(user("ALTER USER ann IF EXISTS SET PASSWORD CHANGE NOT REQUIRED"))
                .isEqualTo(new AlterUser(ANN, true, Optional.empty(), false));
        assertThat(user("ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new'"))
                .isEqualTo(new ChangeOwnPassword(written("old"), written("new")));
    }

    @Test
    void takesNamesAndPasswordsFromParameters() {
        Map<String, Value> parameters = Map.of("u", Value.of("ann"), "p", Value.of("hunter2"), "0", Value.of("old"));
        assertThat(user("CREATE USER $u IDENTIFIED BY $p").bound(parameters))
                .isEqualTo(new CreateUser(ANN, false, WORD, false));
        assertThat(user("ALTER CURRENT USER SET PASSWORD FROM $0 TO $p").bound(parameters))
                .isEqualTo(new ChangeOwnPassword(written("old"), written("hunter2")));
        UserStatement unbound = user("SET PASSWORD FOR $u TO $missing").bound(parameters);
        assertThatThrownBy(() -> ((AlterUser) unbound).password().orElseThrow().text())
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PARAMETER_MISSING))
                .hasMessageContaining("$missing");
        assertThatThrownBy(() -> user("DROP USER $u").bound(Map.of("u", Value.of(1))))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TYPE_ERROR));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE USER ann IDENTIFIED BY 'hunter2' AND MORE",
                "CREATE USER ann IDENTIFIED BY hunter2",
                "CREATE USER ann IDENTFIED BY 'hunter2'",
                "CREATE USER ann IDENTIFIED BY 'hunter2",
                "CREATE USER ann SET ENCRYPTED PASSWORD '1,hunter2,3'",
                "SET PASSWORD FOR ann TO hunter2",
                "SET PASSWORD ann hunter2",
                "ALTER USER ann SET STATUS SUSPENDED SET PASSWORD 'hunter2'",
                "ALTER CURRENT USER SET PASSWORD TO 'hunter2'",
                "EXPLAIN CREATE USER ann IDENTIFIED BY 'hunter2'",
                "CRAETE USER ann IDENTIFIED BY 'hunter2'",
                "CREATE USER ann IDENTIFIED BY '\\u00hunter2'",
                "MATCH (n) CREATE USER ann SET PASSWORD 'hunter2'"
            })
    void messagesQuoteNothingOfAStatementThatMayHoldAPassword(String text) {
        assertThat(SecretText.isSecret(text)).isTrue();
        assertThatThrownBy(() -> CypherParser.parse(text))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SYNTAX_ERROR))
                .hasMessageContaining("IDENTIFIED BY 'password'")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MATCH (n:User {password: 'x'}) RETURN n.password",
                "MATCH (n) SET n . password = $password",
                "MATCH (n:Password) RETURN 'the password'",
                "CREATE (:User)",
                "SHOW USERS"
            })
    void otherTextsAreNoSecret(String text) {
        assertThat(SecretText.isSecret(text)).isFalse();
    }

    @Test
    void statementsDoNotShowTheirPasswords() {
        assertThat(user("CREATE USER ann IDENTIFIED BY 'hunter2'").toString()).doesNotContain("hunter2");
    }

    private static Argument written(String text) {
        return new Argument.Written(new Secret(text));
    }

    private static UserStatement user(String text) {
        return (UserStatement) CypherParser.parseAdmin(text).orElseThrow();
    }
}
