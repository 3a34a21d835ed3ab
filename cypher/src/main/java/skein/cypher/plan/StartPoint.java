package skein.cypher.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import skein.cypher.plan.LogicalPlan.ScanAll;
import skein.cypher.plan.LogicalPlan.ScanAllById;
import skein.cypher.plan.LogicalPlan.ScanAllByLabel;
import skein.cypher.plan.LogicalPlan.ScanAllByLabelProperties;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.Variable;

/**
 * A way to find the nodes that one node of a pattern may stand for.
 *
 * @param cost about how many nodes it will look at
 * @param answered predicates that hold for everything found
 */
record StartPoint(String node, double cost, Access access, List<Predicate> answered, Footprint reads) {

    private static final double SEEK_COST = 1;
    private static final double INDEX_COST = 2;
    private static final double INDEX_LIST_COST = 20;

    /** Which scan to use. */
    sealed interface Access {
        record All() implements Access {}

        record ByLabel(String label) implements Access {}

        record ByProperty(String label, String key, Expression value, boolean many) implements Access {}

        record ById(Expression value, boolean many) implements Access {}
    }

    LogicalPlan scan(LogicalPlan input, Column column, Scope scope) {
        return switch (access) {
            case Access.All all -> new ScanAll(input, column);
            case Access.ByLabel by -> new ScanAllByLabel(input, column, by.label());
            case Access.ByProperty by ->
                new ScanAllByLabelProperties(
                        input, column, by.label(), by.key(), new ScopedExpression(by.value(), scope), by.many());
            case Access.ById by ->
                new ScanAllById(input, column, new ScopedExpression(by.value(), scope), by.many());
        };
    }

    /** The cheapest way to find a node, given what is bound already. */
    static StartPoint cheapest(
            String node, Set<String> labels, List<Predicate> predicates, Set<String> bound, PlanFacts facts) {
        Stream<StartPoint> seeks = predicates.stream()
                .flatMap(predicate -> Probe.of(predicate, node, bound).stream())
                .flatMap(probe -> bySeek(node, labels, probe, facts));
        Stream<StartPoint> byLabel = labels.stream().map(label -> byLabel(node, label, predicates, facts));
        return Stream.concat(seeks, byLabel)
                .min((a, b) -> Double.compare(a.cost, b.cost))
                .orElseGet(() -> new StartPoint(
                        node,
                        facts.nodeCount() + 1.0,
                        new Access.All(),
                        List.of(),
                        Footprint.ofNodes(NameSet.of(Footprint.ANY_NODE))));
    }

    private static Stream<StartPoint> bySeek(String node, Set<String> labels, Probe probe, PlanFacts facts) {
        Expression value = probe.value();
        if (probe.key().isEmpty()) {
            double cost = probe.many() ? INDEX_LIST_COST : SEEK_COST;
            return Stream.of(new StartPoint(
                    node, cost, new Access.ById(value, probe.many()), List.of(probe.predicate()), Footprint.NONE));
        }
        String key = probe.key().get();
        return labels.stream()
                .filter(label -> facts.hasIndex(label, key))
                .map(label -> new StartPoint(
                        node,
                        probe.many() ? INDEX_LIST_COST : INDEX_COST,
                        new Access.ByProperty(label, key, value, probe.many()),
                        List.of(probe.predicate()),
                        Footprint.ofNodes(NameSet.of(label)).and(Footprint.ofProperties(NameSet.of(key)))));
    }

    private static StartPoint byLabel(String node, String label, List<Predicate> predicates, PlanFacts facts) {
        List<Predicate> answered = predicates.stream()
                .filter(predicate -> predicate.expression() instanceof Expression.LabelPredicate test
                        && test.subject() instanceof Variable variable
                        && variable.name().equals(node)
                        && test.labels().equals(List.of(label)))
                .toList();
        return new StartPoint(
                node,
                facts.nodeCount(label) + 1.0,
                new Access.ByLabel(label),
                answered,
                Footprint.ofNodes(NameSet.of(label)));
    }

    /**
     * A predicate that says which value a property or the id of a node has.
     *
     * @param key empty for the id
     * @param many the value is a list of allowed values
     */
    private record Probe(Predicate predicate, Optional<String> key, Expression value, boolean many) {
        static Optional<Probe> of(Predicate predicate, String node, Set<String> bound) {
            return switch (predicate.expression()) {
                case Expression.Comparison comparison
                when comparison.links().size() == 1
                        && comparison.links().getFirst().operator() == ComparisonOperator.EQUAL -> {
                    Expression left = comparison.first();
                    Expression right = comparison.links().getFirst().operand();
                    yield probe(predicate, left, right, false, node, bound)
                            .or(() -> probe(predicate, right, left, false, node, bound));
                }
                case Expression.Binary binary when binary.operator() == BinaryOperator.IN ->
                    probe(predicate, binary.left(), binary.right(), true, node, bound);
                default -> Optional.empty();
            };
        }

        private static Optional<Probe> probe(
                Predicate predicate, Expression tested, Expression value, boolean many, String node, Set<String> bound) {
            boolean evaluable = Mentions.in(value).stream().noneMatch(name -> predicate.needs().contains(name)
                    && !bound.contains(name));
            if (!evaluable || Mentions.in(value).contains(node)) {
                return Optional.empty();
            }
            if (tested instanceof Expression.PropertyAccess access && isNode(access.subject(), node)) {
                return Optional.of(new Probe(predicate, Optional.of(access.key()), value, many));
            }
            if (tested instanceof Expression.FunctionCall call
                    && call.name().equalsIgnoreCase("id")
                    && call.arguments().size() == 1
                    && isNode(call.arguments().getFirst(), node)) {
                return Optional.of(new Probe(predicate, Optional.empty(), value, many));
            }
            return Optional.empty();
        }

        private static boolean isNode(Expression expression, String node) {
            return expression instanceof Variable variable && variable.name().equals(node);
        }
    }
}
