package skein.cypher.plan;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.expression.function.FunctionCatalogue;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.syntax.Expression;

/** Finds calls of aggregate functions inside expressions; those of subqueries belong to the subquery. */
final class AggregateCalls {
    private AggregateCalls() {}

    static boolean areIn(Expression expression) {
        return isCall(expression) || parts(expression).stream().anyMatch(AggregateCalls::areIn);
    }

    /** Outermost aggregate calls, each once. */
    static Set<Expression> in(Expression expression) {
        Set<Expression> calls = new LinkedHashSet<>();
        collect(expression, calls);
        return calls;
    }

    static boolean isCall(Expression expression) {
        return switch (expression) {
            case Expression.CountStar star -> true;
            case Expression.FunctionCall call ->
                FunctionCatalogue.find(call.name())
                        .map(FunctionSignature::isAggregate)
                        .orElse(false);
            default -> false;
        };
    }

    private static void collect(Expression expression, Set<Expression> calls) {
        if (isCall(expression)) {
            calls.add(expression);
        } else {
            parts(expression).forEach(part -> collect(part, calls));
        }
    }

    private static List<Expression> parts(Expression expression) {
        return switch (expression) {
            case Expression.ExistsSubquery nested -> List.of();
            case Expression.CountSubquery nested -> List.of();
            case Expression.CollectSubquery nested -> List.of();
            default -> Subexpressions.of(expression);
        };
    }
}
