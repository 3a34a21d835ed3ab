package skein.cypher.execute;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.plan.Column;
import skein.cypher.plan.LogicalPlan;
import skein.cypher.plan.LogicalPlan.Assignment;
import skein.cypher.plan.LogicalPlan.ExpandVariable;
import skein.cypher.plan.Repeatable;
import skein.cypher.plan.ScopedExpression;
import skein.cypher.syntax.Expression.FunctionCall;

/**
 * Finds walks of several relationships of which nobody wants to know more than where they lead to, however many walks
 * lead there: below DISTINCT, or below aggregates that count equal values once, with nothing in between that tells one
 * walk from another. Their nodes can be found breadth first, each once.
 */
final class FarNodesOnly {
    private final Set<Integer> wanted = new HashSet<>();

    private FarNodesOnly() {}

    /** Slots of the relationships of such walks in the rows that feed this operator. */
    static Set<Integer> below(LogicalPlan plan) {
        FarNodesOnly search = new FarNodesOnly();
        return switch (plan) {
            case LogicalPlan.Distinct distinct -> {
                search.want(distinct.columns());
                yield search.descend(distinct.input());
            }
            case LogicalPlan.Aggregate aggregate
            when aggregate.aggregates().stream().allMatch(FarNodesOnly::countsEqualValuesOnce)
                    && repeatable(aggregate.keys()) -> search.descend(aggregate.input());
            default -> Set.of();
        };
    }

    private static boolean countsEqualValuesOnce(Assignment aggregate) {
        return aggregate.expression().expression() instanceof FunctionCall call
                && call.distinct()
                && Repeatable.is(call);
    }

    private static boolean repeatable(List<Assignment> items) {
        return items.stream().allMatch(item -> Repeatable.is(item.expression().expression()));
    }

    private Set<Integer> descend(LogicalPlan top) {
        Set<Integer> found = new HashSet<>();
        LogicalPlan plan = top;
        while (true) {
            switch (plan) {
                case LogicalPlan.Filter filter
                when filter.predicates().stream()
                        .map(ScopedExpression::expression)
                        .allMatch(Repeatable::is) -> plan = filter.input();
                case LogicalPlan.Produce produce when repeatable(produce.items()) -> plan = produce.input();
                case LogicalPlan.Expand expand -> {
                    want(expand.uniqueAmong());
                    plan = expand.input();
                }
                case ExpandVariable walk -> {
                    if (tellsFarNodesOnly(walk)) {
                        found.add(walk.relationships().slot());
                    }
                    want(walk.uniqueAmong());
                    plan = walk.input();
                }
                case LogicalPlan.ScanAllByLabel scan -> plan = scan.input();
                case LogicalPlan.ScanAllByLabelProperties scan -> plan = scan.input();
                default -> {
                    return found;
                }
            }
        }
    }

    /** Expressions cannot speak of relationships that have no name. */
    private boolean tellsFarNodesOnly(ExpandVariable walk) {
        return walk.min() <= 1
                && walk.max() > 1
                && !walk.into()
                && walk.uniqueAmong().isEmpty()
                && !walk.relationships().isNamed()
                && !wanted.contains(walk.relationships().slot());
    }

    private void want(List<Column> columns) {
        columns.forEach(column -> wanted.add(column.slot()));
    }
}
