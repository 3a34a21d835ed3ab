package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skein.cypher.check.SemanticCheck;

/** No word of the language is taken away from users. */
class KeywordNamesTest {
    /** Words that open or join expressions; as a variable they need backticks. */
    private static final Set<String> NEVER_VARIABLES =
            Set.of("CASE", "DISTINCT", "FALSE", "NOT", "NULL", "TRUE", "WHEN");

    static Stream<String> keywords() {
        return QueryTokens.keywords();
    }

    static Stream<String> variables() {
        return keywords().filter(word -> !NEVER_VARIABLES.contains(word));
    }

    @Test
    void knowsAllItsKeywords() {
        assertThat(keywords())
                .contains("ABORTING", "MATCH", "SKIP", "STRICT_SYNC", "YIELD")
                .hasSizeGreaterThan(200);
        assertThat(keywords()).allMatch(word -> word.matches("[A-Z_]+")).isSorted();
    }

    @ParameterizedTest
    @MethodSource("keywords")
    void everyKeywordIsALabelATypeAndAKey(String word) {
        accepts(
                "MATCH (n:%1$s {%1$s: 1})-[r:%1$s {%1$s: 2}]->(m:A:%1$s) WHERE n.%1$s = 1 AND n:%1$s "
                        + "SET n.%1$s = {%1$s: 3}, n:%1$s REMOVE m.%1$s, m:%1$s RETURN n.%1$s, n {.%1$s}, $%1$s",
                word);
    }

    @ParameterizedTest
    @MethodSource("variables")
    void nearlyEveryKeywordIsAVariable(String word) {
        accepts(
                "MATCH (%1$s)-->() WHERE %1$s.x = 1 AND (%1$s)--() WITH %1$s ORDER BY %1$s.x SKIP 1 LIMIT 2 "
                        + "RETURN %1$s, %1$s.x + 1, [%1$s IN [1] | %1$s], {a: %1$s} AS %1$s_",
                word);
        accepts("UNWIND [1] AS %1$s RETURN %1$s AS x", word);
        accepts("RETURN 1 AS %1$s ORDER BY %1$s DESC", word);
        accepts("MATCH %1$s = ()-->() RETURN %1$s", word);
    }

    @ParameterizedTest
    @MethodSource("keywords")
    void everyKeywordIsAVariableInBackticks(String word) {
        accepts("MATCH (`%1$s`) RETURN `%1$s`.x", word);
    }

    @ParameterizedTest
    @MethodSource("keywords")
    void everyKeywordIsAPartOfAProcedureName(String word) {
        assertThat(CypherParser.parse("CALL db." + word + ".list() YIELD x RETURN x"))
                .isInstanceOf(Statement.Data.class);
        assertThat(CypherParser.parse("CALL db.list() YIELD " + word + " AS x RETURN x"))
                .isInstanceOf(Statement.Data.class);
    }

    @ParameterizedTest
    @MethodSource("keywords")
    void everyKeywordIsAPartOfAFunctionName(String word) {
        assertThat(ParsedQueries.expression("my." + word + ".f(1)"))
                .isEqualTo(new Expression.FunctionCall(
                        "my." + word + ".f",
                        false,
                        List.of(new Expression.IntegerLiteral(1, Span.NOWHERE)),
                        Span.NOWHERE));
    }

    @Test
    void letsNamesStandWhereTheLanguageHasTheSameWord() {
        accepts("MATCH (start)-[end:END]->(order:Order) WHERE start.end = order.start RETURN start, end, order");
        accepts("WITH true AS case_, 1 AS end RETURN CASE WHEN case_ THEN end ELSE end END AS end");
        accepts("WITH [1] AS all, 1 AS in RETURN all(any IN all WHERE any = in) AS all");
        accepts("MATCH (count) RETURN count(count) AS count, count(*) AS `count(*)`");
        accepts("MATCH (exists {x: 1}) WHERE exists(exists.x) RETURN exists {.x}, exists.x");
    }

    private static void accepts(String pattern, String word) {
        accepts(pattern.formatted(word));
        accepts(pattern.formatted(word.toLowerCase(Locale.ROOT)));
    }

    private static void accepts(String text) {
        Statement statement = CypherParser.parse(text);
        assertThat(statement).as(text).isInstanceOf(Statement.Data.class);
        SemanticCheck.check(statement, text);
    }
}
