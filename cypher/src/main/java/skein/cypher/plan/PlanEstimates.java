package skein.cypher.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skein.cypher.plan.Cardinality.Arrival;
import skein.cypher.plan.Cardinality.Known;
import skein.cypher.plan.LogicalPlan.Expand;
import skein.cypher.plan.LogicalPlan.ExpandVariable;
import skein.cypher.plan.LogicalPlan.Steps;
import skein.cypher.plan.LogicalPlan.Union;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Arrow;
import skein.storage.api.Direction;
import skein.storage.api.IndexKind;

/**
 * About how many rows come out of each operator of a plan: what EXPLAIN shows, and what the next clause is planned for.
 * An inner plan is counted for one row of the outer one. Each operator is looked at once.
 */
public final class PlanEstimates {
    private static final double LIST_ROWS = Selectivity.LIST_ELEMENTS;
    private static final double GROUPS_PER_KEY = 0.3;

    /** Of a file that nobody has looked into. */
    private static final double FILE_ROWS = 1000;

    private final Cardinality sizes;
    private final Selectivity selectivity;
    private final IdentityHashMap<LogicalPlan, Double> rows = new IdentityHashMap<>();
    /** What has been learnt of the values in slots; a slot is written by one operator. */
    private final Map<Integer, Known> known = new HashMap<>();

    PlanEstimates(Cardinality sizes) {
        this.sizes = sizes;
        this.selectivity = new Selectivity(sizes);
    }

    /** The rows that come out of the operator. */
    public double rows(LogicalPlan plan) {
        Double counted = rows.get(plan);
        if (counted == null) {
            counted = Cardinality.bounded(estimate(plan));
            rows.put(plan, counted);
        }
        return counted;
    }

    private double estimate(LogicalPlan plan) {
        return switch (plan) {
            case LogicalPlan.Once once -> 1;
            case Union union ->
                union.branches().stream()
                        .mapToDouble(branch -> rows(branch.plan()))
                        .sum();
            case LogicalPlan.Unary unary -> estimate(unary, rows(unary.input()));
        };
    }

    private double estimate(LogicalPlan.Unary plan, double input) {
        return switch (plan) {
            case LogicalPlan.ScanAll p -> input * sizes.nodes();
            case LogicalPlan.ScanAllByLabel p -> {
                learn(p.node(), Known.of(List.of(p.label())));
                yield input * sizes.nodes(p.label());
            }
            case LogicalPlan.ScanAllByLabelProperties p -> {
                learn(p.node(), Known.of(List.of(p.label())));
                yield input * found(IndexKind.NODE, p.label(), p.conditions());
            }
            case LogicalPlan.ScanAllByPoint p -> {
                learn(p.node(), Known.of(List.of(p.label())));
                yield input * found(IndexKind.NODE_POINT, p.label(), List.of(p.condition()));
            }
            case LogicalPlan.ScanAllByUnion p ->
                input
                        * p.parts().stream()
                                .mapToDouble(part -> found(IndexKind.NODE, part.label(), part.conditions()))
                                .sum();
            case LogicalPlan.ScanAllByEdgeTypeProperties p -> {
                learn(p.relationship(), Known.relationship(List.of(p.type())));
                yield input * found(IndexKind.RELATIONSHIP, p.type(), p.conditions());
            }
            case LogicalPlan.ScanAllById p -> input * ids(p.value(), p.many());
            case LogicalPlan.SeekRelationship p -> input * ids(p.value(), p.many());
            case LogicalPlan.ScanAllByEdgeType p -> input * scanned(p);
            case Expand p -> input * expanded(p);
            case ExpandVariable p -> input * expanded(p);
            case LogicalPlan.ExpandPaths p ->
                input
                        * Math.min(
                                reached(p.from(), p.to(), p.steps(), p.into(), p.min(), p.max()),
                                Cardinality.atLeastOne(sizes.nodes()));
            case LogicalPlan.BindRelationship p ->
                input
                        / (p.leftBound() ? Cardinality.atLeastOne(sizes.nodes()) : 1)
                        / (p.rightBound() ? Cardinality.atLeastOne(sizes.nodes()) : 1);
            default -> after(plan, input);
        };
    }

    /** Of what does not look for nodes or relationships itself. */
    private double after(LogicalPlan.Unary plan, double input) {
        return switch (plan) {
            case LogicalPlan.Filter p -> input * kept(p);
            case LogicalPlan.SemiApply p -> {
                double having = Math.min(1, rows(p.inner()));
                yield input * Math.max(Selectivity.EQUAL, p.negated() ? 1 - having : having);
            }
            case LogicalPlan.OptionalMatch p -> input * Math.max(1, rows(p.inner()));
            case LogicalPlan.Apply p -> p.unit() ? input : input * rows(p.inner());
            case LogicalPlan.ApplyInBatches p -> p.unit() ? input : input * rows(p.inner());
            case LogicalPlan.LoadCsv p -> input * FILE_ROWS;
            case LogicalPlan.Cartesian p -> input * rows(p.inner());
            case LogicalPlan.HashJoin p ->
                input * rows(p.inner()) * Math.pow(keyShare(p), p.keys().size());
            case LogicalPlan.Aggregate p ->
                p.keys().isEmpty() ? 1 : Math.max(Math.min(1, input), input * GROUPS_PER_KEY);
            case LogicalPlan.CountFromStore p -> 1;
            case LogicalPlan.OrderBy p -> first(input, p.first());
            case LogicalPlan.Skip p -> Math.max(0, input - number(p.count(), 0));
            case LogicalPlan.Limit p -> Math.min(input, number(p.count(), input));
            case LogicalPlan.Unwind p -> input * Selectivity.elements(p.list().expression());
            case LogicalPlan.CallProcedure p -> p.unit() ? input : input * LIST_ROWS;
            case LogicalPlan.EmptyResult p -> 0;
            case LogicalPlan.Merge p -> {
                rows(p.create());
                yield input * Math.max(1, rows(p.match()));
            }
            case LogicalPlan.Foreach p -> {
                rows(p.inner());
                yield input;
            }
            default -> input;
        };
    }

    private double keyShare(LogicalPlan.HashJoin join) {
        return 1 / Cardinality.atLeastOne(Math.max(rows(join.input()), rows(join.inner())));
    }

    private void learn(Column column, Known what) {
        known.put(column.slot(), what);
    }

    private double found(IndexKind kind, String label, List<IndexCondition> conditions) {
        List<String> keys = conditions.stream().map(IndexCondition::key).toList();
        return IndexChoice.entities(conditions, sizes.facts().statistics(kind, label, keys));
    }

    private static double ids(ScopedExpression value, boolean many) {
        return many ? Selectivity.elements(value.expression()) : 1;
    }

    private double scanned(LogicalPlan.ScanAllByEdgeType scan) {
        Direction left = MatchPlanner.direction(scan.arrow(), false);
        learn(scan.left(), arrival(scan.types(), left));
        learn(scan.right(), arrival(scan.types(), left.reversed()));
        learn(scan.relationship(), Known.relationship(scan.types()));
        return sizes.relationships(scan.types()) * (scan.arrow() == Arrow.EITHER ? 2 : 1);
    }

    private double expanded(Expand expand) {
        learn(expand.relationship(), Known.relationship(expand.steps().types()));
        return reached(expand.from(), expand.to(), expand.steps(), expand.into(), 1, 1);
    }

    private double expanded(ExpandVariable expand) {
        return reached(expand.from(), expand.to(), expand.steps(), expand.into(), expand.min(), expand.max());
    }

    private double reached(Column from, Column to, Steps steps, boolean into, int min, int max) {
        double walks = sizes.walks(steps.types(), steps.direction(), labels(from), min, max);
        if (into) {
            return walks / Cardinality.atLeastOne(sizes.nodes(labels(to)));
        }
        learn(to, arrival(steps.types(), steps.direction().reversed()));
        return walks;
    }

    private static Known arrival(List<String> types, Direction end) {
        return new Known(IndexKind.NODE, Set.of(), Optional.of(new Arrival(types, end)));
    }

    private Set<String> labels(Column node) {
        Known found = known.getOrDefault(node.slot(), Known.NOTHING);
        if (found.kind() != IndexKind.NODE || !found.labels().isEmpty()) {
            return found.kind() == IndexKind.NODE ? found.labels() : Set.of();
        }
        return found.arrival()
                .map(arrival -> sizes.labelsAt(arrival.types(), arrival.end()))
                .orElse(Set.of());
    }

    /** Labels count first: what has them is known better when the other conditions are judged. */
    private double kept(LogicalPlan.Filter filter) {
        double share = 1;
        for (ScopedExpression predicate : filter.predicates()) {
            if (predicate.expression() instanceof Expression.LabelPredicate test) {
                share *= share(predicate);
                learnLabels(test, predicate.scope());
            }
        }
        for (ScopedExpression predicate : filter.predicates()) {
            if (!(predicate.expression() instanceof Expression.LabelPredicate)) {
                share *= share(predicate);
            }
        }
        return share;
    }

    private double share(ScopedExpression predicate) {
        Scope scope = predicate.scope();
        return selectivity.of(
                predicate.expression(),
                name -> scope.has(name) ? known.getOrDefault(scope.slotOf(name), Known.NOTHING) : Known.NOTHING);
    }

    private void learnLabels(Expression.LabelPredicate test, Scope scope) {
        if (test.subject() instanceof Variable variable && scope.has(variable.name())) {
            known.merge(
                    scope.slotOf(variable.name()),
                    Known.of(test.labels()),
                    (before, more) ->
                            new Known(before.kind(), union(before.labels(), more.labels()), before.arrival()));
        }
    }

    private static Set<String> union(Set<String> a, Set<String> b) {
        Set<String> all = new HashSet<>(a);
        all.addAll(b);
        return Set.copyOf(all);
    }

    private static double first(double input, List<ScopedExpression> counts) {
        double needed = counts.isEmpty() ? input : 0;
        for (ScopedExpression count : counts) {
            needed += number(count, input);
        }
        return Math.min(input, needed);
    }

    private static double number(ScopedExpression count, double unknown) {
        return count.expression() instanceof Expression.IntegerLiteral literal ? Math.max(0, literal.value()) : unknown;
    }
}
