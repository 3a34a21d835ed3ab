package skein.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.tck.Scenario.Step;
import skein.tck.TckGraph.Answer;
import skein.tck.TckGraph.Failure;
import skein.tck.TckGraph.Rows;

/** Plays one scenario, step by step. */
final class ScenarioRun {
    private static final Pattern RESULT = Pattern.compile(
            "the result should be(?:, (in order|in any order))?( \\(ignoring element order for lists\\))?");
    private static final Pattern NAMED_GRAPH = Pattern.compile("the (\\S+) graph");

    private final TckGraph graph;
    private final Map<String, Value> parameters = new HashMap<>();
    private final List<DeclaredProcedure> procedures = new ArrayList<>();

    /** What the graph is known to hold, so that it need not be read; null when unknown. */
    private @Nullable GraphContent known = GraphContent.empty();

    private GraphContent before = GraphContent.empty();
    private String query = "";
    private Answer answer = new Rows(List.of(), List.of());
    private Optional<RaisedError> error = Optional.empty();

    private ScenarioRun(TckGraph graph) {
        this.graph = graph;
    }

    /** Plays the scenario on a graph that may hold anything. */
    static Outcome of(Scenario scenario, TckGraph graph) {
        ScenarioRun run = new ScenarioRun(graph);
        try {
            run.begin();
            scenario.steps().forEach(run::perform);
            run.rows();
            return new Outcome(Optional.empty(), run.error);
        } catch (Mismatch | IllegalArgumentException e) {
            return new Outcome(Optional.of(String.valueOf(e.getMessage())), run.error);
        }
    }

    private void begin() {
        if (graph instanceof TckGraph.WithProcedures host) {
            host.declare(List.of());
        }
        prepare("MATCH (n) DETACH DELETE n");
        known = GraphContent.empty();
    }

    private void perform(Step step) {
        switch (step.text()) {
            case "an empty graph", "any graph" -> {
                // every scenario begins with an empty one
            }
            case "having executed" -> prepare(document(step));
            case "parameters are" ->
                step.table().forEach(row -> parameters.put(row.getFirst(), ExpectedValue.read(row.get(1))));
            case "executing query", "executing control query" -> execute(document(step));
            case "the result should be empty" -> checkNoRows();
            case "no side effects" -> checkSideEffects(Map.of());
            case "the side effects should be" -> checkSideEffects(counts(step.table()));
            default -> performWithWords(step);
        }
    }

    private void performWithWords(Step step) {
        Optional<ExpectedError> expected = ExpectedError.in(step.text());
        Matcher result = RESULT.matcher(step.text());
        Matcher named = NAMED_GRAPH.matcher(step.text());
        if (expected.isPresent()) {
            checkFailure(expected.get());
        } else if (result.matches()) {
            checkResult(step.table(), "in order".equals(result.group(1)), result.group(2) != null);
        } else if (named.matches()) {
            prepare(namedGraph(named.group(1)));
        } else if (DeclaredProcedure.isDeclaration(step.text())) {
            declare(DeclaredProcedure.of(step));
        } else {
            throw new Mismatch("the runner does not know the step: " + step.text());
        }
    }

    private static String document(Step step) {
        return step.document().orElseThrow(() -> new Mismatch("no text below the step: " + step.text()));
    }

    private static String namedGraph(String name) {
        String resource = "/graphs/" + name + "/" + name + ".cypher";
        try (InputStream stream = ScenarioRun.class.getResourceAsStream(resource)) {
            Mismatch.unless(stream != null, "the TCK has no graph " + name);
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void declare(DeclaredProcedure procedure) {
        procedures.add(procedure);
        switch (graph) {
            case TckGraph.WithProcedures host -> host.declare(procedures);
            default -> throw new Mismatch("this database cannot be given procedures");
        }
    }

    private void prepare(String statement) {
        if (graph.run(statement, parameters) instanceof Failure failure) {
            throw new Mismatch("cannot prepare the graph: " + failure);
        }
        known = null;
    }

    private void execute(String statement) {
        rows();
        before = known == null ? GraphContent.read(graph) : known;
        query = statement;
        answer = graph.run(statement, parameters);
        known = null;
    }

    private Rows rows() {
        return switch (answer) {
            case Rows rows -> rows;
            case Failure failure -> throw new Mismatch("unexpected failure: " + failure);
        };
    }

    private void checkNoRows() {
        Mismatch.unless(rows().rows().isEmpty(), "no rows expected, got " + texts(rows().rows(), false));
    }

    private void checkResult(List<List<String>> table, boolean ordered, boolean listsAreBags) {
        List<String> columns = table.getFirst();
        Mismatch.unless(rows().columns().equals(columns), "columns " + columns + " expected, got " + rows().columns());
        List<List<Value>> expectedRows = table.stream()
                .skip(1)
                .map(row -> row.stream().map(ExpectedValue::read).toList())
                .toList();
        List<String> expected = texts(expectedRows, listsAreBags);
        List<String> actual = texts(rows().rows(), listsAreBags);
        if (!ordered) {
            expected.sort(null);
            actual.sort(null);
        }
        Mismatch.unless(expected.equals(actual), "rows " + expected + " expected, got " + actual);
    }

    private static List<String> texts(List<List<Value>> rows, boolean listsAreBags) {
        CanonicalText text = new CanonicalText(listsAreBags);
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.stream().map(text::of).toList().toString()));
        return texts;
    }

    private static Map<String, Integer> counts(List<List<String>> table) {
        Map<String, Integer> counts = new TreeMap<>();
        table.forEach(row -> counts.put(row.getFirst(), Integer.valueOf(row.get(1))));
        counts.values().removeIf(count -> count == 0);
        return counts;
    }

    private void checkSideEffects(Map<String, Integer> expected) {
        rows();
        GraphContent after = GraphContent.read(graph);
        known = after;
        Map<String, Integer> actual = before.changesTo(after);
        Mismatch.unless(expected.equals(actual), "side effects " + expected + " expected, got " + actual);
    }

    /** Any client error will do, and it must have changed nothing; how near it comes is noted. */
    private void checkFailure(ExpectedError expected) {
        if (!(answer instanceof Failure failure)) {
            throw new Mismatch(expected + " expected, but the query returned " + texts(rows().rows(), false));
        }
        boolean early = graph.run("EXPLAIN " + query, parameters) instanceof Failure;
        error = Optional.of(new RaisedError(expected, failure, early));
        Mismatch.unless(failure.status().contains(".ClientError."), "a client error expected, got " + failure);
        answer = new Rows(List.of(), List.of());
        checkSideEffects(Map.of());
    }
}
