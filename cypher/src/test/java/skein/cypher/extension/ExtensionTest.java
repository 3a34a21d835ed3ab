package skein.cypher.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.CypherEngine;
import skein.cypher.execute.RunningQuery;
import skein.cypher.fixture.TestDatabase;
import skein.cypher.fixture.TestEnvironment;
import skein.extension.Argument;
import skein.extension.Extension;
import skein.extension.Function;
import skein.extension.Procedure;
import skein.graph.Value;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

final class ExtensionTest {
    @TempDir
    Path directory;

    private TestDatabase database;

    @BeforeEach
    void open() {
        database = new TestDatabase(
                directory,
                new CypherEngine(ExtensionLibrary.of(List.of(new Words())).registry(), 100));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Value single(String query) {
        return database.run(query).rows().getFirst().getFirst();
    }

    private ErrorCode failure(String query, String words) {
        try {
            throw new AssertionError("answered " + database.run(query).rows());
        } catch (SkeinException e) {
            assertThat(e).hasMessageContaining(words);
            return e.code();
        }
    }

    @Test
    void aFunctionIsCalledLikeAnyOther() {
        assertThat(single("RETURN words.initials('ada lovelace')")).isEqualTo(Value.of("AL"));
        assertThat(single("RETURN WORDS.Initials('ada lovelace')")).isEqualTo(Value.of("AL"));
        assertThat(single("UNWIND ['a b', 'c'] AS t WITH words.initials(t) AS i RETURN collect(i)"))
                .isEqualTo(Value.of(List.of(Value.of("AB"), Value.of("C"))));
        assertThat(single("RETURN words.scale(2, 3)")).isEqualTo(Value.of(6.0));
    }

    /** Where only the nodes matter to which walks lead, each is found once; a function may tell the walks apart. */
    @Test
    void aFunctionIsCalledForEveryRow() {
        database.run("CREATE (a:A)-[:R]->(b:B), (a)-[:R]->(b), (b)-[:R]->(:C)");
        assertThat(single("MATCH (:A)-[:R*1..2]->(n) RETURN count(DISTINCT n)")).isEqualTo(Value.of(2));
        assertThat(single("MATCH (:A)-[:R*1..2]->(n) RETURN count(DISTINCT words.next())"))
                .isEqualTo(Value.of(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | Long",
                "1.5 | Double",
                "toString(1) | String",
                "true | Boolean",
                "null | null",
                "date('2026-01-02') | LocalDate",
                "time('10:00Z') | OffsetTime",
                "localtime('10:00') | LocalTime",
                "datetime('2026-01-02T10:00Z') | ZonedDateTime",
                "localdatetime('2026-01-02T10:00') | LocalDateTime",
                "duration('P1D') | DurationValue",
                "point({x: 1, y: 2}) | PointValue",
                "fromHex('cafe') | byte[]"
            })
    void everyValueHasItsJavaTypeAndComesBackAsItWas(String value, String kind) {
        assertThat(single("RETURN words.kind(" + value + ")")).isEqualTo(Value.of(kind));
        assertThat(single("RETURN words.mirror(" + value + ")")).isEqualTo(single("RETURN " + value));
    }

    @Test
    void collectionsAndEntitiesComeBackAsTheyWere() {
        assertThat(single("RETURN words.mirror([1, null, {a: [2.5]}])"))
                .isEqualTo(single("RETURN [1, null, {a: [2.5]}]"));
        assertThat(single("CREATE (n:P {x: 1}) RETURN words.mirror(n).x")).isEqualTo(Value.of(1L));
        assertThat(single("CREATE ()-[r:R]->() RETURN type(words.mirror(r))")).isEqualTo(Value.of("R"));
    }

    @Test
    void aProcedureAnswersRows() {
        assertThat(database.run("CALL words.split('to be')").columns()).containsExactly("word", "length");
        assertThat(database.run("CALL words.split('to be') YIELD word AS w RETURN w")
                        .rows())
                .containsExactly(List.of(Value.of("to")), List.of(Value.of("be")));
        assertThat(single("UNWIND ['a b', 'c'] AS t CALL words.split(t) YIELD word RETURN count(word)"))
                .isEqualTo(Value.of(3L));
    }

    @Test
    void theGraphIsSeenWithTheChangesOfTheSameTransaction() {
        database.run("CREATE (:P {name: 'a'})");
        assertThat(single("CREATE (:P {name: 'b'}) WITH 1 AS one CALL words.named('P') YIELD name RETURN count(name)"))
                .isEqualTo(Value.of(2L));
        assertThat(single("MATCH (a:P {name: 'a'}), (b:P) CREATE (a)-[:KNOWS]->(b) WITH DISTINCT a RETURN"
                        + " words.friends(a)"))
                .isEqualTo(Value.of(2L));
    }

    @Test
    void whatWritesSaysSo() {
        assertThat(single("CALL words.store('to be') YIELD node MATCH (node)-[r:HAS]->(w) RETURN sum(r.length)"))
                .isEqualTo(Value.of(4L));
        assertThat(database.engine().prepare("CALL words.store('x')").writes()).isTrue();
        assertThat(failure("CALL words.sneak()", "writes = true")).isEqualTo(ErrorCode.PROCEDURE_CALL_FAILED);
        assertThat(single("MATCH (n) RETURN count(n)")).isEqualTo(Value.of(3L));
    }

    @Test
    void whatItThrowsIsAFailureOfTheQuery() {
        assertThat(failure("CALL words.fail(0)", "words.fail failed with IllegalStateException: no more words"))
                .isEqualTo(ErrorCode.PROCEDURE_CALL_FAILED);
        assertThat(failure("CALL words.fail(2) YIELD word RETURN word", "IllegalStateException"))
                .isEqualTo(ErrorCode.PROCEDURE_CALL_FAILED);
        assertThat(failure("RETURN words.deep(1)", "StackOverflowError")).isEqualTo(ErrorCode.PROCEDURE_CALL_FAILED);
        assertThat(failure("RETURN words.odd()", "java.util.Locale, which is no value"))
                .isEqualTo(ErrorCode.PROCEDURE_CALL_FAILED);
    }

    @Test
    void wrongArgumentsAreToldByName() {
        assertThat(failure("RETURN words.initials(1)", "Argument `text`")).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure("RETURN words.scale(null, 1)", "argument `number`")).isEqualTo(ErrorCode.TYPE_ERROR);
        assertThat(failure("RETURN words.initials()", "It takes 1")).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure("CALL words.split(1)", "Argument `text`")).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure("RETURN words.initails('x')", "Did you mean `words.initials`?"))
                .isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(failure("CALL words.splitt('x')", "Did you mean `words.split`?"))
                .isEqualTo(ErrorCode.PROCEDURE_NOT_FOUND);
    }

    @Test
    void aCallThatIsToldToEndEnds() {
        TestEnvironment environment = new TestEnvironment();
        environment.terminateAfter(1000);
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery query =
                    database.engine().prepare("CALL words.endless()").start(transaction, Map.of(), environment);
            assertThatThrownBy(query::next).hasMessageContaining("The test ended the run");
        }
    }

    @Test
    void rowsThatComeAsACollectionAreAccountedFor() {
        TestEnvironment environment = new TestEnvironment();
        try (StoreTransaction transaction = database.begin()) {
            RunningQuery query =
                    database.engine().prepare("CALL words.listed(10000)").start(transaction, Map.of(), environment);
            assertThat(query.next()).isNotNull();
            assertThat(environment.reservedBytes()).isGreaterThanOrEqualTo(10_000 * 2 * 40);
        }
    }

    @Test
    void theyAreListedWithTheirDescriptions() {
        assertThat(single("SHOW FUNCTIONS YIELD name, description WHERE name = 'words.initials' RETURN description"))
                .isEqualTo(Value.of("First letters of all words"));
        assertThat(single("SHOW PROCEDURES YIELD name, description WHERE name = 'words.split' RETURN description"))
                .isEqualTo(Value.of("The words of a text"));
        assertThat(single("CALL dbms.procedures() YIELD name, mode WITH * WHERE name = 'words.store' RETURN mode"))
                .isEqualTo(Value.of("WRITE"));
    }

    /** Each is wrong in one way. */
    @SuppressWarnings("UnusedMethod") // found by reflection
    private static final class Wrong {
        public static final class Nothing implements Extension {}

        public static final class Bare implements Extension {
            @Function(name = "bare")
            public long bare() {
                return 1;
            }
        }

        public static final class Taken implements Extension {
            @Function(name = "duration.between")
            public long between() {
                return 1;
            }
        }

        public static final class Reserved implements Extension {
            @Procedure(name = "db.mine")
            public void mine() {}
        }

        public static final class Unnamed implements Extension {
            @Function(name = "x.y")
            public long of(long number) {
                return number;
            }
        }

        public static final class Strange implements Extension {
            @Function(name = "x.y")
            public long of(@Argument("thread") Thread thread) {
                return thread.threadId();
            }
        }

        public static final class NoRows implements Extension {
            @Procedure(name = "x.y")
            public long of() {
                return 1;
            }
        }

        public static final class NoValue implements Extension {
            @Function(name = "x.y")
            public Thread of() {
                return Thread.currentThread();
            }
        }
    }

    @Test
    void whatCannotBeCalledIsRefusedWhenItIsTakenUp() {
        refused(new Wrong.Nothing(), "has no method with @Procedure or @Function");
        refused(new Wrong.Bare(), "not of the form namespace.name");
        refused(new Wrong.Taken(), "is a name of Skein's own");
        refused(new Wrong.Reserved(), "is a name of Skein's own");
        refused(new Wrong.Unnamed(), "has no @Argument");
        refused(new Wrong.Strange(), "java.lang.Thread, which no value of a query can be");
        refused(new Wrong.NoRows(), "a procedure answers a Stream, Iterator or Iterable of a record, or void");
        refused(new Wrong.NoValue(), "which is no value of a query");
        assertThatThrownBy(() -> ExtensionLibrary.of(List.of(new Words(), new Words())))
                .hasMessageContaining("already, of skein.cypher.extension.Words.");
    }

    private static void refused(Extension extension, String words) {
        assertThatThrownBy(() -> ExtensionLibrary.of(List.of(extension)))
                .isInstanceOfSatisfying(
                        SkeinException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIGURATION))
                .hasMessageContaining(words);
    }
}
