package skein.cypher.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skein.cypher.plan.LogicalPlan.Aggregate;
import skein.cypher.plan.LogicalPlan.Assignment;
import skein.cypher.plan.LogicalPlan.Distinct;
import skein.cypher.plan.LogicalPlan.Limit;
import skein.cypher.plan.LogicalPlan.OrderBy;
import skein.cypher.plan.LogicalPlan.Produce;
import skein.cypher.plan.LogicalPlan.Skip;
import skein.cypher.plan.LogicalPlan.SortKey;
import skein.cypher.syntax.Clause.Projection;
import skein.cypher.syntax.Clause.ProjectionItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Span;

/** Plans WITH and RETURN. One instance plans one of them. */
final class ProjectionPlanner {
    private final Planning planning;
    private final SlotAllocator slots;
    private final Projection projection;
    private final Optional<Expression> where;
    private final List<ProjectionItem> items;
    private final boolean aggregating;
    private final Scope before;
    private final Map<Expression, Integer> computed = new LinkedHashMap<>();
    private final List<Column> results = new ArrayList<>();

    /** Read for the rows that ORDER BY and LIMIT let through. */
    private final List<Assignment> late = new ArrayList<>();

    private Pipeline pipeline;
    /** What ORDER BY and WHERE see. */
    private Scope within;

    /** @param shown the values go to a client */
    ProjectionPlanner(
            Planning planning, Pipeline input, Projection projection, Optional<Expression> where, boolean shown) {
        this.planning = planning;
        this.slots = planning.slots();
        this.projection = projection;
        this.where = where;
        this.before = input.scope();
        this.items = items(projection, before);
        this.aggregating = items.stream().anyMatch(item -> AggregateCalls.areIn(item.expression()));
        this.within = before;
        this.pipeline = guarded(input, shown);
    }

    /** @param columns one per item, named as the result is */
    record Projected(Pipeline pipeline, List<Column> columns) {}

    Projected plan() {
        if (aggregating) {
            aggregate();
        } else {
            compute();
        }
        // groups differ already: the keys are among the results
        if (projection.distinct() && !aggregating) {
            add(new Distinct(pipeline.plan(), results));
        }
        orderSkipLimit();
        where.ifPresent(predicate -> add(Conditions.filter(planning, Predicate.conjuncts(predicate), within)
                .apply(pipeline.plan())));
        Scope after = Scope.EMPTY;
        for (Column column : results) {
            after = after.with(column);
        }
        return new Projected(pipeline.in(after), List.copyOf(results));
    }

    private static List<ProjectionItem> items(Projection projection, Scope scope) {
        List<ProjectionItem> items = new ArrayList<>();
        if (projection.all()) {
            scope.named().names().stream()
                    .sorted()
                    .forEach(name ->
                            items.add(new ProjectionItem(new Variable(name, Span.NOWHERE), Optional.empty(), name)));
        }
        items.addAll(projection.items());
        return items;
    }

    private Pipeline guarded(Pipeline input, boolean shown) {
        Effects effects = items.stream()
                .map(item -> shown ? Effects.ofShown(item.expression()) : Effects.of(item.expression()))
                .reduce(Effects.NONE, Effects::and);
        for (var sort : projection.orderBy()) {
            effects = effects.and(Effects.of(sort.expression()));
        }
        effects = effects.and(where.map(Effects::of).orElse(Effects.NONE));
        return input.then(effects, plan -> plan);
    }

    private void add(LogicalPlan plan) {
        pipeline = new Pipeline(plan, pipeline.scope(), pipeline.pending(), pipeline.total());
    }

    private void addEager(LogicalPlan plan) {
        pipeline = new Pipeline(plan, pipeline.scope(), Effects.NONE, pipeline.total());
    }

    private void compute() {
        List<Assignment> assignments = new ArrayList<>();
        for (ProjectionItem item : items) {
            results.add(place(item, before, assignments));
        }
        postpone(assignments);
        if (!assignments.isEmpty()) {
            add(new Produce(pipeline.plan(), assignments));
        }
        seeResults(projection.distinct() ? Scope.EMPTY : before);
    }

    /** Takes out what has to be read only for the rows that are left in the end. */
    private void postpone(List<Assignment> assignments) {
        boolean fewAreLeft =
                !projection.orderBy().isEmpty() && projection.limit().isPresent();
        if (!fewAreLeft || projection.distinct() || pipeline.writes()) {
            return;
        }
        LateReads reads = LateReads.above(pipeline.plan());
        Set<Expression> sortedBy = new HashSet<>();
        projection.orderBy().forEach(sort -> collect(sort.expression(), sortedBy));
        for (int i = 0; i < items.size(); i++) {
            ProjectionItem item = items.get(i);
            Column column = results.get(i);
            boolean sorts = sortedBy.contains(item.expression())
                    || sortedBy.stream()
                            .anyMatch(part ->
                                    part instanceof Variable name && name.name().equals(item.name()));
            if (!sorts && reads.include(item.expression(), before)) {
                assignments.stream()
                        .filter(assignment -> assignment.column().equals(column))
                        .forEach(late::add);
            }
        }
        assignments.removeAll(late);
    }

    private static void collect(Expression expression, Set<Expression> parts) {
        parts.add(expression);
        Subexpressions.of(expression).forEach(part -> collect(part, parts));
    }

    /** A variable keeps its slot; everything else is computed into a new one. */
    private Column place(ProjectionItem item, Scope scope, List<Assignment> assignments) {
        if (item.expression() instanceof Variable variable) {
            return new Column(item.name(), scope.slotOf(variable.name()));
        }
        Integer known = scope.computedSlot(item.expression());
        if (known != null) {
            return new Column(item.name(), known);
        }
        Column column = slots.column(item.name());
        assignments.add(new Assignment(column, new ScopedExpression(item.expression(), scope)));
        computed.put(item.expression(), column.slot());
        return column;
    }

    private void aggregate() {
        List<Assignment> keys = new ArrayList<>();
        Scope after = Scope.EMPTY;
        for (ProjectionItem item : items) {
            if (AggregateCalls.areIn(item.expression()) || isKnown(item.expression(), after)) {
                continue;
            }
            Column column = slots.anonymous();
            keys.add(new Assignment(column, new ScopedExpression(item.expression(), before)));
            if (item.expression() instanceof Variable variable) {
                after = after.with(variable.name(), column.slot());
            } else {
                computed.put(item.expression(), column.slot());
            }
        }
        List<Assignment> aggregates = new ArrayList<>();
        for (Expression call : aggregateCalls()) {
            Column column = slots.anonymous();
            aggregates.add(new Assignment(column, new ScopedExpression(call, before)));
            computed.put(call, column.slot());
        }
        LogicalPlan rows = pipeline.plan();
        Optional<LogicalPlan> counted = keys.isEmpty() ? StoreCounts.of(rows, aggregates) : Optional.empty();
        addEager(counted.orElseGet(() -> new Aggregate(rows, keys, aggregates)));
        Scope grouped = after.withComputed(computed);
        List<Assignment> assignments = new ArrayList<>();
        for (ProjectionItem item : items) {
            results.add(place(item, grouped, assignments));
        }
        if (!assignments.isEmpty()) {
            add(new Produce(pipeline.plan(), assignments));
        }
        seeResults(after);
    }

    private boolean isKnown(Expression expression, Scope after) {
        return expression instanceof Variable variable ? after.has(variable.name()) : computed.containsKey(expression);
    }

    private Set<Expression> aggregateCalls() {
        Set<Expression> calls = new LinkedHashSet<>();
        items.forEach(item -> calls.addAll(AggregateCalls.in(item.expression())));
        projection.orderBy().forEach(sort -> calls.addAll(AggregateCalls.in(sort.expression())));
        return calls;
    }

    private void seeResults(Scope base) {
        Scope visible = base.named();
        for (Column column : results) {
            visible = visible.with(column);
        }
        within = visible.withComputed(computed);
    }

    private void orderSkipLimit() {
        Optional<ScopedExpression> skip = projection.skip().map(count -> new ScopedExpression(count, Scope.EMPTY));
        Optional<ScopedExpression> limit = projection.limit().map(count -> new ScopedExpression(count, Scope.EMPTY));
        if (!projection.orderBy().isEmpty()) {
            List<SortKey> keys = projection.orderBy().stream()
                    .map(sort -> new SortKey(new ScopedExpression(sort.expression(), within), sort.ascending()))
                    .toList();
            List<ScopedExpression> first = new ArrayList<>();
            limit.ifPresent(first::add);
            limit.flatMap(_ -> skip).ifPresent(first::add);
            addEager(new OrderBy(pipeline.plan(), keys, live(), first));
        }
        boolean exhaustive = pipeline.writes();
        skip.ifPresent(count -> add(new Skip(pipeline.plan(), count)));
        limit.ifPresent(count -> add(new Limit(pipeline.plan(), count, exhaustive)));
        if (!late.isEmpty()) {
            List<Expression> read =
                    late.stream().map(item -> item.expression().expression()).toList();
            pipeline = pipeline.then(Effects.of(read), plan -> new Produce(plan, late));
        }
    }

    private List<Column> live() {
        Set<Column> live = new LinkedHashSet<>(results);
        if (where.isPresent()) {
            live.addAll(within.columns());
            computed.values().forEach(slot -> live.add(new Column(" " + slot, slot)));
        }
        Set<Integer> unread = new HashSet<>();
        late.forEach(item -> unread.add(item.column().slot()));
        live.removeIf(column -> unread.contains(column.slot()));
        late.forEach(item -> Mentions.in(item.expression().expression())
                .forEach(name -> live.add(item.expression().scope().column(name))));
        return List.copyOf(live);
    }
}
