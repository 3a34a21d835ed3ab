package skein.cypher.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import skein.cypher.plan.LogicalPlan.ExpandVariable;
import skein.cypher.plan.LogicalPlan.ShortestPath;
import skein.cypher.plan.LogicalPlan.Steps;
import skein.cypher.plan.PatternGraph.Edge;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Plans one variable-length part of a pattern. */
final class VariableLengthPlanner {
    private final Scope scope;
    private final Edge edge;
    private final Column step;

    /** @param scope what is bound before the part is walked */
    VariableLengthPlanner(SlotAllocator slots, Scope scope, Edge edge) {
        this.scope = scope;
        this.edge = edge;
        this.step = slots.anonymous();
    }

    /** @param inlineCondition test the property map on every step */
    UnaryOperator<LogicalPlan> expand(
            Column from,
            Column relationships,
            Column to,
            boolean into,
            boolean backwards,
            boolean inlineCondition,
            List<Column> unique) {
        Steps walk = new Steps(
                edge.pattern().types(), MatchPlanner.direction(edge.pattern().arrow(), backwards));
        Optional<ScopedExpression> condition = inlineCondition ? condition() : Optional.empty();
        return input -> new ExpandVariable(
                input, from, relationships, to, walk, edge.min(), edge.max(), into, backwards, step, condition, unique);
    }

    UnaryOperator<LogicalPlan> shortest(Column relationships) {
        if (!edge.isVariableLength()) {
            throw new SkeinException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "shortestPath() over a single relationship is understood but not executed by this version. Give"
                            + " the relationship a length, for example [*..1].");
        }
        Steps walk = new Steps(
                edge.pattern().types(), MatchPlanner.direction(edge.pattern().arrow(), false));
        boolean all = edge.shortest() == PathSelector.ALL_SHORTEST;
        return input -> new ShortestPath(
                input,
                scope.column(edge.left()),
                relationships,
                scope.column(edge.right()),
                walk,
                edge.min(),
                edge.max(),
                all,
                step,
                condition());
    }

    private Optional<ScopedExpression> condition() {
        Variable variable = new Variable(step.name(), edge.pattern().span());
        return edge.pattern()
                .properties()
                .map(map -> new ScopedExpression(
                        MatchPlanner.conjunction(PatternGraph.equalities(variable, map)), scope.with(step)));
    }
}
