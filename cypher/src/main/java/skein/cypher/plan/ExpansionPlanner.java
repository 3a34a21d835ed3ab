package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import skein.cypher.plan.LogicalPlan.ExpandPaths;
import skein.cypher.plan.LogicalPlan.Search;
import skein.cypher.plan.LogicalPlan.StepLambda;
import skein.cypher.plan.LogicalPlan.Steps;
import skein.cypher.plan.PatternGraph.Edge;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Expansion;
import skein.cypher.syntax.Pattern.Lambda;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/** Plans one path expansion of a pattern, {@code *BFS} and its like. Its lambdas must have passed the check. */
final class ExpansionPlanner {
    private final SlotAllocator slots;
    private final Edge edge;
    private final Expansion expansion;

    ExpansionPlanner(SlotAllocator slots, Edge edge) {
        this.slots = slots;
        this.edge = edge;
        this.expansion = edge.pattern().expansion().orElseThrow();
    }

    /**
     * What has to be bound before: what the lambdas and the property map speak of, and the ends.
     *
     * @param bound names that are bound
     * @param pattern names that the pattern binds
     */
    static boolean isReady(Edge edge, Set<String> bound, Set<String> pattern) {
        Expansion expansion = edge.pattern().expansion().orElseThrow();
        boolean left = bound.contains(edge.left());
        boolean right = bound.contains(edge.right());
        boolean ends = expansion.kind() == Expansion.Kind.K_SHORTEST
                ? left && right
                : left || right && mayGoBackwards(expansion);
        return ends && missing(edge, bound, pattern).isEmpty();
    }

    private static Set<String> missing(Edge edge, Set<String> bound, Set<String> pattern) {
        Set<String> missing = mentions(edge);
        missing.retainAll(pattern);
        missing.removeAll(bound);
        return missing;
    }

    /** What the lambdas and the property map of any walk of several relationships speak of. */
    static Set<String> mentions(Edge edge) {
        Set<String> mentions = new TreeSet<>();
        edge.pattern().expansion().ifPresent(expansion -> {
            for (Lambda lambda : lambdas(expansion)) {
                Set<String> names = Mentions.in(lambda.body());
                lambda.variables().forEach(variable -> names.remove(variable.name()));
                mentions.addAll(names);
            }
        });
        edge.pattern().properties().ifPresent(map -> mentions.addAll(Mentions.in(map)));
        return mentions;
    }

    /** Nothing else of the query can bind what the lambdas speak of. */
    static SkeinException unresolved(Edge edge, Set<String> bound, Set<String> pattern) {
        return new SkeinException(
                ErrorCode.SYNTAX_ERROR,
                "A path expansion speaks of " + String.join(", ", missing(edge, bound, pattern))
                        + ", which is known only once its paths have been found [UndefinedVariable]. Test it in WHERE"
                        + " instead.");
    }

    private static List<Lambda> lambdas(Expansion expansion) {
        List<Lambda> lambdas = new ArrayList<>();
        expansion.filter().ifPresent(lambdas::add);
        expansion.weight().ifPresent(lambdas::add);
        return lambdas;
    }

    /** A walk from the other end finds the same paths unless somebody looks at nodes or at beginnings of paths. */
    private static boolean mayGoBackwards(Expansion expansion) {
        return lambdas(expansion).stream().allMatch(lambda -> {
            Set<String> names = Mentions.in(lambda.body());
            return lambda.variables().stream().skip(1).noneMatch(variable -> names.contains(variable.name()));
        });
    }

    /** Where the columns of the expansion stand. */
    record Columns(Column from, Column relationships, Column to, Optional<Column> total) {}

    /** @param scope what the lambdas may speak of */
    UnaryOperator<LogicalPlan> plan(
            Columns columns, Scope scope, boolean into, boolean backwards, List<Column> unique) {
        Steps steps = new Steps(
                edge.pattern().types(), MatchPlanner.direction(edge.pattern().arrow(), backwards));
        List<StepLambda> filters = new ArrayList<>();
        edge.pattern().properties().ifPresent(map -> filters.add(propertyTest(map, scope)));
        expansion.filter().ifPresent(filter -> filters.add(lambda(filter, scope)));
        Optional<StepLambda> weight = expansion.weight().map(lambda -> lambda(lambda, scope));
        long paths = expansion.paths().isPresent() ? expansion.paths().getAsInt() : Long.MAX_VALUE;
        return input -> new ExpandPaths(
                input,
                search(),
                columns.from,
                columns.relationships,
                columns.to,
                columns.total,
                steps,
                edge.min(),
                edge.max(),
                into,
                backwards,
                filters,
                weight,
                paths,
                unique);
    }

    private StepLambda propertyTest(Expression map, Scope scope) {
        Column step = slots.anonymous();
        Variable variable = new Variable(step.name(), edge.pattern().span());
        Expression test = MatchPlanner.conjunction(PatternGraph.equalities(variable, map));
        return new StepLambda(List.of(step), new ScopedExpression(test, scope.with(step)));
    }

    private StepLambda lambda(Lambda lambda, Scope scope) {
        List<Column> columns = new ArrayList<>();
        Scope inner = scope;
        for (Variable variable : lambda.variables()) {
            Column column = slots.column(variable.name());
            columns.add(column);
            inner = inner.with(column);
        }
        return new StepLambda(columns, new ScopedExpression(lambda.body(), inner));
    }

    private Search search() {
        return switch (expansion.kind()) {
            case DEPTH_FIRST -> Search.DEPTH_FIRST;
            case BREADTH_FIRST -> Search.BREADTH_FIRST;
            case WEIGHTED_SHORTEST -> Search.WEIGHTED_SHORTEST;
            case ALL_SHORTEST -> Search.ALL_SHORTEST;
            case K_SHORTEST -> Search.K_SHORTEST;
        };
    }
}
