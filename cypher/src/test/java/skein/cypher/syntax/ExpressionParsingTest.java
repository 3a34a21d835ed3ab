package skein.cypher.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skein.cypher.syntax.ParsedQueries.expression;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.syntax.Expression.Variable;

class ExpressionParsingTest {
    /** The left column is read as if it had the parentheses of the right one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a OR b XOR c | a OR (b XOR c)",
                "a XOR b AND c | a XOR (b AND c)",
                "NOT a AND b | (NOT a) AND b",
                "NOT a = b | NOT (a = b)",
                "NOT NOT a | NOT (NOT a)",
                "a = b AND c = d | (a = b) AND (c = d)",
                "a = b IN c | a = (b IN c)",
                "a = b IS NULL | a = (b IS NULL)",
                "a + b IN c | (a + b) IN c",
                "a IN b + c | a IN (b + c)",
                "a STARTS WITH b + c | a STARTS WITH (b + c)",
                "a IN b IS NULL | (a IN b) IS NULL",
                "a IS NULL = b | (a IS NULL) = b",
                "a + b * c | a + (b * c)",
                "a - b - c | (a - b) - c",
                "a / b * c % d | ((a / b) * c) % d",
                "a * b ^ c | a * (b ^ c)",
                "a ^ b ^ c | (a ^ b) ^ c",
                "-a ^ b | (-a) ^ b",
                "a ^ -b | a ^ (-b)",
                "-a.b | -(a.b)",
                "a.b[c].d | ((a.b)[c]).d",
                "a.b:C | (a.b):C",
                "a - -b | a - (-b)",
                "a < b + c | a < (b + c)",
                "a =~ b AND c | (a =~ b) AND c"
            })
    void bindsOperatorsAsTightlyAsOpenCypher(String text, String meaning) {
        assertThat(expression(text)).isEqualTo(expression(meaning));
    }

    @Test
    void keepsAComparisonChainTogether() {
        assertThat(expression("a < b <= c"))
                .isInstanceOfSatisfying(
                        Expression.Comparison.class,
                        chain -> assertThat(chain.links()).hasSize(2));
        assertThat(expression("(a < b) <= c"))
                .isInstanceOfSatisfying(
                        Expression.Comparison.class,
                        chain -> assertThat(chain.links()).hasSize(1));
    }

    @Test
    void balancesLongConditions() {
        Expression and = expression("a AND b AND c AND d");
        assertThat(and).isEqualTo(expression("(a AND b) AND (c AND d)"));
        assertThat(expression("a OR b OR c")).isEqualTo(expression("(a OR b) OR c"));
    }

    @Test
    void gathersLabels() {
        assertThat(expression("n:A:B"))
                .isEqualTo(new Expression.LabelPredicate(
                        new Variable("n", Span.NOWHERE), List.of("A", "B"), Span.NOWHERE));
    }

    @Test
    void tellsTheKindsOfSquareBracketsApart() {
        assertThat(expression("[]")).isInstanceOf(Expression.ListLiteral.class);
        assertThat(expression("[x IN y]")).isInstanceOf(Expression.ListComprehension.class);
        assertThat(expression("[x IN y WHERE x]")).isInstanceOf(Expression.ListComprehension.class);
        assertThat(expression("[x IN y | x]")).isInstanceOf(Expression.ListComprehension.class);
        assertThat(expression("[x IN y, z]")).isInstanceOf(Expression.ListLiteral.class);
        assertThat(expression("[(x) IN y]")).isInstanceOf(Expression.ListLiteral.class);
        assertThat(expression("[1 IN y]")).isInstanceOf(Expression.ListLiteral.class);
        assertThat(expression("[(a)-->(b) | b]")).isInstanceOf(Expression.PatternComprehension.class);
        assertThat(expression("[p = (a)-->(b) WHERE a.x | p]"))
                .isInstanceOfSatisfying(
                        Expression.PatternComprehension.class,
                        pattern -> assertThat(pattern.pattern().name()).contains(new Variable("p", Span.NOWHERE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1 | 2]", "[x | x]", "[x WHERE x]", "[(a)-->(b) WHERE a.x]", "[(a) | a]", "[, ]", "[1,]"})
    void refusesBracketsThatAreNoneOfThem(String text) {
        assertThatThrownBy(() -> expression(text)).hasMessageContaining("[UnexpectedSyntax]");
    }

    /** What stands behind a closing parenthesis decides whether it closes a node or a value. */
    @Test
    void tellsPatternsFromParentheses() {
        assertThat(expression("(a)-->(b)")).isInstanceOf(Expression.PatternPredicate.class);
        assertThat(expression("(a)<--(b)")).isInstanceOf(Expression.PatternPredicate.class);
        assertThat(expression("(a)--(b)")).isInstanceOf(Expression.PatternPredicate.class);
        assertThat(expression("(a) - [r] - (b)")).isInstanceOf(Expression.PatternPredicate.class);
        assertThat(expression("(a {x: (1)})<-[:T]-()")).isInstanceOf(Expression.PatternPredicate.class);
        assertThat(expression("((a)-->(b))")).isInstanceOf(Expression.PatternPredicate.class);
        assertThat(expression("(:A)-->()")).isInstanceOf(Expression.PatternPredicate.class);
        assertThat(expression("(a)-1")).isInstanceOf(Expression.Binary.class);
        assertThat(expression("(a) - (b)")).isInstanceOf(Expression.Binary.class);
        assertThat(expression("(a + 1)--(b)")).isInstanceOf(Expression.Binary.class);
        assertThat(expression("(a) <-1")).isInstanceOf(Expression.Comparison.class);
        assertThat(expression("(a) < - 1")).isInstanceOf(Expression.Comparison.class);
        assertThat(expression("f(a)--(b)")).isInstanceOf(Expression.Binary.class);
        assertThat(expression("count(a)--(b)")).isInstanceOf(Expression.Binary.class);
    }

    @Test
    void readsOlderSpellingsAsWhatTheyMean() {
        assertThat(expression("exists(n.x)")).isEqualTo(expression("n.x IS NOT NULL"));
        assertThat(expression("exists((n)-->())")).isEqualTo(expression("EXISTS { (n)-->() }"));
        assertThat(expression("extract(x IN l | x.a)")).isEqualTo(expression("[x IN l | x.a]"));
        assertThat(expression("filter(x IN l WHERE x.a)")).isEqualTo(expression("[x IN l WHERE x.a]"));
        assertThat(expression("1 != 2")).isEqualTo(expression("1 <> 2"));
    }

    @Test
    void keepsFunctionNamesAsWritten() {
        assertThat(expression("duration.inSeconds(a, b)"))
                .isEqualTo(new Expression.FunctionCall(
                        "duration.inSeconds",
                        false,
                        List.of(new Variable("a", Span.NOWHERE), new Variable("b", Span.NOWHERE)),
                        Span.NOWHERE));
        assertThat(expression("coUnt(DISTINCT a)"))
                .isEqualTo(new Expression.FunctionCall(
                        "coUnt", true, List.of(new Variable("a", Span.NOWHERE)), Span.NOWHERE));
        assertThat(expression("count( * )")).isEqualTo(new Expression.CountStar(Span.NOWHERE));
    }

    @Test
    void tellsSubqueriesFromMapProjections() {
        assertThat(expression("exists { match: 1 }")).isInstanceOf(Expression.MapProjection.class);
        assertThat(expression("EXISTS { MATCH (n) }")).isInstanceOf(Expression.ExistsSubquery.class);
        assertThat(expression("count { .a, b, c: 1, .* }"))
                .isInstanceOfSatisfying(
                        Expression.MapProjection.class,
                        projection -> assertThat(projection.items()).hasSize(4));
        assertThat(expression("COUNT { (n)-->() WHERE n.x }")).isInstanceOf(Expression.CountSubquery.class);
        assertThat(expression("collect { MATCH (n) RETURN n }")).isInstanceOf(Expression.CollectSubquery.class);
    }

    @Test
    void readsParameters() {
        assertThat(expression("$0")).isEqualTo(new Expression.Parameter("0", Span.NOWHERE));
        assertThat(expression("$`a b`")).isEqualTo(new Expression.Parameter("a b", Span.NOWHERE));
        assertThat(expression("$match.x")).isInstanceOf(Expression.PropertyAccess.class);
    }

    @Test
    void spansPointIntoTheText() {
        String text = "RETURN '\uD83D\uDE00' AS x,\n  1 + two.three";
        Clause.Return result = (Clause.Return) ParsedQueries.clause(text);
        Span span = result.projection().items().get(1).expression().span();

        assertThat(text.substring(span.start(), span.end())).isEqualTo("1 + two.three");
        assertThat(span.line()).isEqualTo(2);
        assertThat(span.column()).isEqualTo(3);
    }
}
