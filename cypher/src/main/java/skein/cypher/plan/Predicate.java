package skein.cypher.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;

/**
 * One condition on a match.
 *
 * @param needs names of the pattern or the scope that have to be bound before it can be evaluated
 */
record Predicate(Expression expression, Set<String> needs) {
    Predicate {
        needs = Set.copyOf(needs);
    }

    /** @param known the names that exist; other mentions are the expression's own variables */
    static Predicate of(Expression expression, Set<String> known) {
        Set<String> needs = new HashSet<>(Mentions.in(expression));
        needs.retainAll(known);
        return new Predicate(expression, needs);
    }

    /** The operands of a chain of ANDs. */
    static List<Expression> conjuncts(Expression expression) {
        List<Expression> result = new ArrayList<>();
        collect(expression, result);
        return result;
    }

    /** Whether what stands in the middle of {@code a < b < c} may as well be read twice. */
    private static boolean canBeParted(Expression.Comparison chain) {
        return chain.links().size() > 1
                && chain.links().subList(0, chain.links().size() - 1).stream()
                        .allMatch(link -> link.operand() instanceof Expression.PropertyAccess access
                                && access.subject() instanceof Expression.Variable);
    }

    private static void collect(Expression expression, List<Expression> result) {
        if (expression instanceof Expression.Binary binary && binary.operator() == BinaryOperator.AND) {
            collect(binary.left(), result);
            collect(binary.right(), result);
        } else if (expression instanceof Expression.Comparison chain && canBeParted(chain)) {
            Expression left = chain.first();
            for (Expression.ComparisonLink link : chain.links()) {
                result.add(new Expression.Comparison(left, List.of(link), chain.span()));
                left = link.operand();
            }
        } else {
            result.add(expression);
        }
    }
}
