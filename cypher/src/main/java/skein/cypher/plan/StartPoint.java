package skein.cypher.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import skein.cypher.plan.LogicalPlan.IdForm;
import skein.cypher.plan.LogicalPlan.ScanAll;
import skein.cypher.plan.LogicalPlan.ScanAllById;
import skein.cypher.plan.LogicalPlan.ScanAllByLabel;
import skein.cypher.plan.LogicalPlan.ScanAllByLabelProperties;
import skein.cypher.plan.LogicalPlan.ScanAllByPoint;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.storage.api.IndexKind;

/**
 * A way to find the nodes that one node of a pattern may stand for.
 *
 * @param cost about how many nodes it will look at
 * @param answered predicates that hold for everything found
 */
record StartPoint(String node, double cost, Access access, List<Predicate> answered, Footprint reads) {

    static final double SEEK_COST = 1;

    private static final double LIST_COST = 20;

    /** Which scan to use. */
    sealed interface Access {
        record All() implements Access {}

        record ByLabel(String label) implements Access {}

        record ByProperties(String label, List<IndexCondition> conditions) implements Access {}

        record ByPoint(String label, IndexCondition condition) implements Access {}

        record ById(Expression value, boolean many, IdForm form) implements Access {}
    }

    LogicalPlan scan(LogicalPlan input, Column column, Scope scope) {
        return switch (access) {
            case Access.All all -> new ScanAll(input, column);
            case Access.ByLabel by -> new ScanAllByLabel(input, column, by.label());
            case Access.ByProperties by ->
                new ScanAllByLabelProperties(input, column, by.label(), by.conditions(), scope);
            case Access.ByPoint by -> new ScanAllByPoint(input, column, by.label(), by.condition(), scope);
            case Access.ById by ->
                new ScanAllById(input, column, new ScopedExpression(by.value(), scope), by.many(), by.form());
        };
    }

    /** The cheapest way to find a node, given what is bound already. */
    static StartPoint cheapest(
            String node, Set<String> labels, List<Predicate> predicates, Set<String> bound, PlanFacts facts) {
        List<Probe> probes = predicates.stream()
                .flatMap(predicate -> Probe.of(predicate, node, bound).stream())
                .toList();
        Stream<StartPoint> byId = probes.stream().filter(Probe::isById).map(probe -> byId(node, probe));
        Stream<StartPoint> byIndex = labels.stream().flatMap(label -> byIndex(node, label, probes, predicates, facts));
        Stream<StartPoint> byPoint = labels.stream().flatMap(label -> byPoint(node, label, predicates, bound, facts));
        Stream<StartPoint> byLabel = labels.stream().map(label -> byLabel(node, label, predicates, facts));
        return Stream.of(byId, byIndex, byPoint, byLabel)
                .flatMap(Function.identity())
                .min(Comparator.comparingDouble(StartPoint::cost)
                        .thenComparingInt(start -> -start.answered().size()))
                .orElseGet(() -> new StartPoint(
                        node,
                        facts.nodeCount() + 1.0,
                        new Access.All(),
                        List.of(),
                        Footprint.ofNodes(NameSet.of(Footprint.ANY_NODE))));
    }

    private static StartPoint byId(String node, Probe probe) {
        Access access = new Access.ById(probe.value(), probe.many(), ((Probe.Subject.Id) probe.subject()).form());
        double cost = probe.many() ? LIST_COST : SEEK_COST;
        return new StartPoint(node, cost, access, List.of(probe.predicate()), Footprint.NONE);
    }

    private static Stream<StartPoint> byIndex(
            String node, String label, List<Probe> probes, List<Predicate> predicates, PlanFacts facts) {
        return facts.indexes(IndexKind.NODE, label).stream()
                .filter(keys -> keys.stream().allMatch(key -> probes.stream().anyMatch(probe -> probe.isOn(key))))
                .flatMap(keys -> IndexChoice.of(keys, probes, facts.statistics(IndexKind.NODE, label, keys)).stream())
                .map(choice -> new StartPoint(
                        node,
                        choice.entities() + 1,
                        new Access.ByProperties(label, choice.conditions()),
                        and(answeredBy(node, label, predicates), choice.answered()),
                        reads(label, choice)));
    }

    private static Stream<StartPoint> byPoint(
            String node, String label, List<Predicate> predicates, Set<String> bound, PlanFacts facts) {
        return facts.indexes(IndexKind.NODE_POINT, label).stream()
                .flatMap(keys -> IndexChoice.ofPoints(
                        keys.getFirst(), node, predicates, bound, facts.statistics(IndexKind.NODE_POINT, label, keys))
                        .stream())
                .map(choice -> new StartPoint(
                        node,
                        choice.entities() + 1,
                        new Access.ByPoint(label, choice.conditions().getFirst()),
                        answeredBy(node, label, predicates),
                        reads(label, choice)));
    }

    private static Footprint reads(String label, IndexChoice choice) {
        return Footprint.ofNodes(NameSet.of(label)).and(choice.reads());
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

    private static List<Predicate> and(List<Predicate> predicates, List<Predicate> others) {
        return Stream.concat(predicates.stream(), others.stream()).toList();
    }
}
