package skein.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.tck.Scenario.Step;
import skein.tck.TckGraph.Failure;
import skein.tck.TckGraph.Rows;

/** The runner passes what is right and, above all, fails what is wrong. */
class ScenarioRunTest {
    private static final String QUERY = "the query";
    private static final Failure SYNTAX_ERROR =
            new Failure("Neo.ClientError.Statement.SyntaxError", "no such name [UndefinedVariable]");
    private static final Rows NOTHING = new Rows(List.of(), List.of());

    @Test
    void rowsMayComeInAnyOrderUnlessTheScenarioSaysInOrder() {
        Rows answer = rows("x", Value.of(1), Value.of(2));
        assertPasses(answer, result("the result should be, in any order", "x", "2", "1"));
        assertFails(answer, "rows", result("the result should be, in order", "x", "2", "1"));
        assertPasses(answer, result("the result should be, in order", "x", "1", "2"));
    }

    @Test
    void rowsAreABagAndNotASet() {
        Rows answer = rows("x", Value.of(1), Value.of(1), Value.of(2));
        assertFails(answer, "rows", result("the result should be, in any order", "x", "1", "2", "2"));
        assertFails(answer, "rows", result("the result should be, in any order", "x", "1", "2"));
        assertFails(answer, "rows", result("the result should be, in any order", "x", "1", "1", "2", "2"));
    }

    @Test
    void elementsOfListsKeepTheirOrderUnlessTheScenarioIgnoresIt() {
        Rows answer = rows("x", Value.of(List.of(Value.of(2), Value.of(1))));
        assertFails(answer, "rows", result("the result should be, in any order", "x", "[1, 2]"));
        assertPasses(
                answer, result("the result should be, in any order (ignoring element order for lists)", "x", "[1, 2]"));
        assertFails(
                answer,
                "rows",
                result("the result should be, in any order (ignoring element order for lists)", "x", "[1, 2, 2]"));
    }

    @Test
    void columnsAreComparedByNameAndOrder() {
        assertFails(rows("x", Value.of(1)), "columns", result("the result should be, in any order", "y", "1"));
        assertFails(NOTHING, "columns", result("the result should be, in any order", "x", "1"));
    }

    @Test
    void noRowsMeansNone() {
        assertPasses(NOTHING, step("the result should be empty"));
        assertFails(rows("x", Value.NULL), "no rows expected", step("the result should be empty"));
    }

    @Test
    void aFailureThatNobodyAskedForFails() {
        assertFails(SYNTAX_ERROR, "unexpected failure", step("the result should be empty"));
        assertFails(SYNTAX_ERROR, "unexpected failure", step("no side effects"));
        assertFails(SYNTAX_ERROR, "unexpected failure");
    }

    @Test
    void anErrorHasToComeAndToBeTheClients() {
        Step expected = step("a SyntaxError should be raised at compile time: UndefinedVariable");
        assertPasses(SYNTAX_ERROR, expected);
        assertFails(rows("x", Value.of(1)), "but the query returned", expected);
        assertFails(new Failure("Neo.DatabaseError.General.UnknownError", "oops"), "a client error", expected);
    }

    @Test
    void anErrorLeavesNoSideEffects() {
        Step expected = step("a SyntaxError should be raised at compile time: UndefinedVariable");
        ScriptedGraph graph = new ScriptedGraph()
                .answering(QUERY, SYNTAX_ERROR)
                .answering(ScriptedGraph.READ_NODES, rows("n", node(1, 0)));
        assertThat(play(graph, expected).problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("side effects {} expected, got {+labels=1, +nodes=1, +properties=1}"));
    }

    @Test
    void howNearAnErrorComesIsNoted() {
        Step expected = step("a TypeError should be raised at compile time: InvalidArgumentType");
        RaisedError late = play(new ScriptedGraph().answering(QUERY, SYNTAX_ERROR), expected)
                .error()
                .orElseThrow();
        assertThat(late.hasExactClass()).isFalse();
        assertThat(late.hasExactPhase()).isFalse();
        assertThat(late.namesDetail()).isFalse();

        Failure exact = new Failure("Neo.ClientError.Statement.TypeError", "no number [InvalidArgumentType]");
        RaisedError early = play(
                        new ScriptedGraph().answering(QUERY, exact).answering("EXPLAIN " + QUERY, exact), expected)
                .error()
                .orElseThrow();
        assertThat(early.hasExactClass()).isTrue();
        assertThat(early.hasExactPhase()).isTrue();
        assertThat(early.namesDetail()).isTrue();
    }

    @Test
    void sideEffectsAreWhatTheGraphShowsBeforeAndAfter() {
        Step expected = new Step(
                "the side effects should be",
                Optional.empty(),
                List.of(List.of("+properties", "1"), List.of("-properties", "1"), List.of("+nodes", "0")));
        assertThat(play(graphThatChanges(0, 7), prepared(), query(), expected).problem())
                .isEmpty();
        assertThat(play(graphThatChanges(0, 0), prepared(), query(), expected).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("expected, got {}"));
        assertThat(play(graphThatChanges(0, 7), prepared(), query(), step("no side effects"))
                        .problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("side effects {} expected"));
    }

    @Test
    void everyScenarioBeginsWithAnEmptyGraph() {
        ScriptedGraph graph = new ScriptedGraph();
        play(graph, step("any graph"));
        assertThat(graph.asked()).containsExactly("MATCH (n) DETACH DELETE n", QUERY);
    }

    @Test
    void whatTheRunnerDoesNotKnowFails() {
        assertFails(NOTHING, "does not know the step", step("the result should be nice"));
        assertFails(
                rows("x", Value.NULL),
                "cannot read the expected value",
                result("the result should be, in any order", "x", "one"));
        assertFails(NOTHING, "cannot be given procedures", step("there exists a procedure a.b() :: (x :: INTEGER?)"));
    }

    @Test
    void theReportCountsBoth() {
        Scenario right = scenario("right", query(), step("the result should be empty"));
        Scenario wrong = scenario("wrong", query(), step("a TypeError should be raised at runtime: *"));
        Scenario inexact = scenario(
                "inexact",
                step("having executed", "setup"),
                step("executing query", "fail"),
                step("a TypeError should be raised at runtime: *"));
        TckReport report =
                TckReport.of(List.of(right, wrong, inexact), new ScriptedGraph().answering("fail", SYNTAX_ERROR));
        assertThat(report.summary()).isEqualTo("openCypher TCK: 2 passed, 1 failed (error class exact: 0 of 2)");
        assertThat(report.failures()).containsOnlyKeys("a.feature :: wrong");
        assertThat(report.errorsAgainst(RaisedError::hasExactClass)).containsOnlyKeys("a.feature :: inexact");
        assertThat(report.errorsAgainst(RaisedError::hasExactPhase)).isEmpty();
    }

    private static ScriptedGraph graphThatChanges(long from, long to) {
        return new ScriptedGraph()
                .answering(ScriptedGraph.READ_NODES, rows("n", node(1, from)), rows("n", node(1, to)));
    }

    private static Value node(long id, long x) {
        return new NodeValue(id, List.of("A"), new MapValue(Map.of("x", Value.of(x))));
    }

    private static Rows rows(String column, Value... values) {
        return new Rows(List.of(column), Arrays.stream(values).map(List::of).toList());
    }

    private static Step prepared() {
        return step("having executed", "CREATE (:A {x: 0})");
    }

    private static Step query() {
        return step("executing query", QUERY);
    }

    private static Step step(String text) {
        return new Step(text, Optional.empty(), List.of());
    }

    private static Step step(String text, String document) {
        return new Step(text, Optional.of(document), List.of());
    }

    private static Step result(String text, String... cells) {
        return new Step(
                text, Optional.empty(), Arrays.stream(cells).map(List::of).toList());
    }

    private static Scenario scenario(String name, Step... steps) {
        return new Scenario("a.feature", name, List.of(steps), List.of());
    }

    private static Outcome play(ScriptedGraph graph, Step... steps) {
        List<Step> all = new ArrayList<>(List.of(steps));
        if (!all.contains(query())) {
            all.addFirst(query());
        }
        return ScenarioRun.of(new Scenario("a.feature", "a", all, List.of()), graph);
    }

    private static void assertPasses(TckGraph.Answer answer, Step... checks) {
        assertThat(play(new ScriptedGraph().answering(QUERY, answer), checks).problem())
                .isEmpty();
    }

    private static void assertFails(TckGraph.Answer answer, String because, Step... checks) {
        assertThat(play(new ScriptedGraph().answering(QUERY, answer), checks).problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains(because));
    }
}
