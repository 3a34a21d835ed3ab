package skein.cypher.plan;

import java.util.Locale;
import java.util.Set;
import skein.cypher.expression.function.FunctionCatalogue;
import skein.cypher.syntax.Expression;

/**
 * Whether an expression has the same value as often as it is evaluated over the same row. Nobody knows that of a
 * function of an extension: it is called as often as is written.
 */
public final class Repeatable {
    private static final Set<String> BY_CHANCE = Set.of("rand", "randomuuid", "uniformsample", "counter");

    private Repeatable() {}

    public static boolean is(Expression expression) {
        if (expression instanceof Expression.FunctionCall call
                && (BY_CHANCE.contains(call.name().toLowerCase(Locale.ROOT))
                        || FunctionCatalogue.find(call.name()).isEmpty())) {
            return false;
        }
        return Subexpressions.of(expression).stream().allMatch(Repeatable::is);
    }
}
