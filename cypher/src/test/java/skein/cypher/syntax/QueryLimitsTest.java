package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.check.SemanticCheck;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** However long or deep a query is, it is answered soon, and with half of a default stack. */
class QueryLimitsTest {
    private static final int SMALL_STACK_BYTES = 512 * 1024;
    private static final int LONG_QUERY = 64 * 1024;
    /** Of the processor, so that a machine that does other things as well is not the measure. */
    private static final Duration PROCESSOR_TIME_MAX = Duration.ofSeconds(1);

    /** Loads classes and tables, which no query pays for but the first. */
    @BeforeAll
    static void read() {
        assertAccepted("MATCH (n)-[r]->() WHERE n.x = 1 RETURN {a: [1, 'b']}, r");
    }

    @ParameterizedTest
    @CsvSource({
        "'(', ')'",
        "'[', ']'",
        "'{a: ', '}'",
        "'abs(', ')'",
        "'NOT ', ''",
        "'- ', ''",
        "'CASE WHEN true THEN ', ' END'",
        "'CASE ', ' WHEN 1 THEN 2 END'",
        "'[x IN [1] | ', ']'",
        "'[x IN ', ']'",
        "'any(x IN [1] WHERE ', ')'",
        "'reduce(a = 1, x IN [1] | ', ')'",
        "'EXISTS { MATCH (n) WHERE ', '}'",
        "'COUNT { (n) WHERE ', '}'",
        "'[(n)-->() WHERE ', '| 1]'",
        "'(n {a: ', '})-->()'",
        "'(n)-[{a: ', '}]->()'",
        "'$a[', ']'",
        "'[1][', '..]'",
        "'n {a: ', '}'"
    })
    void refusesTenThousandLevelsWithASyntaxError(String open, String close) {
        assertRefused("RETURN " + open.repeat(10_000) + "1" + close.repeat(10_000));
        assertRefused("RETURN " + open.repeat(10_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {" + 1", " - 1", " * 1", " ^ 1", " IN [1]", "[0]", ".a", " IS NULL", " STARTS WITH 'a'"})
    void refusesEndlessChainsWithASyntaxError(String operator) {
        assertRefused("RETURN 1" + operator.repeat(10_000));
    }

    @ParameterizedTest
    @CsvSource({"'(', ')'", "'[', ']'", "'{a: ', '}'", "'abs(', ')'", "'coalesce(1, ', ')'", "'n {a: ', '}'"})
    void readsAndChecksOneHundredAndNinetyLevels(String open, String close) {
        assertAccepted("MATCH (n) RETURN " + open.repeat(190) + "1" + close.repeat(190));
    }

    @Test
    void readsNestedSubqueriesAndClauses() {
        assertAccepted(
                "MATCH (n) WHERE " + "EXISTS { MATCH (n) WHERE ".repeat(30) + "true" + "}".repeat(30) + " RETURN n");
        assertAccepted("CALL { ".repeat(30) + "RETURN 1 AS x" + " } RETURN x".repeat(30));
        assertAccepted(IntStream.range(0, 30)
                        .mapToObj(i -> "FOREACH (x" + i + " IN [1] | ")
                        .collect(Collectors.joining())
                + "CREATE ()" + ")".repeat(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {" OR n.x = 1", " AND n.x = 1", " XOR n.x = 1", " < 1"})
    void readsEndlessChainsOfConditions(String operator) {
        assertAccepted("MATCH (n) WHERE n.x = 1" + operator.repeat(LONG_QUERY / operator.length()) + " RETURN n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id: 1, name: 'Alice', tags: ['a', 'b']},",
                "[[1, 2], [3, [4]]],",
                "1,",
                "'text',",
                "-1.5e3,",
                "coalesce(1, 2),",
                "all(x IN [1] WHERE x > 0),",
                "CASE 1 WHEN 1 THEN 2 ELSE 3 END,",
                "((1 + 2) * (3 - 4)),",
                "[x IN [1, 2] WHERE x > 1 | x * 2],"
            })
    void reads64KibibytesOfValuesInASecond(String value) {
        assertQuick("RETURN [" + value.repeat(LONG_QUERY / value.length()) + "1] AS list");
    }

    @Test
    void reads64KibibytesOfPatternsInASecond() {
        String nodes = IntStream.range(0, 1_800)
                .mapToObj(i -> "(n" + i + ":Person {name: 'x" + i + "'})")
                .collect(Collectors.joining(", "));
        assertQuick("CREATE " + nodes);
        assertQuick("MATCH (a)" + "-[:T]->()".repeat(LONG_QUERY / 9) + " RETURN a");
        assertQuick("MATCH (a) WHERE (a)-->()" + " OR (a)-[:T {x: 1}]->(:B)".repeat(LONG_QUERY / 25) + " RETURN a");
        assertQuick("MATCH (n) " + "WITH n ".repeat(LONG_QUERY / 7) + "RETURN n");
        assertQuick("RETURN 1 AS x" + " UNION ALL RETURN 1 AS x".repeat(LONG_QUERY / 24));
    }

    @Test
    void findsAnErrorAtTheEndOf64KibibytesInASecond() {
        String text = "MATCH (n) WHERE n.x = 1" + " OR n.x = 1".repeat(LONG_QUERY / 11) + " RETRUN n";
        assertQuick(
                () -> assertThatThrownBy(() -> CypherParser.parse(text)).hasMessageContaining("Did you mean RETURN?"));
    }

    @Test
    void readsNoMoreThanOneMebibyte() {
        assertThat(CypherParser.parse("RETURN 1" + " ".repeat(QueryLimits.STANDARD.lengthMax() - 8)))
                .isNotNull();
        assertThatThrownBy(() -> CypherParser.parse("RETURN 1" + " ".repeat(QueryLimits.STANDARD.lengthMax() - 7)))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
                .hasMessageContaining("1048577 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN [%s1]|1,",
                "RETURN 1%s|+1",
                "RETURN {%sz: 1}|a: 1,",
                "MATCH (a)%s RETURN a|-->()",
                "MATCH (a) %sRETURN a|WITH a ",
                "RETURN%s 1| NOT"
            })
    void buildsNoMoreThanAllowed(String shape) {
        String[] parts = shape.split("\\|", -1);
        QueryLimits limits = new QueryLimits(1 << 20, 200, 60);
        assertThat(CypherParser.parse(parts[0].formatted(parts[1].repeat(20)), limits))
                .isNotNull();
        assertThatThrownBy(() -> CypherParser.parse(parts[0].formatted(parts[1].repeat(70)), limits))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED))
                .hasMessageContaining("the 60 clauses, patterns and expressions");
    }

    @Test
    void bracketsNestAsDeepAsAllowed() {
        QueryLimits limits = new QueryLimits(1000, 10, 1000);
        assertThat(CypherParser.parse("RETURN " + "[".repeat(10) + "]".repeat(10), limits))
                .isNotNull();
        assertThatThrownBy(() -> CypherParser.parse("RETURN " + "[".repeat(11) + "]".repeat(11), limits))
                .hasMessageContaining("deeper than 10 levels");
    }

    private static void assertRefused(String text) {
        onSmallStack(() -> assertThatThrownBy(() -> CypherParser.parse(text))
                .isInstanceOfSatisfying(
                        SkeinException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR)));
    }

    private static void assertAccepted(String text) {
        onSmallStack(() -> SemanticCheck.check(CypherParser.parse(text), text));
    }

    private static void assertQuick(String text) {
        assertQuick(() -> SemanticCheck.check(CypherParser.parse(text), text));
    }

    private static void assertQuick(Runnable reading) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        reading.run();
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - start)).isLessThan(PROCESSOR_TIME_MAX);
    }

    private static void onSmallStack(ThrowingCallable action) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        action.call();
                    } catch (Throwable thrown) {
                        failure.set(thrown);
                    }
                },
                "small stack",
                SMALL_STACK_BYTES);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        assertThat(failure.get()).isNull();
    }
}
