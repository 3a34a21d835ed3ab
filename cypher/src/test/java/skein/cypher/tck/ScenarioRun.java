package skein.cypher.tck;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skein.cypher.CypherEngine;
import skein.cypher.PreparedQuery;
import skein.cypher.fixture.TestDatabase;
import skein.cypher.fixture.TestDatabase.Answer;
import skein.cypher.procedure.BuiltInProcedures;
import skein.cypher.procedure.Procedure;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.tck.Scenario.Step;
import skein.graph.Value;
import skein.storage.tx.StoreTransaction;
import skein.vocabulary.SkeinException;

/** Plays one scenario: the graph is made and committed, the query runs in a transaction that is rolled back. */
final class ScenarioRun {
    private static final Pattern ERROR = Pattern.compile("an? (\\w+) should be raised at (.+?)(: (\\S+))?");
    private static final Pattern NAMED_GRAPH = Pattern.compile("the ([\\w-]+) graph");

    private final TestDatabase database;
    private final Function<Value, String> temporalText;
    private final Map<String, Value> parameters = new HashMap<>();
    private final List<Procedure> procedures = new ArrayList<>(BuiltInProcedures.all());
    private CypherEngine engine;
    private StoreTransaction transaction;
    private GraphState before;
    private @Nullable Answer answer;
    private @Nullable SkeinException failure;
    private boolean failedEarly;

    ScenarioRun(TestDatabase database, Function<Value, String> temporalText) {
        this.database = database;
        this.temporalText = temporalText;
        this.engine = database.engine();
        this.transaction = database.begin();
        this.before = GraphState.of(transaction);
    }

    /** What went wrong; empty when nothing did. */
    static Optional<String> play(Scenario scenario, TestDatabase database, Function<Value, String> temporalText) {
        ScenarioRun run = new ScenarioRun(database, temporalText);
        try {
            scenario.steps().forEach(run::perform);
            return Optional.empty();
        } catch (Mismatch mismatch) {
            return Optional.of(String.valueOf(mismatch.getMessage()));
        } catch (RuntimeException | StackOverflowError broken) {
            StackTraceElement[] trace = broken.getStackTrace();
            return Optional.of(broken + (trace.length == 0 ? "" : " at " + trace[0]));
        } finally {
            run.transaction.close();
            database.run("MATCH (n) DETACH DELETE n");
        }
    }

    private static final class Mismatch extends RuntimeException {
        private static final long serialVersionUID = 1;

        Mismatch(String message) {
            super(message);
        }
    }

    private void perform(Step step) {
        String text = step.text();
        Matcher named = NAMED_GRAPH.matcher(text);
        if (text.equals("an empty graph") || text.equals("any graph")) {
            return;
        } else if (named.matches()) {
            prepareGraph(namedGraph(named.group(1)));
        } else if (text.equals("having executed")) {
            prepareGraph(document(step));
        } else if (text.startsWith("there exists a procedure")) {
            procedures.add(TestProcedure.of(step));
            engine = new CypherEngine(new ProcedureRegistry(procedures), 1);
        } else if (text.equals("parameters are")) {
            step.table().forEach(row -> parameters.put(row.get(0), parameter(row.get(1))));
        } else if (text.equals("executing query") || text.equals("executing control query")) {
            execute(document(step));
        } else if (text.startsWith("the result should be")) {
            compareResult(text, step.table());
        } else if (text.equals("no side effects")) {
            compareSideEffects(Map.of());
        } else if (text.equals("the side effects should be")) {
            Map<String, Integer> expected = new TreeMap<>();
            step.table().forEach(row -> expected.put(row.get(0), Integer.valueOf(row.get(1))));
            compareSideEffects(expected);
        } else if (ERROR.matcher(text).matches()) {
            compareError(ERROR.matcher(text));
        } else {
            throw new Mismatch("unknown step: " + text);
        }
    }

    private static String document(Step step) {
        return step.document().orElseThrow(() -> new Mismatch("step without text: " + step.text()));
    }

    private static String namedGraph(String name) {
        try (var in = ScenarioRun.class.getResourceAsStream("/graphs/" + name + "/" + name + ".cypher")) {
            if (in == null) {
                throw new Mismatch("no graph " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException e) {
            throw new Mismatch("graph " + name + ": " + e);
        }
    }

    private Value parameter(String text) {
        return TestDatabase.run(database.engine().prepare("RETURN " + text), transaction, Map.of())
                .rows()
                .getFirst()
                .getFirst();
    }

    private void prepareGraph(String query) {
        TestDatabase.run(engine.prepare(query), transaction, parameters);
        renewTransaction();
    }

    private void renewTransaction() {
        database.commit(transaction);
        transaction.close();
        transaction = database.begin();
        before = GraphState.of(transaction);
    }

    private void execute(String query) {
        if (answer != null) {
            renewTransaction();
        }
        answer = null;
        failure = null;
        failedEarly = true;
        try {
            PreparedQuery prepared = engine.prepare(query);
            failedEarly = false;
            answer = TestDatabase.run(prepared, transaction, parameters);
        } catch (SkeinException e) {
            failure = e;
        }
    }

    private Answer answer() {
        if (answer == null) {
            throw new Mismatch(
                    "failed: " + (failure == null ? "no query ran" : failure.code() + " " + failure.getMessage()));
        }
        return answer;
    }

    private void compareResult(String text, List<List<String>> table) {
        boolean sortLists = text.contains("ignoring element order");
        ActualText writer = new ActualText(sortLists, temporalText);
        List<String> actual = new ArrayList<>();
        answer().rows()
                .forEach(row -> actual.add(
                        String.join(" | ", row.stream().map(writer::of).toList())));
        List<String> expected = new ArrayList<>();
        table.stream()
                .skip(1)
                .forEach(row -> expected.add(String.join(
                        " | ",
                        row.stream()
                                .map(cell -> ExpectedText.normal(cell, sortLists))
                                .toList())));
        if (!table.isEmpty() && !table.getFirst().equals(answer().columns())) {
            throw new Mismatch("columns " + answer().columns() + " instead of " + table.getFirst());
        }
        if (!text.contains("in order")) {
            Collections.sort(actual);
            Collections.sort(expected);
        }
        if (!actual.equals(expected)) {
            throw new Mismatch("rows " + actual + " instead of " + expected);
        }
    }

    private void compareSideEffects(Map<String, Integer> expected) {
        if (failure != null) {
            throw new Mismatch("failed: " + failure.code() + " " + failure.getMessage());
        }
        Map<String, Integer> actual = before.changesTo(GraphState.of(transaction));
        if (!actual.equals(expected)) {
            throw new Mismatch("side effects " + actual + " instead of " + expected);
        }
    }

    private void compareError(Matcher expected) {
        expected.matches();
        if (failure == null) {
            throw new Mismatch("no error but " + (answer == null ? "nothing" : answer.rows()));
        }
        String status = failure.code().status();
        String type = expected.group(1);
        boolean rightType =
                status.endsWith("." + type) || type.equals("ProcedureError") && status.contains(".Procedure.");
        if (!rightType) {
            throw new Mismatch("error " + status + " instead of " + type + ": " + failure.getMessage());
        }
        boolean rightPhase = switch (expected.group(2)) {
            case "compile time" -> failedEarly;
            case "runtime" -> !failedEarly;
            default -> true;
        };
        boolean missingParameter = type.equals("ParameterMissing");
        if (!rightPhase && !missingParameter) {
            throw new Mismatch("error at another time than " + expected.group(2) + ": " + failure.getMessage());
        }
    }
}
