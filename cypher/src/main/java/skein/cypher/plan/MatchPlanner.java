package skein.cypher.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import skein.cypher.plan.LogicalPlan.BindRelationship;
import skein.cypher.plan.LogicalPlan.ConstructNamedPath;
import skein.cypher.plan.LogicalPlan.Expand;
import skein.cypher.plan.LogicalPlan.Filter;
import skein.cypher.plan.LogicalPlan.PathStep;
import skein.cypher.plan.LogicalPlan.RequireBound;
import skein.cypher.plan.LogicalPlan.ScanAllByEdgeType;
import skein.cypher.plan.LogicalPlan.ScanAllByEdgeTypeProperties;
import skein.cypher.plan.LogicalPlan.SeekRelationship;
import skein.cypher.plan.LogicalPlan.Steps;
import skein.cypher.plan.PatternGraph.Edge;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.cypher.syntax.Span;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;

/**
 * Plans one MATCH: picks where to start, in which order to walk the relationships, and tests each predicate as soon as
 * what it speaks of is bound. Greedy: bound ends first, then the cheapest start. One instance plans one MATCH.
 */
final class MatchPlanner {
    private static final double UNTYPED_FACTOR = 3;
    private static final double UNDIRECTED_FACTOR = 2;
    private static final double VARIABLE_LENGTH_FACTOR = 20;
    private static final double TESTED_FACTOR = 0.5;
    /** A type scan may look at relationships of other types; beyond this many per node, scanning nodes is as good. */
    private static final long TYPE_SCAN_DEGREE = 4;

    private final PlanFacts facts;
    private final SlotAllocator slots;
    private final PatternGraph graph;
    private final List<Predicate> waiting;
    private final List<Edge> todo;
    private final Map<String, Column> usedRelationships = new LinkedHashMap<>();
    private final List<UnaryOperator<LogicalPlan>> steps = new ArrayList<>();
    private Scope scope;
    private Effects effects = Effects.NONE;

    /** @param scope what is bound before the MATCH */
    MatchPlanner(
            PlanFacts facts, SlotAllocator slots, Scope scope, List<PathPattern> paths, Optional<Expression> where) {
        this.facts = facts;
        this.slots = slots;
        this.scope = scope;
        this.graph = new PatternGraph(paths, slots);
        this.todo = new ArrayList<>(graph.edges());
        Set<String> known = new HashSet<>(scope.names());
        known.addAll(graph.nodes());
        graph.edges().forEach(edge -> known.add(edge.name()));
        graph.paths().forEach(path -> known.add(path.name()));
        this.waiting = new ArrayList<>();
        graph.predicates().forEach(expression -> waiting.add(Predicate.of(expression, known)));
        where.map(Predicate::conjuncts)
                .ifPresent(conjuncts -> conjuncts.forEach(part -> waiting.add(Predicate.of(part, known))));
        stepConditions(known);
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

    Matched plan() {
        requireIsolatedNodesBound();
        applyReadyPredicates();
        while (true) {
            Optional<Edge> next = todo.stream().filter(this::isReady).min(Comparator.comparingDouble(this::cost));
            if (next.isPresent()) {
                walk(next.get());
            } else if (!startSomewhere()) {
                break;
            }
            applyReadyPredicates();
        }
        constructPaths();
        applyReadyPredicates();
        return new Matched(steps, scope.named(), effects);
    }

    /** A property map on a variable-length part that speaks of the pattern itself is tested afterwards. */
    private void stepConditions(Set<String> known) {
        for (Edge edge : graph.edges()) {
            if (edge.isVariableLength() && !conditionIsLocal(edge)) {
                Variable step =
                        new Variable(slots.anonymous().name(), edge.pattern().span());
                Expression all = new Expression.Quantified(
                        Expression.Quantifier.ALL,
                        step,
                        new Variable(edge.name(), edge.pattern().span()),
                        conjunction(PatternGraph.equalities(
                                step, edge.pattern().properties().orElseThrow())),
                        edge.pattern().span());
                waiting.add(Predicate.of(all, known));
            }
        }
    }

    private boolean conditionIsLocal(Edge edge) {
        return edge.pattern().properties().map(Mentions::in).stream()
                .flatMap(Set::stream)
                .allMatch(name -> scope.has(name) || !graph.nodes().contains(name) && !isEdge(name));
    }

    private boolean isEdge(String name) {
        return graph.edges().stream().anyMatch(edge -> edge.name().equals(name));
    }

    static Expression conjunction(List<Expression> parts) {
        return parts.stream()
                .reduce((a, b) -> new Expression.Binary(Expression.BinaryOperator.AND, a, b, Span.NOWHERE))
                .orElse(new Expression.BooleanLiteral(true, Span.NOWHERE));
    }

    private void requireIsolatedNodesBound() {
        List<Column> isolated = graph.nodes().stream()
                .filter(scope::has)
                .filter(node -> todo.stream().noneMatch(edge -> touches(edge, node)))
                .map(scope::column)
                .toList();
        if (!isolated.isEmpty()) {
            steps.add(input -> new RequireBound(input, isolated));
        }
    }

    private static boolean touches(Edge edge, String node) {
        return edge.left().equals(node) || edge.right().equals(node);
    }

    private void applyReadyPredicates() {
        List<Predicate> ready = waiting.stream()
                .filter(predicate -> scope.names().containsAll(predicate.needs()))
                .toList();
        if (ready.isEmpty()) {
            return;
        }
        waiting.removeAll(ready);
        Scope now = scope;
        List<ScopedExpression> tests = ready.stream()
                .map(predicate -> new ScopedExpression(predicate.expression(), now))
                .toList();
        ready.forEach(predicate -> effects = effects.and(Effects.of(predicate.expression())));
        steps.add(input -> new Filter(input, tests));
    }

    private boolean isReady(Edge edge) {
        if (edge.shortest() != PathSelector.EVERY) {
            return scope.has(edge.left()) && scope.has(edge.right());
        }
        return scope.has(edge.name()) || scope.has(edge.left()) || scope.has(edge.right());
    }

    private double cost(Edge edge) {
        if (scope.has(edge.name())) {
            return 0;
        }
        double cost = edge.pattern().types().isEmpty() ? UNTYPED_FACTOR : 1;
        cost *= edge.pattern().arrow() == Arrow.EITHER ? UNDIRECTED_FACTOR : 1;
        cost *= edge.isVariableLength() ? VARIABLE_LENGTH_FACTOR : 1;
        if (scope.has(edge.left()) && scope.has(edge.right())) {
            return cost * TESTED_FACTOR * TESTED_FACTOR;
        }
        String far = scope.has(edge.left()) ? edge.right() : edge.left();
        boolean tested =
                waiting.stream().anyMatch(predicate -> predicate.needs().contains(far));
        return tested ? cost * TESTED_FACTOR : cost;
    }

    private boolean startSomewhere() {
        Optional<StartPoint> best = graph.nodes().stream()
                .filter(node -> !scope.has(node))
                .map(node -> StartPoint.cheapest(node, graph.labelsOf(node), waiting, scope.names(), facts))
                .min(Comparator.comparingDouble(StartPoint::cost));
        if (best.isEmpty()) {
            return false;
        }
        StartPoint start = best.get();
        if (start.cost() > StartPoint.SEEK_COST && seekRelationship()) {
            return true;
        }
        if (seekByIndex(start.cost())) {
            return true;
        }
        Optional<Edge> scannable = start.access() instanceof StartPoint.Access.All ? scannableEdge() : Optional.empty();
        if (scannable.isPresent()) {
            scanEdge(scannable.get());
            return true;
        }
        Scope before = scope;
        Column column = bind(start.node());
        waiting.removeAll(start.answered());
        effects = effects.and(Effects.reading(start.reads()));
        steps.add(input -> start.scan(input, column, before));
        return true;
    }

    private boolean seekRelationship() {
        for (Edge edge : todo) {
            Optional<Probe> probe = waiting.stream()
                    .flatMap(predicate -> Probe.of(predicate, edge.name(), scope.names()).stream())
                    .filter(found -> found.isById() && !edge.isVariableLength())
                    .findFirst();
            if (probe.isPresent()) {
                Probe found = probe.get();
                ScopedExpression value = new ScopedExpression(found.value(), scope);
                Column column = bind(edge.name());
                waiting.remove(found.predicate());
                LogicalPlan.IdForm form = ((Probe.Subject.Id) found.subject()).form();
                steps.add(input -> new SeekRelationship(input, column, value, found.many(), form));
                return true;
            }
        }
        return false;
    }

    /** How an index finds the relationships that an edge may stand for. */
    private record EdgeSeek(Edge edge, String type, IndexChoice choice) {}

    /** Starts with a relationship when an index finds few enough of them. */
    private boolean seekByIndex(double costMax) {
        Optional<EdgeSeek> cheapest = todo.stream()
                .filter(edge -> !edge.isVariableLength() && edge.shortest() == PathSelector.EVERY)
                .filter(edge -> edge.pattern().types().size() == 1)
                .flatMap(edge -> seeks(edge).stream())
                .min(Comparator.comparingDouble(seek -> seek.choice.entities()))
                .filter(seek -> seek.choice.entities() + 1 < costMax);
        if (cheapest.isEmpty()) {
            return false;
        }
        EdgeSeek seek = cheapest.get();
        Scope before = scope;
        Column column = bind(seek.edge.name());
        waiting.removeAll(seek.choice.answered());
        effects = effects.and(Effects.reading(seek.choice.reads()));
        steps.add(input -> new ScanAllByEdgeTypeProperties(input, column, seek.type, seek.choice.conditions(), before));
        return true;
    }

    private List<EdgeSeek> seeks(Edge edge) {
        String type = edge.pattern().types().getFirst();
        List<Probe> probes = waiting.stream()
                .flatMap(predicate -> Probe.of(predicate, edge.name(), scope.names()).stream())
                .toList();
        if (probes.isEmpty()) {
            return List.of();
        }
        return facts.indexes(IndexKind.RELATIONSHIP, type).stream()
                .flatMap(keys ->
                        IndexChoice.of(keys, probes, facts.statistics(IndexKind.RELATIONSHIP, type, keys)).stream())
                .map(choice -> new EdgeSeek(edge, type, choice))
                .toList();
    }

    private Optional<Edge> scannableEdge() {
        return todo.stream()
                .filter(edge -> !edge.isVariableLength()
                        && edge.shortest() == PathSelector.EVERY
                        && !edge.left().equals(edge.right())
                        && !scope.has(edge.left())
                        && !scope.has(edge.right()))
                .filter(edge -> edge.pattern().types().isEmpty()
                        || facts.relationshipCount() <= TYPE_SCAN_DEGREE * facts.nodeCount())
                .min(Comparator.comparingDouble(this::cost));
    }

    private void scanEdge(Edge edge) {
        todo.remove(edge);
        List<Column> unique = uniqueAmong(edge);
        Column relationship = bind(edge.name());
        Column left = bind(edge.left());
        Column right = bind(edge.right());
        usedRelationships.put(edge.name(), relationship);
        reads(edge);
        steps.add(input -> new ScanAllByEdgeType(
                input,
                relationship,
                left,
                right,
                edge.pattern().types(),
                edge.pattern().arrow(),
                unique));
    }

    private void walk(Edge edge) {
        todo.remove(edge);
        List<Column> unique = uniqueAmong(edge);
        reads(edge);
        if (scope.has(edge.name())) {
            bindEnds(edge, unique);
        } else if (edge.shortest() != PathSelector.EVERY) {
            steps.add(new VariableLengthPlanner(slots, scope, edge).shortest(bind(edge.name())));
        } else if (edge.isVariableLength()) {
            walkVariable(edge, unique);
        } else {
            walkOne(edge, unique);
        }
        usedRelationships.put(edge.name(), scope.column(edge.name()));
    }

    private void bindEnds(Edge edge, List<Column> unique) {
        Column relationship = scope.column(edge.name());
        boolean leftBound = scope.has(edge.left());
        boolean rightBound = scope.has(edge.right());
        Column left = leftBound ? scope.column(edge.left()) : bind(edge.left());
        Column right = scope.has(edge.right()) ? scope.column(edge.right()) : bind(edge.right());
        steps.add(input -> new BindRelationship(
                input,
                relationship,
                edge.isVariableLength(),
                edge.min(),
                edge.max(),
                left,
                leftBound,
                right,
                rightBound,
                edge.pattern().types(),
                edge.pattern().arrow(),
                unique));
    }

    private void walkOne(Edge edge, List<Column> unique) {
        boolean backwards = !scope.has(edge.left());
        boolean into = scope.has(edge.left()) && scope.has(edge.right());
        Column from = scope.column(backwards ? edge.right() : edge.left());
        String far = backwards ? edge.left() : edge.right();
        Column to = into ? scope.column(far) : bind(far);
        Column relationship = bind(edge.name());
        Steps walk = new Steps(edge.pattern().types(), direction(edge.pattern().arrow(), backwards));
        steps.add(input -> new Expand(input, from, relationship, to, walk, into, unique));
    }

    private void walkVariable(Edge edge, List<Column> unique) {
        boolean backwards = !scope.has(edge.left());
        boolean into = scope.has(edge.left()) && scope.has(edge.right());
        Column from = scope.column(backwards ? edge.right() : edge.left());
        String far = backwards ? edge.left() : edge.right();
        VariableLengthPlanner planner = new VariableLengthPlanner(slots, scope, edge);
        boolean inline = conditionIsLocal(edge);
        Column to = into ? scope.column(far) : bind(far);
        Column relationships = bind(edge.name());
        steps.add(planner.expand(from, relationships, to, into, backwards, inline, unique));
    }

    static Direction direction(Arrow arrow, boolean backwards) {
        return switch (arrow) {
            case EITHER -> Direction.BOTH;
            case RIGHT -> backwards ? Direction.INCOMING : Direction.OUTGOING;
            case LEFT -> backwards ? Direction.OUTGOING : Direction.INCOMING;
        };
    }

    private void reads(Edge edge) {
        NameSet types = edge.pattern().types().isEmpty()
                ? NameSet.ALL
                : NameSet.of(edge.pattern().types());
        effects = effects.and(Effects.reading(Footprint.ofRelationships(types)));
        if (edge.isVariableLength()) {
            effects = effects.and(edge.pattern().properties().map(Effects::of).orElse(Effects.NONE));
        }
    }

    /** Relationships matched so far that could be the same one as this. */
    private List<Column> uniqueAmong(Edge edge) {
        if (edge.shortest() != PathSelector.EVERY) {
            return List.of();
        }
        Set<String> types = new LinkedHashSet<>(edge.pattern().types());
        return graph.edges().stream()
                .filter(other -> usedRelationships.containsKey(other.name())
                        && !other.name().equals(edge.name())
                        && other.shortest() == PathSelector.EVERY)
                .filter(other -> types.isEmpty()
                        || other.pattern().types().isEmpty()
                        || other.pattern().types().stream().anyMatch(types::contains))
                .map(other -> usedRelationships.get(other.name()))
                .toList();
    }

    private void constructPaths() {
        for (PatternGraph.NamedPath path : graph.paths()) {
            Column start = scope.column(path.start());
            List<PathStep> parts = path.edges().stream()
                    .map(edge -> new PathStep(
                            scope.column(edge.name()), edge.isVariableLength(), scope.column(edge.right())))
                    .toList();
            Column column = bind(path.name());
            steps.add(input -> new ConstructNamedPath(input, column, start, parts));
        }
    }

    private Column bind(String name) {
        Column column = slots.column(name);
        scope = scope.with(column);
        return column;
    }
}
