package skein.cypher.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import skein.cypher.check.SemanticCheck;
import skein.cypher.expression.TckRows.Scenario;
import skein.cypher.expression.compile.ExpressionCompiler;
import skein.cypher.expression.function.FunctionCatalogue;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.expression.operator.ValueText;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.Projection;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.graph.Value.FloatValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.StringValue;

/**
 * The scenarios of the openCypher TCK that need nothing but expressions: chains of WITH, UNWIND and RETURN without
 * aggregates or order. Everything else runs against the whole engine.
 */
final class TckExpressionTest {
    /** So many are of that kind; fewer means that they were not found or not understood. */
    private static final int SCENARIOS_MIN = 1_900;

    @Test
    void expressionsHaveTheValuesTheTckExpects() throws IOException, URISyntaxException {
        Map<String, String> faults = new LinkedHashMap<>();
        int played = 0;
        for (Scenario scenario : TckRows.all()) {
            Optional<List<Clause>> clauses = playable(scenario.query());
            if (clauses.isPresent()) {
                played++;
                String actual = table(new Chain().run(clauses.get(), scenario.columns()));
                String expected = table(scenario.expected().stream()
                        .map(row -> row.stream().map(TckExpressionTest::literal).toList())
                        .toList());
                if (!actual.equals(expected)) {
                    faults.put(scenario.name(), scenario.query() + "\n" + actual + "\ninstead of " + expected);
                }
            }
        }

        assertThat(faults).isEmpty();
        assertThat(played).isGreaterThan(SCENARIOS_MIN);
    }

    private static Optional<List<Clause>> playable(String query) {
        Statement statement = CypherParser.parse(query);
        SemanticCheck.check(statement, query);
        return statement instanceof Statement.Data data
                        && data.query() instanceof Query.Single single
                        && single.clauses().stream().allMatch(TckExpressionTest::isPlayable)
                ? Optional.of(single.clauses())
                : Optional.empty();
    }

    private static boolean isPlayable(Clause clause) {
        return switch (clause) {
            case Clause.Unwind ignored -> true;
            case Clause.With with -> isPlayable(with.projection());
            case Clause.Return last -> isPlayable(last.projection());
            default -> false;
        };
    }

    private static boolean isPlayable(Projection projection) {
        return !projection.all()
                && !projection.distinct()
                && projection.orderBy().isEmpty()
                && projection.skip().isEmpty()
                && projection.limit().isEmpty()
                && projection.items().stream().noneMatch(item -> mentionsAggregate(item.text()));
    }

    private static boolean mentionsAggregate(String text) {
        return FunctionCatalogue.all().stream()
                .filter(FunctionSignature::isAggregate)
                .anyMatch(function ->
                        text.toLowerCase(Locale.ROOT).contains(function.name().toLowerCase(Locale.ROOT) + "("));
    }

    private static Value literal(String cell) {
        return cell.equals("NaN") ? Value.of(Double.NaN) : Evaluate.text(cell);
    }

    /** Rows in any order, as text. */
    private static String table(List<List<Value>> rows) {
        return rows.stream()
                .map(row -> row.stream().map(TckExpressionTest::show).collect(Collectors.joining(" | ")))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    /** As the TCK writes values: temporal ones as strings. */
    private static String show(Value value) {
        return switch (value) {
            case ListValue list ->
                list.values().stream().map(TckExpressionTest::show).collect(Collectors.joining(", ", "[", "]"));
            case MapValue map ->
                map.entries().entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + show(entry.getValue()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"));
            case FloatValue(double number) -> Double.toString(number + 0.0);
            case Value.BooleanValue condition -> ValueText.of(condition);
            case Value.IntegerValue number -> ValueText.of(number);
            case StringValue(String text) -> "'" + text + "'";
            case Value.Scalar scalar -> "'" + ValueText.of(scalar) + "'";
            default -> value.toString();
        };
    }

    /** Runs clauses one after the other over all rows. */
    private static final class Chain {
        private FakeScope scope = FakeScope.empty();
        private List<Value[]> rows = List.<Value[]>of(emptyRow());

        List<List<Value>> run(List<Clause> clauses, List<String> columns) {
            for (Clause clause : clauses) {
                switch (clause) {
                    case Clause.Unwind unwind -> unwind(unwind);
                    case Clause.With with -> {
                        project(with.projection());
                        with.where().ifPresent(this::filter);
                    }
                    case Clause.Return last -> project(last.projection());
                    default -> throw new IllegalArgumentException("not playable: " + clause);
                }
            }
            int[] slots = columns.stream().mapToInt(scope::slotOf).toArray();
            return rows.stream()
                    .map(row -> Arrays.stream(slots).mapToObj(slot -> row[slot]).toList())
                    .toList();
        }

        private static Value[] emptyRow() {
            Value[] row = new Value[FakeScope.SLOTS];
            Arrays.fill(row, Value.NULL);
            return row;
        }

        private Evaluator compile(Expression expression) {
            return ExpressionCompiler.compile(expression, scope);
        }

        private FakeRun context() {
            return new FakeRun(FakeGraph.empty(), scope.names());
        }

        private void unwind(Clause.Unwind unwind) {
            Evaluator list = compile(unwind.list());
            int slot = scope.declare(unwind.variable().name());
            List<Value[]> unwound = new ArrayList<>();
            for (Value[] row : rows) {
                Value value = list.evaluate(row, context());
                List<Value> elements = value instanceof ListValue many ? many.values() : List.of(value);
                for (Value element : value.isNull() ? List.<Value>of() : elements) {
                    Value[] next = row.clone();
                    next[slot] = element;
                    unwound.add(next);
                }
            }
            rows = unwound;
        }

        private void project(Projection projection) {
            List<Evaluator> items = projection.items().stream()
                    .map(item -> compile(item.expression()))
                    .toList();
            scope = FakeScope.empty();
            projection.items().forEach(item -> scope.declare(item.name()));
            List<Value[]> projected = new ArrayList<>();
            for (Value[] row : rows) {
                Value[] next = emptyRow();
                for (int i = 0; i < items.size(); i++) {
                    next[i] = items.get(i).evaluate(row, context());
                }
                projected.add(next);
            }
            rows = projected;
        }

        private void filter(Expression where) {
            Evaluator predicate = compile(where);
            rows = rows.stream().filter(row -> predicate.isTrue(row, context())).toList();
        }
    }
}
