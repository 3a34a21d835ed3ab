package skein.cypher.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import skein.cypher.plan.LogicalPlan.IdForm;
import skein.cypher.plan.LogicalPlan.ScanAll;
import skein.cypher.plan.LogicalPlan.ScanAllById;
import skein.cypher.plan.LogicalPlan.ScanAllByLabel;
import skein.cypher.plan.LogicalPlan.ScanAllByLabelProperties;
import skein.cypher.plan.LogicalPlan.ScanAllByPoint;
import skein.cypher.plan.LogicalPlan.ScanAllByUnion;
import skein.cypher.syntax.Clause.IndexHint;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.Variable;
import skein.storage.api.IndexKind;

/**
 * A way to find the nodes that one node of a pattern may stand for.
 *
 * @param cost see {@link Costs}
 * @param rows about how many nodes it finds
 * @param answered predicates that hold for everything found
 */
record StartPoint(String node, double cost, double rows, Access access, List<Predicate> answered, Footprint reads) {

    /** What the user asked for with USING INDEX costs next to nothing. */
    private static final double HINTED = 1e-6;

    /** Which scan to use. */
    sealed interface Access {
        record All() implements Access {}

        record ByLabel(String label) implements Access {}

        record ByProperties(String label, List<IndexCondition> conditions) implements Access {}

        record ByPoint(String label, IndexCondition condition) implements Access {}

        record ById(Expression value, boolean many, IdForm form) implements Access {}

        /** Whatever one of several finds; each of them is by label or by properties. */
        record Union(List<ByProperties> parts) implements Access {}
    }

    /** What is asked of the node that is to be found. */
    record Wanted(
            String node, Set<String> labels, List<Predicate> predicates, Set<String> bound, List<IndexHint> hints) {}

    /** Labels that everything found has. */
    Set<String> answeredLabels() {
        return switch (access) {
            case Access.All all -> Set.of();
            case Access.ByLabel by -> Set.of(by.label());
            case Access.ByProperties by -> Set.of(by.label());
            case Access.ByPoint by -> Set.of(by.label());
            case Access.ById id -> Set.of();
            case Access.Union union -> Set.of();
        };
    }

    boolean isSeek() {
        return switch (access) {
            case Access.All all -> false;
            case Access.ByLabel label -> false;
            case Access.ByProperties properties -> true;
            case Access.ByPoint point -> true;
            case Access.ById id -> true;
            case Access.Union union -> true;
        };
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
            case Access.Union union ->
                new ScanAllByUnion(
                        input,
                        column,
                        union.parts().stream()
                                .map(part -> new ScanAllByUnion.Part(part.label(), part.conditions()))
                                .toList(),
                        scope);
        };
    }

    /** The cheapest way to find a node, given what is bound already. */
    static StartPoint cheapest(Wanted wanted, Cardinality sizes) {
        List<Probe> probes = wanted.predicates().stream()
                .flatMap(predicate -> Probe.of(predicate, wanted.node(), wanted.bound()).stream())
                .toList();
        Stream<StartPoint> byId = probes.stream().filter(Probe::isById).map(probe -> byId(wanted.node(), probe));
        Stream<StartPoint> byIndex = wanted.labels().stream().flatMap(label -> byIndex(wanted, label, probes, sizes));
        Stream<StartPoint> byPoint = wanted.labels().stream().flatMap(label -> byPoint(wanted, label, sizes));
        Stream<StartPoint> byLabel = wanted.labels().stream().map(label -> byLabel(wanted, label, sizes));
        Stream<StartPoint> byUnion = wanted.predicates().stream().flatMap(any -> byUnion(wanted, any, sizes).stream());
        return Stream.of(byId, byIndex, byPoint, byUnion, byLabel)
                .flatMap(Function.identity())
                .map(start -> start.isHinted(wanted.hints()) ? start.hinted() : start)
                .min(Comparator.comparingDouble(StartPoint::cost)
                        .thenComparingInt(start -> -start.answered().size()))
                .orElseGet(() -> all(wanted.node(), sizes));
    }

    private static StartPoint all(String node, Cardinality sizes) {
        Footprint reads = Footprint.ofNodes(NameSet.of(Footprint.ANY_NODE));
        return new StartPoint(node, Costs.scan(sizes.nodes()), sizes.nodes(), new Access.All(), List.of(), reads);
    }

    private boolean isHinted(List<IndexHint> hints) {
        return switch (access) {
            case Access.ByProperties by ->
                hints.contains(new IndexHint(
                        by.label(),
                        by.conditions().stream().map(IndexCondition::key).toList()));
            case Access.ByPoint by ->
                hints.contains(new IndexHint(by.label(), List.of(by.condition().key())));
            case Access.ByLabel by -> hints.contains(new IndexHint(by.label(), List.of()));
            case Access.All all -> false;
            case Access.ById id -> false;
            case Access.Union union -> false;
        };
    }

    private StartPoint hinted() {
        return new StartPoint(node, cost * HINTED, rows, access, answered, reads);
    }

    private static StartPoint byId(String node, Probe probe) {
        Access access = new Access.ById(probe.value(), probe.many(), ((Probe.Subject.Id) probe.subject()).form());
        double rows = probe.many() ? Selectivity.elements(probe.value()) : 1;
        return new StartPoint(node, rows * Costs.ID, rows, access, List.of(probe.predicate()), Footprint.NONE);
    }

    private static Stream<StartPoint> byIndex(Wanted wanted, String label, List<Probe> probes, Cardinality sizes) {
        if (probes.isEmpty()) {
            return Stream.empty();
        }
        PlanFacts facts = sizes.facts();
        return facts.indexes(IndexKind.NODE, label).stream()
                .filter(keys -> keys.stream().allMatch(key -> probes.stream().anyMatch(probe -> probe.isOn(key))))
                .flatMap(keys -> IndexChoice.of(keys, probes, facts.statistics(IndexKind.NODE, label, keys)).stream())
                .map(choice -> new StartPoint(
                        wanted.node(),
                        Costs.seek(choice.entities()),
                        choice.entities(),
                        new Access.ByProperties(label, choice.conditions()),
                        and(answeredBy(wanted, label), choice.answered()),
                        reads(label, choice)));
    }

    private static Stream<StartPoint> byPoint(Wanted wanted, String label, Cardinality sizes) {
        PlanFacts facts = sizes.facts();
        return facts.indexes(IndexKind.NODE_POINT, label).stream()
                .flatMap(keys -> IndexChoice.ofPoints(
                        keys.getFirst(),
                        wanted.node(),
                        wanted.predicates(),
                        wanted.bound(),
                        facts.statistics(IndexKind.NODE_POINT, label, keys))
                        .stream())
                .map(choice -> new StartPoint(
                        wanted.node(),
                        Costs.seek(choice.entities()),
                        choice.entities(),
                        new Access.ByPoint(label, choice.conditions().getFirst()),
                        answeredBy(wanted, label),
                        reads(label, choice)));
    }

    /** {@code n.a = 1 OR n.b > 2}: when there is an index for each side, the predicate is tested on what they find. */
    private static Optional<StartPoint> byUnion(Wanted wanted, Predicate predicate, Cardinality sizes) {
        List<Expression> alternatives = alternatives(predicate.expression());
        if (alternatives.size() < 2) {
            return Optional.empty();
        }
        List<StartPoint> parts = new ArrayList<>();
        for (Expression alternative : alternatives) {
            List<Probe> probes =
                    Probe.of(new Predicate(alternative, predicate.needs()), wanted.node(), wanted.bound()).stream()
                            .toList();
            Optional<StartPoint> part = wanted.labels().stream()
                    .flatMap(label -> byIndex(wanted, label, probes, sizes))
                    .min(Comparator.comparingDouble(StartPoint::cost));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return Optional.of(union(wanted.node(), parts));
    }

    private static StartPoint union(String node, List<StartPoint> parts) {
        double rows = parts.stream().mapToDouble(StartPoint::rows).sum();
        return new StartPoint(
                node,
                parts.stream().mapToDouble(StartPoint::cost).sum() + rows,
                rows,
                new Access.Union(parts.stream()
                        .map(part -> (Access.ByProperties) part.access())
                        .toList()),
                List.of(),
                parts.stream().map(StartPoint::reads).reduce(Footprint.NONE, Footprint::and));
    }

    private static List<Expression> alternatives(Expression expression) {
        if (expression instanceof Expression.Binary binary && binary.operator() == BinaryOperator.OR) {
            return Stream.concat(alternatives(binary.left()).stream(), alternatives(binary.right()).stream())
                    .toList();
        }
        return List.of(expression);
    }

    private static Footprint reads(String label, IndexChoice choice) {
        return Footprint.ofNodes(NameSet.of(label)).and(choice.reads());
    }

    private static StartPoint byLabel(Wanted wanted, String label, Cardinality sizes) {
        return new StartPoint(
                wanted.node(),
                Costs.scan(sizes.nodes(label)),
                sizes.nodes(label),
                new Access.ByLabel(label),
                answeredBy(wanted, label),
                Footprint.ofNodes(NameSet.of(label)));
    }

    /** Predicates that ask for nothing but the label. */
    private static List<Predicate> answeredBy(Wanted wanted, String label) {
        return wanted.predicates().stream()
                .filter(predicate -> predicate.expression() instanceof Expression.LabelPredicate test
                        && test.subject() instanceof Variable variable
                        && variable.name().equals(wanted.node())
                        && test.labels().equals(List.of(label)))
                .toList();
    }

    private static List<Predicate> and(List<Predicate> predicates, List<Predicate> others) {
        return Stream.concat(predicates.stream(), others.stream()).toList();
    }
}
