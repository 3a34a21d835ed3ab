package skein.cypher.differential;

import java.util.List;
import java.util.Optional;
import skein.cypher.syntax.Clause.Projection;
import skein.cypher.syntax.Clause.ProjectionItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonLink;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Span;

/** Pieces of syntax trees that no text stands behind. */
final class Trees {
    static final Span NOWHERE = Span.NOWHERE;

    private Trees() {}

    static Variable variable(String name) {
        return new Variable(name, NOWHERE);
    }

    static Expression integer(long value) {
        return new Expression.IntegerLiteral(value, NOWHERE);
    }

    static Expression string(String value) {
        return new Expression.StringLiteral(value, NOWHERE);
    }

    static Expression bool(boolean value) {
        return new Expression.BooleanLiteral(value, NOWHERE);
    }

    static Expression number(double value) {
        return new Expression.FloatLiteral(value, NOWHERE);
    }

    static Expression nothing() {
        return new Expression.NullLiteral(NOWHERE);
    }

    static Expression parameter(String name) {
        return new Expression.Parameter(name, NOWHERE);
    }

    static Expression list(List<Expression> items) {
        return new Expression.ListLiteral(items, NOWHERE);
    }

    static Expression map(String key, Expression value) {
        return new Expression.MapLiteral(List.of(new Expression.MapEntry(key, value)), NOWHERE);
    }

    static Expression.PropertyAccess property(String variable, String key) {
        return new Expression.PropertyAccess(variable(variable), key, NOWHERE);
    }

    static Expression call(String name, Expression... arguments) {
        return new Expression.FunctionCall(name, false, List.of(arguments), NOWHERE);
    }

    static Expression distinct(String name, Expression argument) {
        return new Expression.FunctionCall(name, true, List.of(argument), NOWHERE);
    }

    static Expression binary(BinaryOperator operator, Expression left, Expression right) {
        return new Expression.Binary(operator, left, right, NOWHERE);
    }

    static Expression compare(Expression left, ComparisonOperator operator, Expression right) {
        return new Expression.Comparison(left, List.of(new ComparisonLink(operator, right)), NOWHERE);
    }

    static Expression not(Expression operand) {
        return new Expression.Not(operand, NOWHERE);
    }

    static ProjectionItem item(Expression expression, String alias) {
        return new ProjectionItem(expression, Optional.of(variable(alias)), alias);
    }

    static ProjectionItem item(String variable) {
        return new ProjectionItem(variable(variable), Optional.empty(), variable);
    }

    static Projection projection(List<ProjectionItem> items) {
        return new Projection(false, false, items, List.of(), Optional.empty(), Optional.empty());
    }
}
