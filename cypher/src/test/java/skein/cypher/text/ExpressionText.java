package skein.cypher.text;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonOperator;

/** Expressions as text; operands that are no atoms stand in parentheses. */
final class ExpressionText {
    private ExpressionText() {}

    static String of(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral ignored -> "null";
            case Expression.BooleanLiteral literal -> Boolean.toString(literal.value());
            case Expression.IntegerLiteral literal -> Long.toString(literal.value());
            case Expression.FloatLiteral literal -> Double.toString(literal.value());
            case Expression.StringLiteral literal -> Names.string(literal.value());
            case Expression.ListLiteral list -> "[" + all(list.items()) + "]";
            case Expression.MapLiteral map ->
                map.entries().stream()
                        .map(entry -> Names.of(entry.key()) + ": " + of(entry.value()))
                        .collect(Collectors.joining(", ", "{", "}"));
            case Expression.Parameter parameter ->
                "$" + (parameter.name().matches("\\d+") ? parameter.name() : Names.of(parameter.name()));
            case Expression.Variable variable -> Names.of(variable.name());
            case Expression.PropertyAccess access -> atom(access.subject()) + "." + Names.of(access.key());
            case Expression.LabelPredicate predicate -> atom(predicate.subject()) + Names.all(predicate.labels(), ":");
            case Expression.ElementAccess access -> atom(access.subject()) + "[" + of(access.index()) + "]";
            case Expression.Slice slice ->
                atom(slice.subject())
                        + "[" + slice.from().map(ExpressionText::of).orElse("")
                        + ".." + slice.to().map(ExpressionText::of).orElse("") + "]";
            case Expression.Not not -> "NOT " + atom(not.operand());
            case Expression.Sign sign -> (sign.negative() ? "-" : "+") + parenthesised(sign.operand());
            case Expression.Binary binary ->
                atom(binary.left()) + " " + word(binary.operator()) + " " + atom(binary.right());
            case Expression.Comparison comparison ->
                atom(comparison.first())
                        + comparison.links().stream()
                                .map(link -> " " + word(link.operator()) + " " + atom(link.operand()))
                                .collect(Collectors.joining());
            case Expression.IsNull test -> atom(test.operand()) + (test.negated() ? " IS NOT NULL" : " IS NULL");
            case Expression.FunctionCall call ->
                call.name() + "(" + (call.distinct() ? "DISTINCT " : "") + all(call.arguments()) + ")";
            case Expression.CountStar ignored -> "count(*)";
            case Expression.Case choice -> choice(choice);
            default -> withVariables(expression);
        };
    }

    private static String withVariables(Expression expression) {
        return switch (expression) {
            case Expression.ListComprehension list ->
                "[" + of(list.variable()) + " IN " + of(list.list())
                        + list.where().map(where -> " WHERE " + of(where)).orElse("")
                        + list.projection()
                                .map(projection -> " | " + of(projection))
                                .orElse("") + "]";
            case Expression.PatternComprehension pattern ->
                "[" + PatternText.of(pattern.pattern())
                        + pattern.where().map(where -> " WHERE " + of(where)).orElse("")
                        + " | " + of(pattern.projection()) + "]";
            case Expression.Quantified quantified ->
                quantified.quantifier().name().toLowerCase(Locale.ROOT) + "(" + of(quantified.variable()) + " IN "
                        + of(quantified.list()) + " WHERE " + of(quantified.where()) + ")";
            case Expression.Reduce reduce ->
                "reduce(" + of(reduce.accumulator()) + " = " + of(reduce.initial()) + ", " + of(reduce.variable())
                        + " IN " + of(reduce.list()) + " | " + of(reduce.body()) + ")";
            case Expression.PatternPredicate predicate -> PatternText.of(predicate.pattern());
            case Expression.ExistsSubquery exists -> "EXISTS { " + QueryText.of(exists.query()) + " }";
            case Expression.CountSubquery count -> "COUNT { " + QueryText.of(count.query()) + " }";
            case Expression.CollectSubquery collected -> "COLLECT { " + QueryText.of(collected.query()) + " }";
            case Expression.MapProjection projection ->
                projection.items().stream()
                        .map(ExpressionText::projected)
                        .collect(Collectors.joining(", ", of(projection.subject()) + " {", "}"));
            default -> throw new IllegalArgumentException("no text for " + expression);
        };
    }

    private static String projected(Expression.MapProjectionItem item) {
        return switch (item) {
            case Expression.MapProjectionItem.Property(String key) -> "." + Names.of(key);
            case Expression.MapProjectionItem.AllProperties() -> ".*";
            case Expression.MapProjectionItem.Entry(String key, Expression value) -> Names.of(key) + ": " + of(value);
        };
    }

    private static String choice(Expression.Case choice) {
        return "CASE" + choice.subject().map(subject -> " " + of(subject)).orElse("")
                + choice.branches().stream()
                        .map(branch -> " WHEN " + of(branch.when()) + " THEN " + of(branch.then()))
                        .collect(Collectors.joining())
                + choice.otherwise().map(otherwise -> " ELSE " + of(otherwise)).orElse("") + " END";
    }

    static String all(List<Expression> expressions) {
        return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    private static String parenthesised(Expression expression) {
        return "(" + of(expression) + ")";
    }

    /** As an operand: what could be torn apart, or bind to what stands before it, gets parentheses. */
    private static String atom(Expression expression) {
        return switch (expression) {
            case Expression.Variable ignored -> of(expression);
            case Expression.PropertyAccess ignored -> of(expression);
            case Expression.Parameter ignored -> of(expression);
            case Expression.StringLiteral ignored -> of(expression);
            case Expression.BooleanLiteral ignored -> of(expression);
            case Expression.NullLiteral ignored -> of(expression);
            case Expression.ListLiteral ignored -> of(expression);
            case Expression.FunctionCall ignored -> of(expression);
            default -> parenthesised(expression);
        };
    }

    private static String word(BinaryOperator operator) {
        return switch (operator) {
            case OR, XOR, AND, IN, CONTAINS -> operator.name();
            case STARTS_WITH -> "STARTS WITH";
            case ENDS_WITH -> "ENDS WITH";
            case MATCHES -> "=~";
            case ADD -> "+";
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case MODULO -> "%";
            case POWER -> "^";
        };
    }

    private static String word(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "<>";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
        };
    }
}
