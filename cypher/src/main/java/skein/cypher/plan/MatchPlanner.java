package skein.cypher.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import skein.cypher.plan.PatternGraph.Edge;
import skein.cypher.syntax.Clause.IndexHint;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Span;
import skein.storage.api.Direction;

/**
 * Plans one MATCH, or several that follow one another: {@link JoinOrder} says where to start and in which order to walk
 * the relationships of each connected part, {@link Components} how the parts come together, {@link MatchBuilder} makes
 * operators of that and tests each predicate as soon as what it speaks of is bound. One instance plans one pattern.
 */
final class MatchPlanner {
    private final Planning planning;
    private final Scope scope;
    private final PatternGraph graph;
    private final List<IndexHint> hints;
    private final List<Predicate> predicates = new ArrayList<>();
    private final Set<String> known;

    /**
     * What is to be matched.
     *
     * @param clauses the parts of each MATCH
     */
    record Wanted(List<List<PathPattern>> clauses, List<Expression> conditions, List<IndexHint> hints) {
        static Wanted of(List<PathPattern> paths, Optional<Expression> where) {
            return new Wanted(List.of(paths), where.map(Predicate::conjuncts).orElse(List.of()), List.of());
        }
    }

    /** @param scope what is bound before the MATCH */
    MatchPlanner(Planning planning, Scope scope, Wanted wanted) {
        this.planning = planning;
        this.scope = scope;
        this.graph = new PatternGraph(wanted.clauses(), planning.slots());
        this.hints = wanted.hints();
        this.known = new HashSet<>(scope.names());
        known.addAll(graph.names());
        graph.predicates().forEach(expression -> predicates.add(Predicate.of(expression, known)));
        for (Expression condition : wanted.conditions()) {
            predicates.add(Predicate.of(condition, known));
            graph.noteLabels(condition);
        }
        stepConditions();
    }

    /** What a planned MATCH does to a pipeline. */
    record Matched(List<UnaryOperator<LogicalPlan>> steps, Scope scope, Effects effects) {
        LogicalPlan on(LogicalPlan input) {
            LogicalPlan plan = input;
            for (UnaryOperator<LogicalPlan> step : steps) {
                plan = step.apply(plan);
            }
            return plan;
        }
    }

    /** The plan when it runs anew for every row of an outer one. */
    Matched planInner() {
        return plan(1, false);
    }

    /**
     * The plan.
     *
     * @param inputRows about how many rows there are before
     */
    Matched plan(double inputRows) {
        return plan(inputRows, true);
    }

    private Matched plan(double inputRows, boolean joins) {
        MatchBuilder builder = new MatchBuilder(planning, graph, scope, predicates);
        builder.requireIsolatedNodesBound();
        builder.applyReadyPredicates();
        Components components = new Components(planning.sizes(), graph, predicates, hints, scope.names());
        for (Components.Part part : components.inBestOrder(inputRows, joins)) {
            builder.add(part);
        }
        builder.constructPaths();
        builder.applyReadyPredicates();
        return builder.matched();
    }

    /** A property map on a variable-length part that speaks of the pattern itself is tested afterwards. */
    private void stepConditions() {
        for (Edge edge : graph.edges()) {
            if (edge.isVariableLength() && !edge.isExpansion() && !graph.conditionIsLocal(edge, scope)) {
                Variable step = new Variable(
                        planning.slots().anonymous().name(), edge.pattern().span());
                Expression all = new Expression.Quantified(
                        Expression.Quantifier.ALL,
                        step,
                        new Variable(edge.name(), edge.pattern().span()),
                        conjunction(PatternGraph.equalities(
                                step, edge.pattern().properties().orElseThrow())),
                        edge.pattern().span());
                predicates.add(Predicate.of(all, known));
            }
        }
    }

    static Expression conjunction(List<Expression> parts) {
        return parts.stream()
                .reduce((a, b) -> new Expression.Binary(Expression.BinaryOperator.AND, a, b, Span.NOWHERE))
                .orElse(new Expression.BooleanLiteral(true, Span.NOWHERE));
    }

    static Direction direction(Arrow arrow, boolean backwards) {
        return switch (arrow) {
            case EITHER -> Direction.BOTH;
            case RIGHT -> backwards ? Direction.INCOMING : Direction.OUTGOING;
            case LEFT -> backwards ? Direction.OUTGOING : Direction.INCOMING;
        };
    }
}
