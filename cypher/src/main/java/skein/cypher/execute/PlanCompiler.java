package skein.cypher.execute;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.NameTable;
import skein.cypher.expression.aggregate.Aggregation;
import skein.cypher.expression.compile.ExpressionCompiler;
import skein.cypher.expression.function.FunctionLibrary;
import skein.cypher.expression.function.IntegerRange;
import skein.cypher.plan.Column;
import skein.cypher.plan.IndexCondition;
import skein.cypher.plan.LogicalPlan;
import skein.cypher.plan.LogicalPlan.Assignment;
import skein.cypher.plan.LogicalPlan.GraphUpdate;
import skein.cypher.plan.LogicalPlan.SortKey;
import skein.cypher.plan.PlanEstimates;
import skein.cypher.plan.PlanFacts;
import skein.cypher.plan.QueryPlanner;
import skein.cypher.plan.QueryPlanner.Planned;
import skein.cypher.plan.Scope;
import skein.cypher.plan.ScopedExpression;
import skein.cypher.plan.SlotAllocator;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Query;
import skein.graph.Value;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;

/** Turns the logical plan of one statement into operators. One instance compiles one statement. */
final class PlanCompiler {
    private final SlotAllocator slots = new SlotAllocator();
    private final NameTable names = new NameTable();
    private final ProcedureRegistry procedures;
    private final QueryPlanner planner;
    private final PlanProbe probe;

    /** Slots of the relationships of walks of which only the far nodes matter. */
    private final Set<Integer> farNodesOnly = new HashSet<>();

    /** @param probe wraps every operator, for PROFILE */
    PlanCompiler(PlanFacts facts, ProcedureRegistry procedures, PlanProbe probe) {
        this.procedures = procedures;
        this.planner = new QueryPlanner(facts, slots, procedures);
        this.probe = probe;
    }

    /** A plan in both forms, and the names of its result's columns. */
    record Compiled(LogicalPlan logical, PlanEstimates estimates, CompiledPlan plan, List<String> columns) {}

    Compiled compile(Query query) {
        Planned planned = planner.plan(query);
        Operator root = compile(planned.plan());
        int[] columns = planned.columns().stream().mapToInt(Column::slot).toArray();
        return new Compiled(
                planned.plan(),
                planner.estimates(),
                new CompiledPlan(root, columns, slots.count(), names),
                planned.columns().stream().map(Column::name).toList());
    }

    SlotAllocator slots() {
        return slots;
    }

    FunctionLibrary functions() {
        return procedures.functions();
    }

    NameTable names() {
        return names;
    }

    Evaluator nested(Expression expression, Scope scope) {
        return new NestedExpressions(this, planner, scope).compile(expression);
    }

    Evaluator compile(ScopedExpression scoped) {
        return ExpressionCompiler.compile(scoped.expression(), new PlanScope(this, scoped.scope()));
    }

    private List<Evaluator> compile(List<ScopedExpression> expressions) {
        return expressions.stream().map(this::compile).toList();
    }

    private @Nullable Evaluator compileOrNull(Optional<ScopedExpression> expression) {
        return expression.isPresent() ? compile(expression.get()) : null;
    }

    Operator compile(LogicalPlan plan) {
        farNodesOnly.addAll(FarNodesOnly.below(plan));
        Operator operator = switch (plan) {
            case LogicalPlan.Once once -> new OnceOperator();
            case LogicalPlan.Union union ->
                new UnionOperator(
                        union.branches().stream()
                                .map(branch -> compile(branch.plan()))
                                .toList(),
                        union);
            case LogicalPlan.Unary unary -> compile(unary, compile(unary.input()));
        };
        return probe.around(plan, operator);
    }

    private IndexLookup lookup(List<IndexCondition> conditions, Scope scope) {
        return new IndexLookup(conditions, expression -> compile(new ScopedExpression(expression, scope)));
    }

    private ListElements elements(ScopedExpression list) {
        if (!(list.expression() instanceof Expression.FunctionCall call)
                || !IntegerRange.isMeantBy(call.name(), call.arguments().size())) {
            return ListElements.of(compile(list));
        }
        return ListElements.ofRange(call.arguments().stream()
                .map(argument -> compile(new ScopedExpression(argument, list.scope())))
                .toList());
    }

    private Operator compile(LogicalPlan.Unary plan, Operator input) {
        return switch (plan) {
            case LogicalPlan.ScanAll p -> nodes(input, p.node(), EntitySources.all());
            case LogicalPlan.ScanAllByLabel p -> nodes(input, p.node(), EntitySources.byLabel(p.label()));
            case LogicalPlan.ScanAllByLabelProperties p ->
                nodes(input, p.node(), lookup(p.conditions(), p.scope()).nodes(p.label()));
            case LogicalPlan.ScanAllByPoint p ->
                nodes(input, p.node(), lookup(List.of(p.condition()), p.scope()).nodes(p.label()));
            case LogicalPlan.ScanAllByUnion p -> union(input, p);
            case LogicalPlan.ScanAllByEdgeTypeProperties p ->
                relationships(
                        input,
                        p.relationship(),
                        lookup(p.conditions(), p.scope()).relationships(p.type()));
            case LogicalPlan.ScanAllById p ->
                nodes(input, p.node(), EntitySources.nodeById(compile(p.value()), p.many(), p.form()));
            case LogicalPlan.SeekRelationship p ->
                relationships(
                        input,
                        p.relationship(),
                        EntitySources.relationshipById(compile(p.value()), p.many(), p.form()));
            case LogicalPlan.ScanAllByEdgeType p -> new RelationshipScanOperator(input, p);
            case LogicalPlan.Expand p -> new ExpandOperator(input, p);
            case LogicalPlan.ExpandVariable p -> expandVariable(input, p);
            case LogicalPlan.ExpandPaths p -> new ExpandPathsOperator(input, p, judge(p));
            case LogicalPlan.ShortestPath p -> new ShortestPathOperator(input, p, compileOrNull(p.condition()));
            case LogicalPlan.BindRelationship p -> new BindRelationshipOperator(input, p);
            case LogicalPlan.Filter p -> new FilterOperator(input, FilterOperator.allTrue(compile(p.predicates())));
            case LogicalPlan.RequireBound p -> new FilterOperator(input, FilterOperator.noneNull(p.columns()));
            case LogicalPlan.ConstructNamedPath p -> new RowOperator(input, new PathStepBuilder(p));
            case LogicalPlan.OptionalMatch p -> new OptionalOperator(input, compile(p.inner()), p);
            case LogicalPlan.Apply p -> apply(input, p);
            case LogicalPlan.SemiApply p -> new SemiApplyOperator(input, compile(p.inner()), p.negated());
            case LogicalPlan.Cartesian p -> product(input, p);
            case LogicalPlan.HashJoin p -> join(input, p);
            case LogicalPlan.EdgeUniquenessFilter p -> new FilterOperator(input, Uniqueness.test(p));
            case LogicalPlan.CountFromStore p -> CountFromStoreOperator.of(input, p);
            case LogicalPlan.ApplyInBatches p ->
                new BatchedApplyOperator(input, compile(p.inner()), compileOrNull(p.batchRows()), p);
            case LogicalPlan.Produce p -> new RowOperator(input, produce(p.items()));
            case LogicalPlan.Aggregate p -> aggregate(input, p);
            case LogicalPlan.Distinct p -> new DistinctOperator(input, p.columns());
            case LogicalPlan.OrderBy p -> sort(input, p);
            case LogicalPlan.Skip p -> CountOperator.skip(input, compile(p.count()));
            case LogicalPlan.Limit p -> CountOperator.limit(input, compile(p.count()), p.exhaustive());
            case LogicalPlan.Unwind p ->
                new UnwindOperator(input, elements(p.list()), p.variable().slot());
            case LogicalPlan.LoadCsv p -> loadCsv(input, p);
            case LogicalPlan.Accumulate p -> new AccumulateOperator(input, p.live());
            case LogicalPlan.CallProcedure p ->
                new ProcedureOperator(input, procedures.get(p.procedure()), compile(p.arguments()), p);
            case LogicalPlan.Create p -> new RowOperator(input, create(p));
            case LogicalPlan.Update p -> new RowOperator(input, update(p.updates()));
            case LogicalPlan.Delete p -> new RowOperator(input, new DeleteStep(compile(p.targets()), p.detach()));
            case LogicalPlan.Merge p -> merge(input, p);
            case LogicalPlan.Foreach p -> foreach(input, p);
            case LogicalPlan.EmptyResult p -> new EmptyResultOperator(input);
        };
    }

    private Operator union(Operator input, LogicalPlan.ScanAllByUnion plan) {
        return nodes(
                input,
                plan.node(),
                EntitySources.anyOf(plan.parts().stream()
                        .map(part -> lookup(part.conditions(), plan.scope()).nodes(part.label()))
                        .toList()));
    }

    private static Operator relationships(Operator input, Column relationship, EntityScanOperator.Source source) {
        return new EntityScanOperator(input, relationship.slot(), source, RelationshipReference::new);
    }

    private Operator expandVariable(Operator input, LogicalPlan.ExpandVariable plan) {
        return farNodesOnly.contains(plan.relationships().slot())
                ? new FarNodesOperator(input, plan, compileOrNull(plan.condition()))
                : new ExpandVariableOperator(input, plan, compileOrNull(plan.condition()));
    }

    private Operator apply(Operator input, LogicalPlan.Apply plan) {
        Operator inner = compile(plan.inner());
        return plan.unit() ? ApplyOperator.unit(input, inner) : new ApplyOperator(input, inner);
    }

    private Operator product(Operator input, LogicalPlan.Cartesian plan) {
        return new HashJoinOperator(input, compile(plan.inner()), List.of(), List.of(), plan.introduced());
    }

    private Operator join(Operator input, LogicalPlan.HashJoin plan) {
        return new HashJoinOperator(
                input, compile(plan.inner()), compile(plan.keys()), compile(plan.innerKeys()), plan.introduced());
    }

    private Operator merge(Operator input, LogicalPlan.Merge plan) {
        return new MergeOperator(input, compile(plan.match()), compile(plan.create()), compile(plan.properties()));
    }

    private Operator foreach(Operator input, LogicalPlan.Foreach plan) {
        return new ForeachOperator(input, elements(plan.list()), plan.variable().slot(), compile(plan.inner()));
    }

    private Operator loadCsv(Operator input, LogicalPlan.LoadCsv plan) {
        return new LoadCsvOperator(
                input,
                plan,
                new LoadCsvOperator.Options(
                        compile(plan.source()),
                        compileOrNull(plan.delimiter()),
                        compileOrNull(plan.quote()),
                        compileOrNull(plan.nullText())));
    }

    private StepJudge judge(LogicalPlan.ExpandPaths plan) {
        return new StepJudge(
                plan.filters().stream().map(this::lambda).toList(),
                plan.weight().isPresent() ? lambda(plan.weight().get()) : null);
    }

    private StepJudge.Lambda lambda(LogicalPlan.StepLambda lambda) {
        return new StepJudge.Lambda(lambda.variables(), compile(lambda.body()));
    }

    private static Operator nodes(Operator input, Column node, EntityScanOperator.Source source) {
        return new EntityScanOperator(input, node.slot(), source, NodeReference::new);
    }

    private Operator aggregate(Operator input, LogicalPlan.Aggregate plan) {
        return new AggregateOperator(
                input,
                plan.keys().stream().map(key -> compile(key.expression())).toList(),
                slots(plan.keys()),
                plan.aggregates().stream()
                        .map(item -> Aggregation.compile(
                                item.expression().expression(),
                                new PlanScope(this, item.expression().scope())))
                        .toList(),
                slots(plan.aggregates()));
    }

    private static int[] slots(List<Assignment> items) {
        return items.stream().mapToInt(item -> item.column().slot()).toArray();
    }

    private Operator sort(Operator input, LogicalPlan.OrderBy plan) {
        List<Evaluator> keys =
                plan.keys().stream().map(key -> compile(key.expression())).toList();
        boolean[] ascending = new boolean[keys.size()];
        for (int i = 0; i < ascending.length; i++) {
            SortKey key = plan.keys().get(i);
            ascending[i] = key.ascending();
        }
        return new SortOperator(input, keys, ascending, plan.live(), compile(plan.first()));
    }

    private RowOperator.Step produce(List<Assignment> items) {
        Evaluator[] evaluators =
                items.stream().map(item -> compile(item.expression())).toArray(Evaluator[]::new);
        int[] targets = slots(items);
        return run -> {
            for (int i = 0; i < targets.length; i++) {
                run.frame[targets[i]] = run.evaluate(evaluators[i]);
            }
        };
    }

    private CreateStep create(LogicalPlan.Create plan) {
        return new CreateStep(plan.creations().stream()
                .map(creation -> new CreateStep.Element(creation, compileOrNull(creation.properties())))
                .toList());
    }

    private RowOperator.Step update(List<GraphUpdate> updates) {
        RowOperator.Step[] steps = updates.stream().map(this::update).toArray(RowOperator.Step[]::new);
        return run -> {
            for (RowOperator.Step step : steps) {
                step.perform(run);
            }
        };
    }

    private RowOperator.Step update(GraphUpdate update) {
        return switch (update) {
            case GraphUpdate.SetProperty set -> {
                Evaluator subject = compile(set.subject());
                Evaluator value = compile(set.value());
                yield run -> EntityWriter.setProperty(run, run.evaluate(subject), set.key(), run.evaluate(value));
            }
            case GraphUpdate.SetProperties set -> {
                Evaluator subject = compile(set.subject());
                Evaluator value = compile(set.value());
                yield run ->
                        EntityWriter.setProperties(run, run.evaluate(subject), run.evaluate(value), set.keepOthers());
            }
            case GraphUpdate.AddLabels add -> {
                Evaluator subject = compile(add.subject());
                yield run -> EntityWriter.addLabels(run, run.evaluate(subject), add.labels());
            }
            case GraphUpdate.RemoveLabels remove -> {
                Evaluator subject = compile(remove.subject());
                yield run -> EntityWriter.removeLabels(run, run.evaluate(subject), remove.labels());
            }
            case GraphUpdate.RemoveProperty remove -> {
                Evaluator subject = compile(remove.subject());
                yield run -> EntityWriter.setProperty(run, run.evaluate(subject), remove.key(), Value.NULL);
            }
        };
    }
}
