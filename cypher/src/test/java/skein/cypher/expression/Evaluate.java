package skein.cypher.expression;

import java.util.Arrays;
import java.util.Map;
import skein.cypher.expression.compile.ExpressionCompiler;
import skein.cypher.expression.operator.ValueText;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.CypherParser;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Statement;
import skein.graph.Value;
import skein.vocabulary.SkeinException;

/** Evaluates expressions given as text. */
public final class Evaluate {
    private Evaluate() {}

    public static Value text(String expression) {
        return text(expression, Map.of());
    }

    /** @param variables values of variables in scope */
    public static Value text(String expression, Map<String, Value> variables) {
        return text(expression, variables, FakeGraph.empty());
    }

    public static Value text(String expression, Map<String, Value> variables, FakeGraph graph) {
        FakeScope scope = FakeScope.empty();
        Value[] row = new Value[FakeScope.SLOTS];
        Arrays.fill(row, Value.NULL);
        variables.forEach((name, value) -> row[scope.declare(name)] = value);
        Evaluator evaluator = ExpressionCompiler.compile(parse(expression), scope);
        return evaluator.evaluate(row, new FakeRun(graph, scope.names()));
    }

    /** The value as {@code toString} shows it. */
    public static String shown(String expression) {
        return ValueText.of(text(expression));
    }

    /** {@code CODE [Detail]} of the failure that evaluating ends in. */
    public static String failure(String expression) {
        return failure(expression, Map.of(), FakeGraph.empty());
    }

    public static String failure(String expression, Map<String, Value> variables, FakeGraph graph) {
        try {
            return "no failure but " + text(expression, variables, graph);
        } catch (SkeinException e) {
            String message = String.valueOf(e.getMessage());
            return e.code() + " " + message.substring(Math.max(0, message.lastIndexOf('[')));
        }
    }

    public static Expression parse(String expression) {
        Statement statement = CypherParser.parse("RETURN " + expression + " AS it");
        if (statement instanceof Statement.Data data
                && data.query() instanceof Query.Single query
                && query.clauses().get(0) instanceof Clause.Return last) {
            return last.projection().items().get(0).expression();
        }
        throw new IllegalArgumentException("not an expression: " + expression);
    }
}
