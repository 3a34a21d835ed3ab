package skein.cypher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.execute.RunningQuery;
import skein.cypher.fixture.TestDatabase;
import skein.cypher.fixture.TestEnvironment;
import skein.graph.Value;
import skein.session.QuerySummary.QueryKind;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Notification;
import skein.vocabulary.SkeinException;

/** Statements about constraints, from text to what they do to a real database. */
final class ConstraintStatementTest {
    @TempDir
    private Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase(directory);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void assertRefused(ErrorCode code, String query, String... words) {
        assertThatThrownBy(() -> database.run(query))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.code()).as(query).isEqualTo(code))
                .satisfies(refused ->
                        List.of(words).forEach(word -> assertThat(refused).hasMessageContaining(word)));
    }

    /** Rows as text, cells joined by a bar. */
    private List<String> rows(String query) {
        return database.run(query).rows().stream()
                .map(row -> row.stream().map(ConstraintStatementTest::plain).collect(Collectors.joining("|")))
                .toList();
    }

    private static String plain(Value value) {
        return switch (value) {
            case Value.StringValue text -> text.value();
            case Value.IntegerValue number -> Long.toString(number.value());
            case Value.ListValue list ->
                list.values().stream()
                        .map(ConstraintStatementTest::plain)
                        .toList()
                        .toString();
            case Value.NullValue absent -> "null";
            default -> throw new AssertionError(value);
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE CONSTRAINT ON (n:L) ASSERT EXISTS (n.p)",
                "CREATE CONSTRAINT FOR (n:L) REQUIRE n.p IS NOT NULL",
                "CREATE CONSTRAINT IF NOT EXISTS FOR (n:L) REQUIRE (n.p) IS NOT NULL",
                "create constraint on (`n`:L) assert exists(n.p);"
            })
    void bothDialectsAskForAProperty(String text) {
        assertThat(database.run(text).counters().constraintsAdded()).isEqualTo(1);
        assertThat(rows("SHOW CONSTRAINT INFO")).containsExactly("exists|L|p|");
        assertRefused(ErrorCode.CONSTRAINT_VALIDATION_FAILED, "CREATE (:L {q: 1})", "has no property p");
        database.run("CREATE (:L {p: 1})");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE CONSTRAINT ON (n:L) ASSERT n.a, n.b IS UNIQUE",
                "CREATE CONSTRAINT ON (n:L) ASSERT (n.a, n.b) IS UNIQUE",
                "CREATE CONSTRAINT u FOR (n:L) REQUIRE (n.a, n.b) IS UNIQUE",
                "CREATE CONSTRAINT u IF NOT EXISTS FOR (n:L) REQUIRE (n.a, n.b) IS NODE UNIQUE"
            })
    void bothDialectsAskForUniqueValues(String text) {
        database.run(text);
        assertThat(rows("SHOW CONSTRAINT INFO")).containsExactly("unique|L|[a, b]|");
        database.run("CREATE (:L {a: 1, b: 1}), (:L {a: 1, b: 2})");
        assertRefused(ErrorCode.CONSTRAINT_VALIDATION_FAILED, "CREATE (:L {a: 1, b: 2})", "a = 1, b = 2", "node 1");
        database.run("MATCH (x:L {b: 1}), (y:L {b: 2}) SET x.b = 2, y.b = 1");
        assertThat(rows("MATCH (n:L) RETURN n.b ORDER BY id(n)")).containsExactly("2", "1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '"',
            value = {
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED STRING ~ STRING ~ 's' ~ 1",
                "CREATE CONSTRAINT FOR (n:L) REQUIRE n.p IS :: INTEGER ~ INTEGER ~ 1 ~ 1.0",
                "CREATE CONSTRAINT FOR (n:L) REQUIRE n.p :: BOOL ~ BOOLEAN ~ true ~ 'true'",
                "CREATE CONSTRAINT FOR (n:L) REQUIRE n.p IS TYPED FLOAT ~ FLOAT ~ 1.0 ~ 1",
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED LIST ~ LIST ~ [1] ~ 1",
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED MAP ~ MAP ~ {a: 1} ~ [1]",
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED DATE ~ DATE ~ date('2026-01-01') ~ '2026-01-01'",
                "CREATE CONSTRAINT FOR (n:L) REQUIRE n.p IS :: local datetime ~ LOCALDATETIME ~ localdatetime() ~ datetime()",
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED ZONEDDATETIME ~ ZONEDDATETIME ~ datetime() ~ localdatetime()",
                "CREATE CONSTRAINT FOR (n:L) REQUIRE n.p IS :: TIME WITHOUT TIME ZONE ~ LOCALTIME ~ localtime() ~ time()",
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED DURATION ~ DURATION ~ duration('P1D') ~ 'P1D'",
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED POINT ~ POINT ~ point({x: 1, y: 2}) ~ [1, 2]"
            })
    void bothDialectsAskForAType(String text, String type, String fits, String doesNot) {
        database.run(text);
        assertThat(rows("SHOW CONSTRAINT INFO")).containsExactly("data_type|L|p|" + type);
        database.run("CREATE (:L {p: " + fits + "}), (:L)");
        assertRefused(ErrorCode.CONSTRAINT_VALIDATION_FAILED, "CREATE (:L {p: " + doesNot + "})", "p = ");
    }

    @Test
    void unknownTypesAreRefusedWithWhatMayBeMeant() {
        assertRefused(
                ErrorCode.SYNTAX_ERROR,
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED STRIN",
                "STRIN",
                "Did you mean STRING?");
        assertRefused(ErrorCode.FEATURE_NOT_SUPPORTED, "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS TYPED ENUM", "enums");
        assertRefused(
                ErrorCode.SYNTAX_ERROR, "CREATE CONSTRAINT ON (n:L) ASSERT m.p IS UNIQUE", "properties are written n.");
        assertRefused(
                ErrorCode.SYNTAX_ERROR, "CREATE CONSTRAINT FOR (n:L) REQUIRE (n.a, n.b) IS NOT NULL", "one property");
        assertRefused(ErrorCode.SYNTAX_ERROR, "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS UNIQ");
    }

    @Test
    void constraintsAreDroppedByRuleAndByName() {
        database.run("CREATE CONSTRAINT mail FOR (n:Person) REQUIRE n.email IS UNIQUE");
        database.run("CREATE CONSTRAINT ON (n:Person) ASSERT EXISTS (n.email)");
        database.run("CREATE CONSTRAINT ON (n:Person) ASSERT n.age IS TYPED INTEGER");
        assertThat(rows("SHOW CONSTRAINTS"))
                .containsExactly(
                        "1|mail|NODE_PROPERTY_UNIQUENESS|NODE|[Person]|[email]|null|null",
                        "2|exists_Person_email|NODE_PROPERTY_EXISTENCE|NODE|[Person]|[email]|null|null",
                        "3|typed_Person_age|NODE_PROPERTY_TYPE|NODE|[Person]|[age]|null|INTEGER");
        assertThat(database.run("DROP CONSTRAINT ON (p:Person) ASSERT p.email IS UNIQUE")
                        .counters()
                        .constraintsRemoved())
                .isEqualTo(1);
        database.run("DROP CONSTRAINT typed_Person_age");
        database.run("DROP CONSTRAINT typed_Person_age IF EXISTS");
        assertThat(rows("SHOW CONSTRAINT INFO")).containsExactly("exists|Person|email|");
        assertThat(database.run("DROP ALL CONSTRAINTS").counters().constraintsRemoved())
                .isEqualTo(1);
        assertThat(database.run("DROP ALL CONSTRAINTS").counters().constraintsRemoved())
                .isZero();
        database.run("CREATE (:Person), (:Person)");
    }

    @Test
    void droppingWhatIsNotThereNamesTheNearest() {
        assertRefused(ErrorCode.CONSTRAINT_NOT_FOUND, "DROP CONSTRAINT mail", "There are no constraints.");
        database.run("CREATE CONSTRAINT mail FOR (n:Person) REQUIRE n.email IS UNIQUE");
        assertRefused(ErrorCode.CONSTRAINT_NOT_FOUND, "DROP CONSTRAINT mial", "Did you mean mail?");
        assertRefused(
                ErrorCode.CONSTRAINT_NOT_FOUND,
                "DROP CONSTRAINT ON (n:Person) ASSERT n.emial IS UNIQUE",
                "Did you mean (n:Person) ASSERT n.email IS UNIQUE?");
    }

    @Test
    void makingWhatIsThereChangesNothingAndSaysSo() {
        database.run("CREATE CONSTRAINT mail FOR (n:Person) REQUIRE n.email IS UNIQUE");
        assertThat(noted("CREATE CONSTRAINT ON (n:Person) ASSERT n.email IS UNIQUE"))
                .containsExactly("ConstraintAlreadyExists");
        assertThat(noted("CREATE CONSTRAINT mail IF NOT EXISTS FOR (n:Person) REQUIRE n.phone IS UNIQUE"))
                .containsExactly("ConstraintAlreadyExists");
        assertRefused(
                ErrorCode.INVALID_ARGUMENT,
                "CREATE CONSTRAINT mail FOR (n:Person) REQUIRE n.phone IS UNIQUE",
                "called mail already");
        assertThat(rows("SHOW CONSTRAINT INFO")).containsExactly("unique|Person|[email]|");
    }

    private List<String> noted(String query) {
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery running = database.engine().prepare(query).start(transaction, Map.of(), new TestEnvironment());
            running.drain();
            database.commit(transaction);
            return running.notifications().stream().map(Notification::code).toList();
        }
    }

    @Test
    void whatIsThereHasToFit() {
        database.run("CREATE (:L {p: 1}), (:L {p: 1.0}), (:L)");
        assertRefused(
                ErrorCode.CONSTRAINT_VALIDATION_FAILED,
                "CREATE CONSTRAINT ON (n:L) ASSERT n.p IS UNIQUE",
                "p = 1.0, as has node 0");
        assertRefused(
                ErrorCode.CONSTRAINT_VALIDATION_FAILED, "CREATE CONSTRAINT ON (n:L) ASSERT EXISTS (n.p)", "node 2");
        assertThat(rows("SHOW CONSTRAINT INFO")).isEmpty();
    }

    @Test
    void constraintStatementsChangeTheSchemaAndNothingElse() {
        assertThat(database.engine().prepare("DROP CONSTRAINT c IF EXISTS").kind())
                .isEqualTo(QueryKind.SCHEMA);
        try (StoreTransaction transaction = database.begin()) {
            TestDatabase.run(database.engine().prepare("CREATE (:L)"), transaction, Map.of());
            assertThatThrownBy(() -> TestDatabase.run(
                            database.engine().prepare("CREATE CONSTRAINT ON (n:L) ASSERT EXISTS (n.p)"),
                            transaction,
                            Map.of()))
                    .isInstanceOfSatisfying(
                            SkeinException.class,
                            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.FORBIDDEN_IN_TRANSACTION));
        }
    }
}
