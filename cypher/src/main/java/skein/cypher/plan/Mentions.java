package skein.cypher.plan;

import java.util.HashSet;
import java.util.Set;
import skein.cypher.syntax.Expression;

/**
 * The variables an expression speaks of, those that it declares itself included. More than the free variables, never
 * less: a predicate that is held back until all its mentions are bound is at worst evaluated late.
 */
final class Mentions {
    private Mentions() {}

    static Set<String> in(Expression expression) {
        Set<String> names = new HashSet<>();
        collect(expression, names);
        return names;
    }

    static Set<String> in(Iterable<Expression> expressions) {
        Set<String> names = new HashSet<>();
        expressions.forEach(expression -> collect(expression, names));
        return names;
    }

    private static void collect(Expression expression, Set<String> names) {
        if (expression instanceof Expression.Variable variable) {
            names.add(variable.name());
        }
        for (Expression part : Subexpressions.of(expression)) {
            collect(part, names);
        }
    }
}
