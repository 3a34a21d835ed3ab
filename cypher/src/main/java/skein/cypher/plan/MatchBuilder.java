package skein.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import skein.cypher.plan.JoinOrder.Action;
import skein.cypher.plan.LogicalPlan.BindRelationship;
import skein.cypher.plan.LogicalPlan.Cartesian;
import skein.cypher.plan.LogicalPlan.ConstructNamedPath;
import skein.cypher.plan.LogicalPlan.EdgeUniquenessFilter;
import skein.cypher.plan.LogicalPlan.Expand;
import skein.cypher.plan.LogicalPlan.HashJoin;
import skein.cypher.plan.LogicalPlan.PathStep;
import skein.cypher.plan.LogicalPlan.RequireBound;
import skein.cypher.plan.LogicalPlan.ScanAllByEdgeType;
import skein.cypher.plan.LogicalPlan.Steps;
import skein.cypher.plan.PatternGraph.Edge;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.vocabulary.Invariant;

/** Makes operators of the order in which a pattern is to be matched. One instance makes one chain of operators. */
final class MatchBuilder {
    private final Planning planning;
    private final PatternGraph graph;
    private final Scope before;
    private final List<Predicate> waiting;
    private final Map<String, Column> usedRelationships = new LinkedHashMap<>();
    private final List<UnaryOperator<LogicalPlan>> steps = new ArrayList<>();
    private Scope scope;
    private Effects effects = Effects.NONE;

    /** @param predicates to be tested as soon as they can be */
    MatchBuilder(Planning planning, PatternGraph graph, Scope scope, List<Predicate> predicates) {
        this.planning = planning;
        this.graph = graph;
        this.before = scope;
        this.scope = scope;
        this.waiting = new ArrayList<>(predicates);
    }

    MatchPlanner.Matched matched() {
        return new MatchPlanner.Matched(List.copyOf(steps), scope.named(), effects);
    }

    void add(Components.Part part) {
        switch (part) {
            case Components.Part.Nested nested -> perform(nested.order().actions());
            case Components.Part.Joined joined -> join(joined);
        }
    }

    private void perform(List<Action> actions) {
        for (Action action : actions) {
            switch (action) {
                case Action.Start start -> start(start.point());
                case Action.Walk walk -> walk(walk.edge());
                case Action.ScanEdge scan -> scanEdge(scan.edge());
                case Action.SeekEdge seek -> seekEdge(seek.seek());
            }
            applyReadyPredicates();
        }
    }

    private void join(Components.Part.Joined joined) {
        List<Predicate> own = waiting.stream()
                .filter(predicate -> joined.names().containsAll(predicate.needs()))
                .toList();
        MatchBuilder inner = new MatchBuilder(planning, graph, before, own);
        inner.perform(joined.order().actions());
        Invariant.check(inner.waiting.isEmpty(), "conditions of a joined part are left over: %s", inner.waiting);
        LogicalPlan plan = inner.matched().on(new LogicalPlan.Once());
        List<Column> introduced = inner.scope.columns().stream()
                .filter(column -> !before.has(column.name()))
                .toList();
        waiting.removeAll(own);
        effects = effects.and(inner.effects);
        if (joined.keys().isEmpty()) {
            steps.add(input -> new Cartesian(input, plan, introduced));
        } else {
            List<ScopedExpression> keys = joined.keys().stream()
                    .map(key -> new ScopedExpression(key.left(), scope))
                    .toList();
            List<ScopedExpression> innerKeys = joined.keys().stream()
                    .map(key -> new ScopedExpression(key.right(), inner.scope))
                    .toList();
            joined.keys().forEach(key -> effects = effects.and(Effects.of(List.of(key.left(), key.right()))));
            steps.add(input -> new HashJoin(input, plan, keys, innerKeys, introduced));
        }
        for (Column column : introduced) {
            scope = scope.with(column);
        }
        keepApart(inner);
        applyReadyPredicates();
    }

    /** No relationship may stand on both sides of a join. */
    private void keepApart(MatchBuilder inner) {
        for (Edge edge : graph.edges()) {
            Column column = inner.usedRelationships.get(edge.name());
            List<Column> unique = column == null ? List.of() : uniqueAmong(edge);
            if (column != null && !unique.isEmpty()) {
                steps.add(input -> new EdgeUniquenessFilter(input, column, unique));
            }
        }
        usedRelationships.putAll(inner.usedRelationships);
    }

    void requireIsolatedNodesBound() {
        List<Column> isolated = graph.nodes().stream()
                .filter(scope::has)
                .filter(node -> graph.edges().stream().noneMatch(edge -> touches(edge, node)))
                .map(scope::column)
                .toList();
        if (!isolated.isEmpty()) {
            steps.add(input -> new RequireBound(input, isolated));
        }
    }

    private static boolean touches(Edge edge, String node) {
        return edge.left().equals(node) || edge.right().equals(node);
    }

    void applyReadyPredicates() {
        Set<String> names = scope.names();
        List<Predicate> ready = waiting.stream()
                .filter(predicate -> names.containsAll(predicate.needs()))
                .toList();
        if (ready.isEmpty()) {
            return;
        }
        waiting.removeAll(ready);
        ready.forEach(predicate -> effects = effects.and(Effects.of(predicate.expression())));
        steps.add(Conditions.filter(
                planning, ready.stream().map(Predicate::expression).toList(), scope));
    }

    private void start(StartPoint start) {
        Scope earlier = scope;
        Column column = bind(start.node());
        waiting.removeAll(start.answered());
        effects = effects.and(Effects.reading(start.reads()));
        steps.add(input -> start.scan(input, column, earlier));
    }

    private void seekEdge(EdgeSeek seek) {
        Scope earlier = scope;
        Column column = bind(seek.edge().name());
        waiting.removeAll(seek.answered());
        effects = effects.and(Effects.reading(seek.reads()));
        steps.add(input -> seek.scan(input, column, earlier));
    }

    private void scanEdge(Edge edge) {
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
        List<Column> unique = uniqueAmong(edge);
        reads(edge);
        if (scope.has(edge.name())) {
            bindEnds(edge, unique);
        } else if (edge.shortest() != PathSelector.EVERY) {
            steps.add(new VariableLengthPlanner(planning.slots(), scope, edge).shortest(bind(edge.name())));
        } else if (edge.isExpansion()) {
            walkExpansion(edge, unique);
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
        Steps walk = new Steps(
                edge.pattern().types(), MatchPlanner.direction(edge.pattern().arrow(), backwards));
        steps.add(input -> new Expand(input, from, relationship, to, walk, into, unique));
    }

    private void walkExpansion(Edge edge, List<Column> unique) {
        boolean backwards = !scope.has(edge.left());
        boolean into = scope.has(edge.left()) && scope.has(edge.right());
        String far = backwards ? edge.left() : edge.right();
        Scope earlier = scope;
        Column from = scope.column(backwards ? edge.right() : edge.left());
        Column to = into ? scope.column(far) : bind(far);
        Column relationships = bind(edge.name());
        var columns = new ExpansionPlanner.Columns(
                from, relationships, to, edge.total().map(this::bind));
        steps.add(new ExpansionPlanner(planning.slots(), edge).plan(columns, earlier, into, backwards, unique));
    }

    private void walkVariable(Edge edge, List<Column> unique) {
        boolean backwards = !scope.has(edge.left());
        boolean into = scope.has(edge.left()) && scope.has(edge.right());
        Column from = scope.column(backwards ? edge.right() : edge.left());
        String far = backwards ? edge.left() : edge.right();
        VariableLengthPlanner planner = new VariableLengthPlanner(planning.slots(), scope, edge);
        boolean inline = graph.conditionIsLocal(edge, before);
        Column to = into ? scope.column(far) : bind(far);
        Column relationships = bind(edge.name());
        steps.add(planner.expand(from, relationships, to, into, backwards, inline, unique));
    }

    private void reads(Edge edge) {
        NameSet types = edge.pattern().types().isEmpty()
                ? NameSet.ALL
                : NameSet.of(edge.pattern().types());
        effects = effects.and(Effects.reading(Footprint.ofRelationships(types)));
        if (edge.isVariableLength()) {
            effects = effects.and(edge.pattern().properties().map(Effects::of).orElse(Effects.NONE));
        }
        edge.pattern().expansion().ifPresent(expansion -> {
            expansion.filter().ifPresent(filter -> effects = effects.and(Effects.of(filter.body())));
            expansion.weight().ifPresent(weight -> effects = effects.and(Effects.of(weight.body())));
        });
    }

    /** Relationships matched so far that could be the same one as this. */
    private List<Column> uniqueAmong(Edge edge) {
        if (edge.isSearch()) {
            return List.of();
        }
        Set<String> types = new LinkedHashSet<>(edge.pattern().types());
        return graph.edges().stream()
                .filter(other -> usedRelationships.containsKey(other.name())
                        && !other.name().equals(edge.name())
                        && other.clause() == edge.clause()
                        && !other.isSearch())
                .filter(other -> types.isEmpty()
                        || other.pattern().types().isEmpty()
                        || other.pattern().types().stream().anyMatch(types::contains))
                .map(other -> usedRelationships.get(other.name()))
                .toList();
    }

    void constructPaths() {
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
        Column column = planning.slots().column(name);
        scope = scope.with(column);
        return column;
    }
}
