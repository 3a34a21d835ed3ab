package skein.cypher.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.Variable;

/**
 * Expressions as EXPLAIN shows them: simple conditions in full but for values that are written in the query, of others
 * the properties and variables they speak of.
 */
final class ShortText {
    private ShortText() {}

    static String of(Expression expression) {
        return switch (expression) {
            case Expression.Comparison comparison
            when comparison.links().size() == 1 ->
                of(comparison.first())
                        + " "
                        + sign(comparison.links().getFirst().operator())
                        + " "
                        + of(comparison.links().getFirst().operand());
            case Expression.LabelPredicate test -> of(test.subject()) + ":" + String.join(":", test.labels());
            case Expression.Not not -> "NOT " + of(not.operand());
            case Expression.IsNull test -> of(test.operand()) + (test.negated() ? " IS NOT NULL" : " IS NULL");
            case Expression.Parameter parameter -> parameter.name().startsWith(" ") ? "?" : "$" + parameter.name();
            case Expression.IntegerLiteral literal -> "?";
            case Expression.FloatLiteral literal -> "?";
            case Expression.StringLiteral literal -> "?";
            default -> subjects(expression);
        };
    }

    private static String sign(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }

    private static String subjects(Expression expression) {
        Set<String> subjects = new LinkedHashSet<>();
        collect(expression, subjects);
        List<String> few = subjects.stream().limit(4).toList();
        return few.isEmpty() ? "..." : few.stream().collect(Collectors.joining(", "));
    }

    private static void collect(Expression expression, Set<String> subjects) {
        switch (expression) {
            case Expression.PropertyAccess access
            when access.subject() instanceof Variable variable -> subjects.add(name(variable) + "." + access.key());
            case Variable variable -> subjects.add(name(variable));
            default -> Subexpressions.of(expression).forEach(part -> collect(part, subjects));
        }
    }

    private static String name(Variable variable) {
        return variable.name().startsWith(" ") ? "anon" + variable.name().strip() : variable.name();
    }
}
