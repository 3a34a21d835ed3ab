package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import skein.cypher.plan.LogicalPlan.Filter;
import skein.cypher.plan.LogicalPlan.SemiApply;
import skein.cypher.syntax.Expression;

/** Plans WHERE: plain conditions first, then those that ask whether something exists, each an operator of its own. */
final class Conditions {
    private Conditions() {}

    /** A condition on the rows of an inner plan. */
    private record Existence(LogicalPlan inner, boolean negated) {}

    /** Keeps the rows for which all conditions are true. */
    static UnaryOperator<LogicalPlan> filter(Planning planning, List<Expression> conditions, Scope scope) {
        List<ScopedExpression> plain = new ArrayList<>();
        List<Existence> existences = new ArrayList<>();
        for (Expression condition : conditions) {
            Optional<Existence> existence = existence(planning, condition, scope, false);
            if (existence.isPresent()) {
                existences.add(existence.get());
            } else {
                plain.add(new ScopedExpression(condition, scope));
            }
        }
        return input -> {
            LogicalPlan plan = plain.isEmpty() ? input : new Filter(input, plain);
            for (Existence existence : existences) {
                plan = new SemiApply(plan, existence.inner, existence.negated);
            }
            return plan;
        };
    }

    private static Optional<Existence> existence(
            Planning planning, Expression condition, Scope scope, boolean negated) {
        return switch (condition) {
            case Expression.Not not -> existence(planning, not.operand(), scope, !negated);
            case Expression.PatternPredicate pattern ->
                Optional.of(new Existence(
                        planning.queries()
                                .planNested(pattern.pattern(), Optional.empty(), scope)
                                .plan(),
                        negated));
            case Expression.ExistsSubquery exists ->
                Optional.of(new Existence(
                        planning.queries().planNested(exists.query(), scope).plan(), negated));
            default -> Optional.empty();
        };
    }
}
