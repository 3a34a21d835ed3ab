package skein.cypher.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skein.cypher.plan.Cardinality.Arrival;
import skein.cypher.plan.Cardinality.Known;
import skein.cypher.plan.PatternGraph.Edge;
import skein.cypher.syntax.Clause.IndexHint;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;

/** What can be done next for a pattern when some of it is bound, what that costs, and how many rows it makes of one. */
final class PatternSteps {
    private final PatternGraph graph;
    private final List<Predicate> predicates;
    private final List<IndexHint> hints;
    private final Cardinality sizes;
    private final Selectivity selectivity;
    private final Set<String> names;
    private final Map<Started, StartPoint> starts = new HashMap<>();
    private final Map<String, Set<String>> labels = new HashMap<>();

    /** The bound names that a start depends on. */
    private record Started(String node, Set<String> bound) {}

    /**
     * @param cost for each row
     * @param rows for each row, after all predicates that can be tested then
     */
    record Step(double cost, double rows, Set<String> binds) {}

    PatternSteps(PatternGraph graph, List<Predicate> predicates, List<IndexHint> hints, Cardinality sizes) {
        this.graph = graph;
        this.predicates = List.copyOf(predicates);
        this.hints = hints;
        this.sizes = sizes;
        this.selectivity = new Selectivity(sizes);
        this.names = graph.names();
    }

    boolean isReady(Edge edge, Set<String> bound) {
        if (edge.isExpansion()) {
            return ExpansionPlanner.isReady(edge, bound, names);
        }
        if (edge.shortest() != PathSelector.EVERY) {
            return bound.contains(edge.left()) && bound.contains(edge.right());
        }
        return bound.contains(edge.name()) || bound.contains(edge.left()) || bound.contains(edge.right());
    }

    StartPoint start(String node, Set<String> bound) {
        Set<String> relevant = new HashSet<>();
        for (Predicate predicate : predicates) {
            if (predicate.needs().contains(node)) {
                relevant.addAll(predicate.needs());
            }
        }
        relevant.retainAll(bound);
        return starts.computeIfAbsent(
                new Started(node, relevant),
                _ -> StartPoint.cheapest(
                        new StartPoint.Wanted(node, graph.labelsOf(node), predicates, relevant, hints), sizes));
    }

    Step starting(StartPoint point, Set<String> bound) {
        Map<String, Known> arrived = new HashMap<>();
        arrived.put(point.node(), Known.of(point.answeredLabels()));
        return step(point.cost(), point.rows(), Set.of(point.node()), point.answered(), bound, arrived);
    }

    Optional<EdgeSeek> seek(Edge edge, Set<String> bound) {
        if (edge.isVariableLength() || edge.shortest() != PathSelector.EVERY || bound.contains(edge.name())) {
            return Optional.empty();
        }
        List<Probe> probes = predicates.stream()
                .flatMap(predicate -> Probe.of(predicate, edge.name(), bound).stream())
                .toList();
        Optional<EdgeSeek> byId =
                probes.stream().filter(Probe::isById).findFirst().map(probe -> byId(edge, probe));
        return byId.isPresent() || probes.isEmpty() || edge.pattern().types().size() != 1
                ? byId
                : byIndex(edge, probes);
    }

    private static EdgeSeek byId(Edge edge, Probe probe) {
        double rows = probe.many() ? Selectivity.elements(probe.value()) : 1;
        return new EdgeSeek(
                edge,
                rows * Costs.ID,
                rows,
                new EdgeSeek.Access.ById(probe),
                List.of(probe.predicate()),
                Footprint.NONE);
    }

    private Optional<EdgeSeek> byIndex(Edge edge, List<Probe> probes) {
        String type = edge.pattern().types().getFirst();
        PlanFacts facts = sizes.facts();
        return facts.indexes(IndexKind.RELATIONSHIP, type).stream()
                .flatMap(keys ->
                        IndexChoice.of(keys, probes, facts.statistics(IndexKind.RELATIONSHIP, type, keys)).stream())
                .min(Comparator.comparingDouble(IndexChoice::entities))
                .map(choice -> new EdgeSeek(
                        edge,
                        Costs.seek(choice.entities()),
                        choice.entities(),
                        new EdgeSeek.Access.ByIndex(type, choice.conditions()),
                        choice.answered(),
                        choice.reads()));
    }

    Step seeking(EdgeSeek seek, Set<String> bound) {
        return step(seek.cost(), seek.rows(), Set.of(seek.edge().name()), seek.answered(), bound, Map.of());
    }

    boolean canScan(Edge edge, Set<String> bound) {
        return !edge.isVariableLength()
                && edge.shortest() == PathSelector.EVERY
                && !edge.left().equals(edge.right())
                && !bound.contains(edge.name())
                && !bound.contains(edge.left())
                && !bound.contains(edge.right());
    }

    Step scanning(Edge edge, Set<String> bound) {
        double found = sizes.relationships(edge.pattern().types());
        double ways = edge.pattern().arrow() == Arrow.EITHER ? 2 : 1;
        Map<String, Known> arrived = new HashMap<>();
        arrived.put(edge.left(), arrival(edge, false));
        arrived.put(edge.right(), arrival(edge, true));
        return step(
                1 + found * Costs.SCANNED_RELATIONSHIP,
                found * ways,
                new LinkedHashSet<>(List.of(edge.left(), edge.right(), edge.name())),
                List.of(),
                bound,
                arrived);
    }

    Step walking(Edge edge, Set<String> bound) {
        if (bound.contains(edge.name())) {
            return binding(edge, bound);
        }
        boolean leftBound = bound.contains(edge.left());
        boolean into = leftBound && bound.contains(edge.right());
        double degree = degree(edge, leftBound);
        double reached = edge.isVariableLength() ? walks(edge, leftBound) : degree;
        if (edge.shortest() != PathSelector.EVERY) {
            return step(1 + Math.sqrt(reached) * 2, 1, Set.of(edge.name()), List.of(), bound, Map.of());
        }
        if (into) {
            double cheaper = edge.isVariableLength() ? reached : Math.min(degree, degree(edge, false));
            double candidates = Cardinality.atLeastOne(sizes.nodes(labels(edge.right())));
            return step(
                    1 + cheaper, reached / candidates, new LinkedHashSet<>(edge.names()), List.of(), bound, Map.of());
        }
        String far = leftBound ? edge.right() : edge.left();
        Set<String> binds = new LinkedHashSet<>(edge.names());
        binds.add(far);
        return step(1 + reached, reached, binds, List.of(), bound, Map.of(far, arrival(edge, leftBound)));
    }

    private Step binding(Edge edge, Set<String> bound) {
        double rows = 1;
        for (String end : List.of(edge.left(), edge.right())) {
            rows /= bound.contains(end) ? Cardinality.atLeastOne(sizes.nodes()) : 1;
        }
        Map<String, Known> arrived = new HashMap<>();
        arrived.put(edge.left(), arrival(edge, false));
        arrived.put(edge.right(), arrival(edge, true));
        return step(1, rows, new LinkedHashSet<>(List.of(edge.left(), edge.right())), List.of(), bound, arrived);
    }

    /** Labels in the pattern; where it has none, those that its relationships make likely. */
    private Set<String> labels(String node) {
        return labels.computeIfAbsent(node, this::inferredLabels);
    }

    private Set<String> inferredLabels(String node) {
        if (!graph.labelsOf(node).isEmpty()) {
            return graph.labelsOf(node);
        }
        Set<String> all = new LinkedHashSet<>();
        for (Edge edge : graph.edges()) {
            Direction outwards = MatchPlanner.direction(edge.pattern().arrow(), false);
            if (edge.left().equals(node)) {
                all.addAll(sizes.labelsAt(edge.pattern().types(), outwards));
            }
            if (edge.right().equals(node)) {
                all.addAll(sizes.labelsAt(edge.pattern().types(), outwards.reversed()));
            }
        }
        return all;
    }

    private double walks(Edge edge, boolean fromLeft) {
        String from = fromLeft ? edge.left() : edge.right();
        Direction direction = MatchPlanner.direction(edge.pattern().arrow(), !fromLeft);
        double walks = sizes.walks(edge.pattern().types(), direction, labels(from), edge.min(), edge.max());
        return edge.isSearch() ? Math.min(walks, Cardinality.atLeastOne(sizes.nodes())) : walks;
    }

    private double degree(Edge edge, boolean fromLeft) {
        String from = fromLeft ? edge.left() : edge.right();
        Direction direction = MatchPlanner.direction(edge.pattern().arrow(), !fromLeft);
        return sizes.degree(edge.pattern().types(), direction, labels(from));
    }

    /** @param right the right end is what is arrived at */
    private static Known arrival(Edge edge, boolean right) {
        Direction end = MatchPlanner.direction(edge.pattern().arrow(), right);
        return new Known(
                IndexKind.NODE, Set.of(), Optional.of(new Arrival(edge.pattern().types(), end)));
    }

    private Step step(
            double cost,
            double rows,
            Set<String> binds,
            Collection<Predicate> answered,
            Set<String> bound,
            Map<String, Known> arrived) {
        Set<String> after = new HashSet<>(bound);
        after.addAll(binds);
        double kept = 1;
        double tests = 0;
        for (Predicate predicate : predicates) {
            boolean ready = after.containsAll(predicate.needs()) && !bound.containsAll(predicate.needs());
            if (ready && !answered.contains(predicate)) {
                kept *= selectivity.of(predicate.expression(), name -> known(name, predicate, arrived));
                tests += NestedRows.isIn(predicate.expression()) ? Costs.INNER_RUN : Costs.TEST;
            }
        }
        return new Step(cost + rows * tests, Cardinality.bounded(rows * kept), binds);
    }

    /** Labels are tested before properties; a label is tested on what is known of how the node was reached. */
    private Known known(String name, Predicate predicate, Map<String, Known> arrived) {
        if (predicate.expression() instanceof Expression.LabelPredicate) {
            return arrived.getOrDefault(name, Known.NOTHING);
        }
        Optional<Edge> edge = graph.edges().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst();
        return edge.map(found -> Known.relationship(found.pattern().types()))
                .orElseGet(() -> Known.of(graph.labelsOf(name)));
    }
}
