package skein.tck;

import java.io.IOException;
import java.io.InputStream;
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
import org.neo4j.driver.Record;
import org.neo4j.driver.Result;
import org.neo4j.driver.Session;
import org.neo4j.driver.exceptions.Neo4jException;
import skein.tck.Scenario.Step;

/** One scenario against one session; answers why it failed, or nothing. */
final class ScenarioRun {
    private static final Pattern ERROR =
            Pattern.compile("an? (\\w+) should be raised at (compile time|runtime|any time):? ?(.*)");
    private static final Pattern RESULT = Pattern.compile(
            "the result should be(?:, (in order|in any order))?( \\(ignoring element order for lists\\))?");
    private static final Pattern NAMED_GRAPH = Pattern.compile("the (\\S+) graph");

    private final Session session;
    private final Map<String, Object> parameters = new HashMap<>();
    private @Nullable GraphContent before;
    private @Nullable Neo4jException failure;
    private List<String> columns = List.of();
    private List<Record> rows = List.of();

    private ScenarioRun(Session session) {
        this.session = session;
    }

    /** Runs the scenario on a graph that may hold anything; empty when everything was as expected. */
    static Optional<String> failureOf(Scenario scenario, Session session) throws IOException {
        ScenarioRun run = new ScenarioRun(session);
        try {
            session.run("MATCH (n) DETACH DELETE n").consume();
            for (Step step : scenario.steps()) {
                run.perform(step);
            }
            return Optional.empty();
        } catch (Unexpected e) {
            return Optional.of(e.getMessage());
        } catch (Neo4jException e) {
            return Optional.of(e.code() + " " + e.getMessage());
        }
    }

    private void perform(Step step) throws IOException {
        String text = step.text();
        Matcher error = ERROR.matcher(text);
        Matcher result = RESULT.matcher(text);
        Matcher named = NAMED_GRAPH.matcher(text);
        if (text.equals("an empty graph") || text.equals("any graph")) {
            return;
        } else if (text.equals("having executed")) {
            session.run(step.document().orElseThrow()).consume();
        } else if (text.equals("parameters are")) {
            readParameters(step.table());
        } else if (text.equals("executing query") || text.equals("executing control query")) {
            execute(step.document().orElseThrow(), text.equals("executing query"));
        } else if (text.equals("the result should be empty")) {
            checkNoFailure();
            check(rows.isEmpty(), "no rows expected, got " + rows.size());
        } else if (text.equals("no side effects")) {
            checkSideEffects(Map.of());
        } else if (text.equals("the side effects should be")) {
            checkSideEffects(expectedSideEffects(step.table()));
        } else if (error.matches()) {
            checkFailure(error.group(1));
        } else if (result.matches()) {
            checkResult(step.table(), "in order".equals(result.group(1)), result.group(2) != null);
        } else if (named.matches()) {
            loadGraph(named.group(1));
        } else {
            throw new Unexpected("the runner does not know the step: " + text);
        }
    }

    private void loadGraph(String name) throws IOException {
        String resource = "/graphs/" + name + "/" + name + ".cypher";
        try (InputStream stream = Objects.requireNonNull(ScenarioRun.class.getResourceAsStream(resource), resource)) {
            session.run(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .consume();
        }
    }

    /** Parameters are written like expressions, so the server reads them. */
    private void readParameters(List<List<String>> table) {
        for (List<String> row : table) {
            Record value = session.run("RETURN " + row.get(1) + " AS value").single();
            parameters.put(row.get(0), value.get("value"));
        }
    }

    private void execute(String query, boolean watched) {
        if (watched) {
            before = GraphContent.read(session);
        }
        failure = null;
        rows = List.of();
        try {
            Result result = session.run(query, parameters);
            columns = result.keys();
            rows = result.list();
            result.consume();
        } catch (Neo4jException e) {
            failure = e;
        }
    }

    private void checkNoFailure() {
        Neo4jException unexpected = failure;
        if (unexpected != null) {
            throw new Unexpected(unexpected.code() + " " + unexpected.getMessage());
        }
    }

    /** Any ClientError will do: the TCK's finer words are not visible on the wire in every server's mapping. */
    private void checkFailure(String type) {
        Neo4jException raised = failure;
        if (raised == null) {
            throw new Unexpected(type + " expected, but the query succeeded");
        }
        check(raised.code().contains(".ClientError."), "a ClientError expected, got " + raised.code());
        checkSideEffects(Map.of());
    }

    private void checkResult(List<List<String>> table, boolean ordered, boolean listsAreBags) {
        checkNoFailure();
        check(columns.equals(table.getFirst()), "columns " + table.getFirst() + " expected, got " + columns);
        CanonicalText text = new CanonicalText(listsAreBags);
        List<String> expected = new ArrayList<>();
        for (List<String> row : table.subList(1, table.size())) {
            expected.add(row.stream()
                    .map(cell -> ExpectedText.canonical(cell, text))
                    .toList()
                    .toString());
        }
        List<String> actual = new ArrayList<>();
        for (Record row : rows) {
            actual.add(row.values().stream().map(text::of).toList().toString());
        }
        if (!ordered) {
            expected.sort(null);
            actual.sort(null);
        }
        check(expected.equals(actual), "rows " + expected + " expected, got " + actual);
    }

    private static Map<String, Integer> expectedSideEffects(List<List<String>> table) {
        Map<String, Integer> expected = new TreeMap<>();
        for (List<String> row : table) {
            int count = Integer.parseInt(row.get(1));
            if (count > 0) {
                expected.put(row.get(0), count);
            }
        }
        return expected;
    }

    private void checkSideEffects(Map<String, Integer> expected) {
        GraphContent earlier = Objects.requireNonNull(before, "a side effect needs a query first");
        Map<String, Integer> actual = earlier.changesTo(GraphContent.read(session));
        check(expected.equals(actual), "side effects " + expected + " expected, got " + actual);
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new Unexpected(otherwise);
        }
    }

    /** The server did something other than the scenario says. */
    private static final class Unexpected extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unexpected(String message) {
            super(message);
        }
    }
}
