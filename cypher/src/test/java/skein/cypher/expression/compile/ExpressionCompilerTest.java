package skein.cypher.expression.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skein.cypher.expression.Evaluate;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.FakeGraph;
import skein.cypher.expression.FakeRun;
import skein.cypher.expression.FakeScope;
import skein.cypher.syntax.Expression;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.vocabulary.SkeinException;

final class ExpressionCompilerTest {
    private static final FakeGraph GRAPH = FakeGraph.empty()
            .node(1, List.of("A", "B"), Map.of("name", Value.of("one")))
            .node(2, List.of(), Map.of())
            .relationship(7, 1, "T", 2, Map.of("since", Value.of(1999L)))
            .deletedNode(3)
            .deletedRelationship(8);
    private static final Map<String, Value> VARIABLES = Map.of(
            "n", new NodeReference(1),
            "m", new NodeReference(2),
            "r", new RelationshipReference(7),
            "gone", new NodeReference(3),
            "goneToo", new RelationshipReference(8),
            "x", Value.of(5L),
            "missing", Value.NULL);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    NOT null                          | null
                    false AND null                    | false
                    null AND true                     | null
                    null AND false                    | false
                    true OR null                      | true
                    null OR false                     | null
                    true XOR null                     | null
                    true XOR false                    | true
                    false AND 1 / 0 = 1               | false
                    true OR 1 / 0 = 1                 | true
                    null IN []                        | false
                    null IN [1]                       | null
                    1 IN [1, null]                    | true
                    5 IN [1, 2, null]                 | null
                    [1, 2] IN [1, [1, 2]]             | true
                    [1,2] IN [[null, 2]]              | null
                    [1,2] IN [[null, 2], [1, 2]]      | true
                    [1] IN [[1, null]]                | false
                    1 IN null                         | null
                    3 IN [1, 2, 3, 4, 5, 6, 7, 8, 9]  | true
                    3.0 IN [1, 2, 3, 4, 5, 6, 7, 8, 9] | true
                    'a' IN [1, 2, 3, 4, 5, 6, 7, 8, 9] | false
                    null IN [1, 2, 3, 4, 5, 6, 7, 8, 9] | null
                    0.0 / 0.0 IN [1, 2, 3, 4, 5, 6, 7, 8, 9] | false
                    1 < 2 < 3                         | true
                    1 < 3 < 2                         | false
                    1 = 1 = true                      | false
                    1 < null < 0                      | null
                    2 < 1 < null                      | false
                    null = null                       | null
                    null <> null                      | null
                    0.0 / 0.0 <> 1                    | true
                    missing IS NULL                   | true
                    x IS NOT NULL                     | true
                    """)
    void logicHasThreeValues(String expression, String expected) {
        assertThat(Evaluate.text(expression, VARIABLES)).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    1 + 2 * 3          | 7
                    -7 / 2             | -3
                    -7 % 3             | -1
                    7.0 / 2            | 3.5
                    1.0 / 0            | 1 / 0.0
                    2 ^ -1             | 0.5
                    -3 ^ 2             | 9.0
                    4 ^ 3 ^ 2          | 4096.0
                    -x                 | -5
                    +x                 | 5
                    1 + null           | null
                    [1] + null         | null
                    [1] + 2            | [1, 2]
                    2 + [1]            | [2, 1]
                    [1] + [[2]]        | [1, [2]]
                    'a' + 1            | 'a1'
                    1.5 + 'a'          | '1.5a'
                    'a' + 'b'          | 'ab'
                    'a' + true         | 'atrue'
                    [1, 2, 3][-1]      | 3
                    [1, 2, 3][3]       | null
                    [1, 2, 3][-4]      | null
                    [1, 2, 3][null]    | null
                    missing[0]         | null
                    [1, 2, 3][1..]     | [2, 3]
                    [1, 2, 3][..2]     | [1, 2]
                    [1, 2, 3][-2..-1]  | [2]
                    [1, 2, 3][-5..5]   | [1, 2, 3]
                    [1, 2, 3][3..1]    | []
                    [1, 2, 3][null..2] | null
                    [1, 2, 3][1..null] | null
                    missing[0..1]      | null
                    {a: 1}.a           | 1
                    {a: 1}.b           | null
                    {a: 1}['a']        | 1
                    {a: 1}[null]       | null
                    {a: {b: 2}}.a.b    | 2
                    missing.a          | null
                    {a: 1, a: 2}       | {a: 2}
                    'abc' STARTS WITH 'ab' | true
                    'abc' ENDS WITH 'ab'   | false
                    'abc' CONTAINS ''      | true
                    'abc' CONTAINS null    | null
                    1 STARTS WITH 'a'      | null
                    'abc' =~ 'a.c'         | true
                    'abc' =~ 'b'           | false
                    'abc' =~ null          | null
                    'abc' =~ 'a' + '.c'    | true
                    """)
    void operatorsComputeValues(String expression, String expected) {
        assertThat(Evaluate.text(expression, VARIABLES)).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    CASE x WHEN 4 THEN 'a' WHEN 5.0 THEN 'b' END              | 'b'
                    CASE missing WHEN null THEN 1 ELSE 2 END                  | 2
                    CASE WHEN x > 4 THEN 'big' ELSE 'small' END               | 'big'
                    CASE WHEN missing THEN 1 END                              | null
                    CASE WHEN true THEN 1 WHEN 1 / 0 = 0 THEN 2 END           | 1
                    [y IN [1, 2, 3] WHERE y > 1 ¦ y * x]                    | [10, 15]
                    [y IN [1, null, 3] WHERE y > 1]                           | [3]
                    [x IN [1, 2] ¦ x]                                       | [1, 2]
                    [y IN missing ¦ y]                                      | null
                    [y IN [1, 2] ¦ [z IN [y, x] ¦ y * z]]                 | [[1, 5], [4, 10]]
                    all(y IN [] WHERE y > 0)                                  | true
                    all(y IN [1, null] WHERE y > 0)                           | null
                    all(y IN [-1, null] WHERE y > 0)                          | false
                    any(y IN [] WHERE y > 0)                                  | false
                    any(y IN [null, 1] WHERE y > 0)                           | true
                    any(y IN [null, -1] WHERE y > 0)                          | null
                    none(y IN [null, -1] WHERE y > 0)                         | null
                    none(y IN [1, null] WHERE y > 0)                          | false
                    single(y IN [1, -1] WHERE y > 0)                          | true
                    single(y IN [1, null] WHERE y > 0)                        | null
                    single(y IN [1, 2, null] WHERE y > 0)                     | false
                    single(y IN missing WHERE y > 0)                          | null
                    reduce(sum = 0, y IN [1, 2, 3] ¦ sum + y * x)           | 30
                    reduce(sum = 0, y IN missing ¦ sum + y)                 | null
                    reduce(s = '', y IN [[1, 2], [3]] ¦ s + reduce(t = 0, z IN y ¦ t + z)) | '33'
                    n {.name, .none, x, twice: 2 * x}                         | {name: 'one', none: null, x: 5, twice: 10}
                    n {.*, extra: 1}                                          | {name: 'one', extra: 1}
                    missing {.name}                                           | null
                    """)
    void formsWithBranchesAndLocalVariables(String expression, String expected) {
        assertThat(Evaluate.text(expression.replace('¦', '|'), VARIABLES, GRAPH))
                .isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    n.name             | 'one'
                    n.nobodyUsesThis   | null
                    n['name']          | 'one'
                    n['na' + 'me']     | 'one'
                    n[null]            | null
                    r.since            | 1999
                    r['since']         | 1999
                    n:A                | true
                    n:A:B              | true
                    n:A:C              | false
                    m:A                | false
                    r:T                | true
                    r:U                | false
                    missing:A          | null
                    [n][0].name        | 'one'
                    {k: n}.k.name      | 'one'
                    n = n              | true
                    n = m              | false
                    """)
    void entitiesAreReadThroughTheTransaction(String expression, String expected) {
        assertThat(Evaluate.text(expression, VARIABLES, GRAPH)).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    gone.name                  | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    gone.nobodyUsesThis        | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    gone['name']               | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    gone:A                     | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    gone:NobodyUsesThis        | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    goneToo.since              | ENTITY_NOT_FOUND [DeletedEntityAccess]
                    x.name                     | TYPE_ERROR [InvalidArgumentType]
                    x:A                        | TYPE_ERROR [InvalidArgumentType]
                    x[0]                       | TYPE_ERROR [InvalidArgumentType]
                    x[0..1]                    | TYPE_ERROR [InvalidArgumentType]
                    [1][true]                  | TYPE_ERROR [InvalidArgumentType]
                    [1]['a']                   | TYPE_ERROR [InvalidArgumentType]
                    n[1]                       | TYPE_ERROR [MapElementAccessByNonString]
                    {a: 1}[1]                  | TYPE_ERROR [MapElementAccessByNonString]
                    1 IN x                     | TYPE_ERROR [InvalidArgumentType]
                    [y IN x ¦ y]             | TYPE_ERROR [InvalidArgumentType]
                    all(y IN x WHERE true)     | TYPE_ERROR [InvalidArgumentType]
                    reduce(a = 0, y IN x ¦ a) | TYPE_ERROR [InvalidArgumentType]
                    x AND true                 | TYPE_ERROR [InvalidArgumentType]
                    NOT x                      | TYPE_ERROR [InvalidArgumentType]
                    true + x                   | TYPE_ERROR [InvalidArgumentType]
                    {} + x                     | TYPE_ERROR [InvalidArgumentType]
                    'a' + {}                   | TYPE_ERROR [InvalidArgumentType]
                    'a' - 'b'                  | TYPE_ERROR [InvalidArgumentType]
                    -'a'                       | TYPE_ERROR [InvalidArgumentType]
                    9223372036854775807 + 1    | ARITHMETIC_ERROR [IntegerOverflow]
                    -9223372036854775808 - 1   | ARITHMETIC_ERROR [IntegerOverflow]
                    4611686018427387904 * 2    | ARITHMETIC_ERROR [IntegerOverflow]
                    -9223372036854775808 / -1  | ARITHMETIC_ERROR [IntegerOverflow]
                    -(-9223372036854775808)    | ARITHMETIC_ERROR [IntegerOverflow]
                    1 / 0                      | ARITHMETIC_ERROR [DivisionByZero]
                    1 % 0                      | ARITHMETIC_ERROR [DivisionByZero]
                    """)
    void failuresCarryCodeAndDetail(String expression, String expected) {
        assertThat(Evaluate.failure(expression.replace('¦', '|'), VARIABLES, GRAPH))
                .isEqualTo(expected);
    }

    @Test
    void constantsAreComputedOnce() {
        for (String expression : List.of(
                "1 + 2 * 3", "[1, 'a' + 'b']", "{a: -1}.a", "duration('P1D')", "date('2024-01-01')", "abs(-1)")) {
            assertThat(ExpressionCompiler.compile(Evaluate.parse(expression), FakeScope.empty()))
                    .as(expression)
                    .isInstanceOf(Constant.class);
        }
    }

    @Test
    void whatDependsOnARunIsNotComputedOnce() {
        for (String expression : List.of("date()", "rand()", "$p", "range(1, 1000000000)", "datetime.statement()")) {
            assertThat(ExpressionCompiler.compile(Evaluate.parse(expression), FakeScope.empty()))
                    .as(expression)
                    .isNotInstanceOf(Constant.class);
        }
    }

    @Test
    void aConstantThatFailsFailsOnlyWhenItIsReached() {
        assertThat(Evaluate.text("CASE WHEN true THEN 1 ELSE 1 / 0 END")).isEqualTo(Value.of(1L));
    }

    @Test
    void whatAnOperatorHasComputedIsTakenFromItsSlot() {
        FakeScope scope = FakeScope.empty();
        int slot = scope.declareComputed(Evaluate.parse("count(x)"));
        Evaluator evaluator = ExpressionCompiler.compile(Evaluate.parse("count( x ) + 1"), scope);
        Value[] row = new Value[FakeScope.SLOTS];
        row[slot] = Value.of(41L);

        assertThat(evaluator.evaluate(row, new FakeRun(FakeGraph.empty(), scope.names())))
                .isEqualTo(Value.of(42L));
    }

    @Test
    void patternsAreLeftToThePlanner() {
        assertThat(Evaluate.text("[(a)-->(b) | b]")).isEqualTo(Value.of("nested"));
        assertThat(Evaluate.text("COUNT { MATCH (a) }")).isEqualTo(Value.of("nested"));
    }

    @Test
    void parametersComeFromTheRun() {
        FakeScope scope = FakeScope.empty();
        Expression expression = Evaluate.parse("$p.a");
        FakeRun run = new FakeRun(FakeGraph.empty(), scope.names()).with("p", Evaluate.text("{a: 'here'}"));

        assertThat(ExpressionCompiler.compile(expression, scope).evaluate(new Value[0], run))
                .isEqualTo(Value.of("here"));
    }

    @Test
    void aNameIsLookedUpOncePerRun() {
        FakeGraph graph = FakeGraph.empty().node(1, List.of(), Map.of("name", Value.of("one")));
        FakeScope scope = FakeScope.empty();
        int slot = scope.declare("n");
        Evaluator evaluator = ExpressionCompiler.compile(Evaluate.parse("n.name + n.name"), scope);
        FakeRun run = new FakeRun(graph, scope.names());
        Value[] row = new Value[FakeScope.SLOTS];
        row[slot] = new NodeReference(1);

        evaluator.evaluate(row, run);
        evaluator.evaluate(row, run);

        assertThat(graph.nameLookUps()).isEqualTo(1);
    }

    @Test
    void aNameThatTheRunItselfMakesKnownIsFound() {
        FakeGraph graph = FakeGraph.empty().node(1, List.of(), Map.of());
        FakeScope scope = FakeScope.empty();
        int slot = scope.declare("n");
        Evaluator evaluator = ExpressionCompiler.compile(Evaluate.parse("n.late"), scope);
        FakeRun run = new FakeRun(graph, scope.names());
        Value[] row = new Value[FakeScope.SLOTS];
        row[slot] = new NodeReference(1);
        assertThat(evaluator.evaluate(row, run)).isEqualTo(Value.NULL);

        graph.node(1, List.of(), Map.of("late", Value.TRUE));

        assertThat(evaluator.evaluate(row, run)).isEqualTo(Value.TRUE);
    }

    @Test
    void longLoopsEndWithTheirQuery() {
        FakeScope scope = FakeScope.empty();
        Evaluator evaluator = ExpressionCompiler.compile(Evaluate.parse("all(y IN $list WHERE y = 0)"), scope);
        Value zeros = Value.of(Collections.nCopies(5_000, Value.of(0L)));
        FakeRun run = new FakeRun(FakeGraph.empty(), scope.names())
                .with("list", zeros)
                .terminated();

        assertThatThrownBy(() -> evaluator.evaluate(new Value[FakeScope.SLOTS], run))
                .isInstanceOf(SkeinException.class)
                .hasMessage("ended");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reduce(s = 'x', i IN range(1, 30) | s + s)",
                "reduce(s = [1], i IN range(1, 26) | s + s)",
                "size(range(1, 1000000))",
                "replace(reduce(s = 'x', i IN range(1, 12) | s + s), 'x', reduce(s = 'x', i IN range(1, 14) | s + s))"
            })
    void valuesThatGrowLargeAreAccountedForBeforeTheyExhaustTheMemory(String expression) {
        FakeScope scope = FakeScope.empty();
        FakeRun run = new FakeRun(FakeGraph.empty(), scope.names()).refusingMemory();
        Evaluator evaluator = ExpressionCompiler.compile(Evaluate.parse(expression), scope);

        assertThatThrownBy(() -> evaluator.evaluate(new Value[FakeScope.SLOTS], run))
                .isInstanceOf(SkeinException.class)
                .hasMessage("no memory");
    }

    @Test
    void onlyTrueIsTrue() {
        FakeRun run = new FakeRun(FakeGraph.empty(), FakeScope.empty().names());

        assertThat(compiled("1 = 1").isTrue(new Value[0], run)).isTrue();
        assertThat(compiled("null").isTrue(new Value[0], run)).isFalse();
        assertThat(compiled("1").isTrue(new Value[0], run)).isFalse();
    }

    private static Evaluator compiled(String expression) {
        return ExpressionCompiler.compile(Evaluate.parse(expression), FakeScope.empty());
    }
}
