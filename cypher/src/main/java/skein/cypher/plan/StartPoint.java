package skein.cypher.plan;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import skein.cypher.plan.LogicalPlan.IdForm;
import skein.cypher.plan.LogicalPlan.ScanAll;
import skein.cypher.plan.LogicalPlan.ScanAllById;
import skein.cypher.plan.LogicalPlan.ScanAllByLabel;
import skein.cypher.plan.LogicalPlan.ScanAllByLabelProperties;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;

/**
 * A way to find the nodes that one node of a pattern may stand for.
 *
 * @param cost about how many nodes it will look at
 * @param answered predicates that hold for everything found
 */
record StartPoint(String node, double cost, Access access, List<Predicate> answered, Footprint reads) {

    static final double SEEK_COST = 1;

    private static final double INDEX_COST = 2;
    private static final double INDEX_LIST_COST = 20;

    /** Which scan to use. */
    sealed interface Access {
        record All() implements Access {}

        record ByLabel(String label) implements Access {}

        record ByProperty(String label, String key, Expression value, boolean many) implements Access {}

        record ById(Expression value, boolean many, IdForm form) implements Access {}
    }

    LogicalPlan scan(LogicalPlan input, Column column, Scope scope) {
        return switch (access) {
            case Access.All all -> new ScanAll(input, column);
            case Access.ByLabel by -> new ScanAllByLabel(input, column, by.label());
            case Access.ByProperty by ->
                new ScanAllByLabelProperties(
                        input, column, by.label(), by.key(), new ScopedExpression(by.value(), scope), by.many());
            case Access.ById by ->
                new ScanAllById(input, column, new ScopedExpression(by.value(), scope), by.many(), by.form());
        };
    }

    /** The cheapest way to find a node, given what is bound already. */
    static StartPoint cheapest(
            String node, Set<String> labels, List<Predicate> predicates, Set<String> bound, PlanFacts facts) {
        Stream<StartPoint> seeks = predicates.stream()
                .flatMap(predicate -> Probe.of(predicate, node, bound).stream())
                .flatMap(probe -> bySeek(node, labels, probe, predicates, facts));
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

    private static Stream<StartPoint> bySeek(
            String node, Set<String> labels, Probe probe, List<Predicate> predicates, PlanFacts facts) {
        return switch (probe.subject()) {
            case Probe.Subject.Id id -> {
                Access access = new Access.ById(probe.value(), probe.many(), id.form());
                double cost = probe.many() ? INDEX_LIST_COST : SEEK_COST;
                yield Stream.of(new StartPoint(node, cost, access, List.of(probe.predicate()), Footprint.NONE));
            }
            case Probe.Subject.Property property -> byIndex(node, labels, property.key(), probe, predicates, facts);
        };
    }

    private static Stream<StartPoint> byIndex(
            String node, Set<String> labels, String key, Probe probe, List<Predicate> predicates, PlanFacts facts) {
        return labels.stream()
                .filter(label -> facts.hasIndex(label, key))
                .map(label -> new StartPoint(
                        node,
                        probe.many() ? INDEX_LIST_COST : INDEX_COST,
                        new Access.ByProperty(label, key, probe.value(), probe.many()),
                        and(answeredBy(node, label, predicates), probe.predicate()),
                        Footprint.ofNodes(NameSet.of(label)).and(Footprint.ofProperties(NameSet.of(key)))));
    }

    private static StartPoint byLabel(String node, String label, List<Predicate> predicates, PlanFacts facts) {
        return new StartPoint(
                node,
                facts.nodeCount(label) + 1.0,
                new Access.ByLabel(label),
                answeredBy(node, label, predicates),
                Footprint.ofNodes(NameSet.of(label)));
    }

    /** Predicates that ask for nothing but the label. */
    private static List<Predicate> answeredBy(String node, String label, List<Predicate> predicates) {
        return predicates.stream()
                .filter(predicate -> predicate.expression() instanceof Expression.LabelPredicate test
                        && test.subject() instanceof Variable variable
                        && variable.name().equals(node)
                        && test.labels().equals(List.of(label)))
                .toList();
    }

    private static List<Predicate> and(List<Predicate> predicates, Predicate another) {
        return Stream.concat(predicates.stream(), Stream.of(another)).toList();
    }
}
