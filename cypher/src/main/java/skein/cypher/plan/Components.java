package skein.cypher.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import skein.cypher.plan.JoinOrder.Order;
import skein.cypher.plan.PatternGraph.Edge;
import skein.cypher.syntax.Clause.IndexHint;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.ComparisonOperator;

/**
 * The connected parts of a pattern, and how their rows come together: a part is matched anew for every row so far, or
 * once, its rows being kept and joined by equal values ({@link LogicalPlan.HashJoin}) or each with each
 * ({@link LogicalPlan.Cartesian}).
 */
final class Components {
    /** All orders of so many parts are compared; more parts go from the one with the fewest rows to the largest. */
    private static final int PERMUTED_MAX = 4;

    /** Keeping rows has to be worth it: so many times cheaper, and this many steps besides. */
    private static final double JOIN_GAIN = 2;

    private static final double JOIN_GAIN_STEPS = 100;

    private final Cardinality sizes;
    private final PatternGraph graph;
    private final List<Predicate> predicates;
    private final List<IndexHint> hints;
    private final Set<String> outer;
    private final PatternSteps steps;

    /** @param outer names that are bound before */
    Components(
            Cardinality sizes,
            PatternGraph graph,
            List<Predicate> predicates,
            List<IndexHint> hints,
            Set<String> outer) {
        this.sizes = sizes;
        this.graph = graph;
        this.predicates = List.copyOf(predicates);
        this.hints = hints;
        this.outer = Set.copyOf(outer);
        this.steps = new PatternSteps(graph, predicates, hints, sizes);
    }

    /** Nodes that relationships connect. */
    record Component(Set<String> nodes, List<Edge> edges) {
        Set<String> names() {
            Set<String> names = new HashSet<>(nodes);
            edges.forEach(edge -> names.addAll(edge.names()));
            return names;
        }
    }

    /** An equality between what is bound before and a part. */
    record Key(Expression left, Expression right) {}

    /** One part in its place. */
    sealed interface Part {
        Order order();

        /** Matched for every row. */
        record Nested(Order order) implements Part {}

        /**
         * Matched once.
         *
         * @param keys none for a Cartesian product
         */
        record Joined(Order order, Set<String> names, List<Key> keys) implements Part {}
    }

    private record Sequence(List<Part> parts, double cost) {}

    List<Part> inBestOrder(double inputRows, boolean joins) {
        List<Component> components = components();
        if (components.isEmpty()) {
            return List.of();
        }
        if (components.size() > PERMUTED_MAX) {
            List<Component> bySize = new ArrayList<>(components);
            bySize.sort(Comparator.comparingDouble(
                    component -> order(component, steps, outer).rows()));
            return possible(sequence(bySize, inputRows, joins));
        }
        return possible(permutations(components).stream()
                .map(order -> sequence(order, inputRows, joins))
                .min(Comparator.comparingDouble(Sequence::cost))
                .orElseThrow());
    }

    /** Fails when nothing of the query can bind what a path expansion speaks of. */
    private List<Part> possible(Sequence sequence) {
        for (Part part : sequence.parts) {
            part.order().stuck().ifPresent(edge -> {
                throw ExpansionPlanner.unresolved(edge, outer, graph.names());
            });
        }
        return sequence.parts;
    }

    private static List<List<Component>> permutations(List<Component> components) {
        if (components.size() <= 1) {
            return List.of(components);
        }
        List<List<Component>> all = new ArrayList<>();
        for (Component first : components) {
            List<Component> others = new ArrayList<>(components);
            others.remove(first);
            for (List<Component> rest : permutations(others)) {
                List<Component> order = new ArrayList<>();
                order.add(first);
                order.addAll(rest);
                all.add(order);
            }
        }
        return List.copyOf(all);
    }

    private Sequence sequence(List<Component> components, double inputRows, boolean joins) {
        List<Part> parts = new ArrayList<>();
        Set<String> bound = new HashSet<>(outer);
        double rows = Math.max(1, inputRows);
        double cost = 0;
        for (Component component : components) {
            Order nested = order(component, steps, bound);
            double nestedCost = rows * nested.cost();
            Part part = new Part.Nested(nested);
            if (joins && rows > 1 && isIndependent(component)) {
                Part.Joined joined = joined(component, bound);
                double joinedCost = cost(joined, rows, rows * nested.rows());
                if (joinedCost * JOIN_GAIN + JOIN_GAIN_STEPS < nestedCost) {
                    part = joined;
                    nestedCost = joinedCost;
                }
            }
            parts.add(part);
            cost += nestedCost;
            rows = Math.max(1, Cardinality.bounded(rows * nested.rows()));
            bound.addAll(component.names());
        }
        return new Sequence(parts, cost);
    }

    private static double cost(Part.Joined joined, double rows, double rowsAfter) {
        if (joined.order().rows() > Costs.KEPT_ROWS_MAX) {
            return Double.MAX_VALUE;
        }
        double kept = joined.order().cost() + Costs.KEPT_ROW * joined.order().rows();
        double met = joined.keys().isEmpty() ? rows * joined.order().rows() : rowsAfter;
        return kept + rows * Costs.LOOKED_UP_ROW + met;
    }

    private Order order(Component component, PatternSteps possible, Set<String> bound) {
        return new JoinOrder(possible, component.nodes(), component.edges(), sizes.nodes() > 0).best(bound);
    }

    /** Whether the part can be matched without anything that is bound before. */
    private boolean isIndependent(Component component) {
        Set<String> names = component.names();
        boolean alone = names.stream().noneMatch(outer::contains);
        return alone
                && component.edges().stream()
                        .filter(Edge::isVariableLength)
                        .flatMap(edge -> ExpansionPlanner.mentions(edge).stream())
                        .allMatch(name -> names.contains(name) || !isName(name));
    }

    private boolean isName(String name) {
        return outer.contains(name) || graph.names().contains(name);
    }

    private Part.Joined joined(Component component, Set<String> bound) {
        Set<String> names = component.names();
        List<Predicate> own = predicates.stream()
                .filter(predicate -> names.containsAll(predicate.needs()))
                .toList();
        Order order = order(component, new PatternSteps(graph, own, hints, sizes), Set.of());
        return new Part.Joined(order, names, keys(names, bound));
    }

    private List<Key> keys(Set<String> names, Set<String> bound) {
        List<Key> keys = new ArrayList<>();
        for (Predicate predicate : predicates) {
            if (predicate.expression() instanceof Expression.Comparison comparison
                    && comparison.links().size() == 1
                    && comparison.links().getFirst().operator() == ComparisonOperator.EQUAL) {
                Expression left = comparison.first();
                Expression right = comparison.links().getFirst().operand();
                if (isOf(left, bound, predicate) && isOf(right, names, predicate)) {
                    keys.add(new Key(left, right));
                } else if (isOf(right, bound, predicate) && isOf(left, names, predicate)) {
                    keys.add(new Key(right, left));
                }
            }
        }
        return keys;
    }

    private static boolean isOf(Expression side, Set<String> names, Predicate predicate) {
        Set<String> needs = new HashSet<>(Mentions.in(side));
        needs.retainAll(predicate.needs());
        return !needs.isEmpty() && names.containsAll(needs);
    }

    private List<Component> components() {
        List<Component> components = new ArrayList<>();
        Set<String> left = new LinkedHashSet<>(graph.nodes());
        while (!left.isEmpty()) {
            Component component = around(left.iterator().next());
            left.removeAll(component.nodes());
            boolean bound = component.edges().isEmpty() && outer.containsAll(component.nodes());
            if (!bound) {
                components.add(component);
            }
        }
        return components;
    }

    private Component around(String node) {
        Set<String> nodes = new LinkedHashSet<>(Set.of(node));
        Set<Edge> edges = new LinkedHashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Edge edge : graph.edges()) {
                if (!edges.contains(edge) && (nodes.contains(edge.left()) || nodes.contains(edge.right()))) {
                    edges.add(edge);
                    nodes.add(edge.left());
                    nodes.add(edge.right());
                    grown = true;
                }
            }
        }
        return new Component(nodes, List.copyOf(edges));
    }
}
