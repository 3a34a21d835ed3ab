package skein.cypher.plan;

import skein.cypher.syntax.Expression;

/** Finds patterns and queries inside expressions. */
final class NestedRows {
    private NestedRows() {}

    static boolean isIn(Expression expression) {
        return is(expression) || Subexpressions.of(expression).stream().anyMatch(NestedRows::isIn);
    }

    private static boolean is(Expression expression) {
        return switch (expression) {
            case Expression.PatternComprehension nested -> true;
            case Expression.PatternPredicate nested -> true;
            case Expression.ExistsSubquery nested -> true;
            case Expression.CountSubquery nested -> true;
            case Expression.CollectSubquery nested -> true;
            default -> false;
        };
    }
}
