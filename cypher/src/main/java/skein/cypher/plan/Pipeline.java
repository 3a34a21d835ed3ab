package skein.cypher.plan;

import java.util.function.UnaryOperator;
import skein.cypher.plan.LogicalPlan.Accumulate;
import skein.cypher.plan.LogicalPlan.Aggregate;
import skein.cypher.plan.LogicalPlan.Create;
import skein.cypher.plan.LogicalPlan.Filter;
import skein.cypher.plan.LogicalPlan.Once;
import skein.cypher.plan.LogicalPlan.Produce;
import skein.cypher.plan.LogicalPlan.ScanAllById;
import skein.cypher.plan.LogicalPlan.Update;

/**
 * The plan so far, for the clauses up to here.
 *
 * @param pending effects of operators that may still be at work while rows arrive at the top: everything since the last
 *     barrier
 * @param total effects of the whole plan
 */
record Pipeline(LogicalPlan plan, Scope scope, Effects pending, Effects total) {
    /** An inner plan, or a whole query when the scope is empty. */
    static Pipeline startingIn(Scope scope) {
        return new Pipeline(new Once(), scope, Effects.NONE, Effects.NONE);
    }

    /** Adds an operator that streams, behind a barrier if it would disturb or be disturbed by those below it. */
    Pipeline then(Effects effects, UnaryOperator<LogicalPlan> operator) {
        Pipeline guarded = guardedAgainst(effects);
        return new Pipeline(
                operator.apply(guarded.plan), guarded.scope, guarded.pending.and(effects), guarded.total.and(effects));
    }

    /** Adds an operator that takes all its input before its first row. */
    Pipeline thenEager(Effects effects, UnaryOperator<LogicalPlan> operator) {
        Pipeline guarded = guardedAgainst(effects);
        return new Pipeline(operator.apply(guarded.plan), guarded.scope, Effects.NONE, guarded.total.and(effects));
    }

    /** The same rows; a barrier below if operators with these effects come next. */
    Pipeline guardedAgainst(Effects effects) {
        if (!pending.conflictsWith(effects) || hasOneRowAtMost(plan)) {
            return this;
        }
        return new Pipeline(new Accumulate(plan, scope.columns()), scope, Effects.NONE, total);
    }

    Pipeline in(Scope newScope) {
        return new Pipeline(plan, newScope, pending, total);
    }

    boolean writes() {
        return !total.writes().isEmpty();
    }

    private static boolean hasOneRowAtMost(LogicalPlan plan) {
        return switch (plan) {
            case Once once -> true;
            case ScanAllById scan -> !scan.many() && hasOneRowAtMost(scan.input());
            case Filter filter -> hasOneRowAtMost(filter.input());
            case LogicalPlan.SemiApply filter -> hasOneRowAtMost(filter.input());
            case LogicalPlan.CountFromStore count -> true;
            case Produce produce -> hasOneRowAtMost(produce.input());
            case Create create -> hasOneRowAtMost(create.input());
            case Update update -> hasOneRowAtMost(update.input());
            case LogicalPlan.ConstructNamedPath path -> hasOneRowAtMost(path.input());
            case LogicalPlan.Delete delete -> hasOneRowAtMost(delete.input());
            case LogicalPlan.Skip skip -> hasOneRowAtMost(skip.input());
            case LogicalPlan.Limit limit -> hasOneRowAtMost(limit.input());
            case Aggregate aggregate -> aggregate.keys().isEmpty();
            default -> false;
        };
    }
}
