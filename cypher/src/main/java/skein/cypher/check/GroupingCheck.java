package skein.cypher.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Span;

/**
 * Checks what stands beside aggregates. Items without aggregates are the grouping keys; an item that mixes aggregates
 * with something else may use, besides constants, only variables and properties that are grouping keys themselves. More
 * complex expressions do not count, even if they are projected.
 */
final class GroupingCheck {
    private final Faults faults;
    private final ExpressionCheck expressions;

    GroupingCheck(Faults faults, ExpressionCheck expressions) {
        this.faults = faults;
        this.expressions = expressions;
    }

    void items(Clause.Projection projection, Scope scope) {
        List<Expression> keys = new ArrayList<>();
        List<Expression> mixed = new ArrayList<>();
        for (Clause.ProjectionItem item : projection.items()) {
            (Parts.hasAggregate(item.expression()) ? mixed : keys).add(item.expression());
        }
        if (projection.all()) {
            scope.names().forEach(name -> keys.add(new Variable(name, Span.NOWHERE)));
        }
        for (Expression expression : mixed) {
            beside(expression, new HashSet<>(keys), Set.of(), scope);
        }
    }

    /** @param locals variables of comprehensions around the expression */
    private void beside(Expression expression, Set<Expression> keys, Set<String> locals, Scope scope) {
        if (Parts.isAggregate(expression)) {
            return;
        }
        switch (expression) {
            case Variable variable -> {
                if (!keys.contains(variable) && !locals.contains(variable.name())) {
                    throw ambiguous(variable);
                }
            }
            case Expression.PropertyAccess access -> {
                if (!keys.contains(access)) {
                    beside(access.subject(), keys, locals, scope);
                }
            }
            case Expression.ListComprehension list -> locals(list, keys, with(locals, list.variable()), scope);
            case Expression.Quantified all -> locals(all, keys, with(locals, all.variable()), scope);
            case Expression.Reduce reduce ->
                locals(reduce, keys, with(with(locals, reduce.variable()), reduce.accumulator()), scope);
            case Expression.PatternComprehension pattern -> named(pattern, keys, locals, scope);
            case Expression.PatternPredicate pattern -> named(pattern, keys, locals, scope);
            case Expression.ExistsSubquery exists -> named(exists, keys, locals, scope);
            case Expression.CountSubquery count -> named(count, keys, locals, scope);
            case Expression.CollectSubquery collected -> named(collected, keys, locals, scope);
            default -> locals(expression, keys, locals, scope);
        }
    }

    private void locals(Expression expression, Set<Expression> keys, Set<String> locals, Scope scope) {
        for (Expression part : Parts.of(expression)) {
            beside(part, keys, locals, scope);
        }
    }

    private static Set<String> with(Set<String> locals, Variable variable) {
        Set<String> more = new HashSet<>(locals);
        more.add(variable.name());
        return more;
    }

    /** Patterns and subqueries name variables without their being expressions. */
    private void named(Expression expression, Set<Expression> keys, Set<String> locals, Scope scope) {
        for (String name : Parts.mentioned(expression)) {
            boolean outer = scope.has(name) && !locals.contains(name);
            if (outer && !keys.contains(new Variable(name, expression.span()))) {
                throw ambiguous(expression);
            }
        }
    }

    private RuntimeException ambiguous(Expression expression) {
        return faults.syntax(
                ErrorDetail.AMBIGUOUS_AGGREGATION_EXPRESSION,
                "This stands beside an aggregate and has no single value per group. Project it under a name with "
                        + "WITH first.",
                expression.span());
    }

    /** ORDER BY behind aggregates; the scope knows what is projected. */
    void sortItem(Expression sort, Scope projected) {
        expressions.type(sort, projected, Place.PROJECTION);
        if (Parts.hasAggregate(sort)) {
            mixed(sort, projected);
        }
    }

    private void mixed(Expression expression, Scope projected) {
        if (projected.findComputed(expression).isPresent()) {
            if (!isKeyShape(expression) && !Parts.hasAggregate(expression)) {
                throw ambiguous(expression);
            }
        } else if (Parts.isAggregate(expression)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_AGGREGATION,
                    "ORDER BY uses an aggregate that is not projected. Project it under a name.",
                    expression.span());
        } else {
            for (Expression part : Parts.of(expression)) {
                mixed(part, projected);
            }
        }
    }

    /** Variables and properties of variables. */
    private static boolean isKeyShape(Expression expression) {
        return expression instanceof Variable
                || (expression instanceof Expression.PropertyAccess access && isKeyShape(access.subject()));
    }
}
