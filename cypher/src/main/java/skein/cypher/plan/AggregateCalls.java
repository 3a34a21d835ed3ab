package skein.cypher.plan;

import java.util.LinkedHashSet;
import java.util.Set;
import skein.cypher.expression.function.FunctionCatalogue;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.syntax.Expression;

/** Finds calls of aggregate functions inside expressions. */
final class AggregateCalls {
    private AggregateCalls() {}

    static boolean areIn(Expression expression) {
        return isCall(expression) || Subexpressions.of(expression).stream().anyMatch(AggregateCalls::areIn);
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
            Subexpressions.of(expression).forEach(part -> collect(part, calls));
        }
    }
}
