package skein.cypher.plan;

import java.util.List;
import java.util.Optional;
import skein.cypher.plan.LogicalPlan.Apply;
import skein.cypher.plan.LogicalPlan.EmptyResult;
import skein.cypher.plan.LogicalPlan.Foreach;
import skein.cypher.plan.LogicalPlan.OptionalMatch;
import skein.cypher.plan.LogicalPlan.Union;
import skein.cypher.plan.LogicalPlan.Unwind;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Query.UnionKind;

/**
 * Plans whole queries, clause by clause. One instance plans one statement, the queries and patterns nested in its
 * expressions included. The query has passed the semantic check.
 */
public final class QueryPlanner {
    private final Planning planning;
    private final SlotAllocator slots;
    private final CallPlanner calls;
    private final UpdatePlanner updates;

    public QueryPlanner(PlanFacts facts, SlotAllocator slots, ProcedureRegistry procedures) {
        Cardinality sizes = new Cardinality(facts);
        this.planning = new Planning(sizes, slots, new PlanEstimates(sizes), this);
        this.slots = slots;
        this.calls = new CallPlanner(planning, procedures);
        this.updates = new UpdatePlanner(planning);
    }

    /**
     * @param columns of the result, in order; empty when the query returns nothing
     * @param scope what is bound in the rows of the plan
     */
    public record Planned(LogicalPlan plan, List<Column> columns, Scope scope) {}

    /** About how many rows the operators of the plans made here have. */
    public PlanEstimates estimates() {
        return planning.estimates();
    }

    /** The plan of a query that stands alone. */
    public Planned plan(Query query) {
        Part part = plan(query, Pipeline.startingIn(Scope.EMPTY), Scope.EMPTY, true);
        LogicalPlan plan = part.returns ? part.pipeline.plan() : new EmptyResult(part.pipeline.plan());
        return new Planned(plan, part.columns, part.pipeline.scope());
    }

    /** The plan of a query inside an expression; it may use everything in the scope. */
    public Planned planNested(Query query, Scope scope) {
        Part part = plan(query, Pipeline.startingIn(scope), scope, false);
        return new Planned(part.pipeline.plan(), part.columns, part.pipeline.scope());
    }

    /** The plan of a pattern inside an expression. */
    public Planned planNested(PathPattern path, Optional<Expression> where, Scope scope) {
        MatchPlanner.Matched matched =
                new MatchPlanner(planning, scope, MatchPlanner.Wanted.of(List.of(path), where)).planInner();
        return new Planned(matched.on(Pipeline.startingIn(scope).plan()), List.of(), matched.scope());
    }

    /** A query or a branch of one. */
    private record Part(Pipeline pipeline, List<Column> columns, boolean returns) {}

    /** @param kept what stays visible behind every WITH: inside an expression, the scope around it */
    private Part plan(Query query, Pipeline start, Scope kept, boolean shown) {
        return switch (query) {
            case Query.Single single -> planSingle(single, start, kept, shown);
            case Query.Union union -> planUnion(union, start, kept, shown);
        };
    }

    private Part planUnion(Query.Union union, Pipeline start, Scope kept, boolean shown) {
        List<Part> parts = union.branches().stream()
                .map(branch -> planSingle(branch, start, kept, shown))
                .toList();
        List<String> names = parts.getFirst().columns.stream().map(Column::name).toList();
        List<Column> output = names.stream().map(slots::column).toList();
        List<Union.Branch> branches = parts.stream()
                .map(part -> new Union.Branch(part.pipeline.plan(), ordered(part.columns, names)))
                .toList();
        Effects total = parts.stream().map(part -> part.pipeline.total()).reduce(Effects.NONE, Effects::and);
        LogicalPlan plan = new Union(branches, output);
        if (union.kinds().contains(UnionKind.DISTINCT)) {
            plan = new LogicalPlan.Distinct(plan, output);
        }
        Scope scope = Scope.EMPTY;
        for (Column column : output) {
            scope = scope.with(column);
        }
        return new Part(new Pipeline(plan, scope, total, total), output, !output.isEmpty());
    }

    private static List<Column> ordered(List<Column> columns, List<String> names) {
        return names.stream()
                .map(name -> columns.stream()
                        .filter(column -> column.name().equals(name))
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private Part planSingle(Query.Single query, Pipeline start, Scope kept, boolean shown) {
        Pipeline pipeline = start;
        boolean standalone = query.clauses().size() == 1;
        for (int i = 0; i < query.clauses().size(); i++) {
            Clause clause = query.clauses().get(i);
            if (clause instanceof Clause.Return end) {
                ProjectionPlanner.Projected projected =
                        new ProjectionPlanner(planning, pipeline, end.projection(), Optional.empty(), shown).plan();
                return new Part(projected.pipeline(), projected.columns(), true);
            }
            if (clause instanceof Clause.CallProcedure call && standalone) {
                CallPlanner.Called called = calls.planAlone(pipeline, call);
                return new Part(
                        called.pipeline(), called.columns(), !called.columns().isEmpty());
            }
            List<Clause.Match> matches = FollowingMatches.at(query.clauses(), i);
            if (!matches.isEmpty()) {
                pipeline = planMatch(pipeline, matches);
                i += matches.size() - 1;
                continue;
            }
            pipeline = plan(pipeline, clause);
            if (clause instanceof Clause.With) {
                pipeline = pipeline.in(kept.overlaidBy(pipeline.scope()));
            }
        }
        return new Part(pipeline, List.of(), false);
    }

    private Pipeline plan(Pipeline input, Clause clause) {
        return switch (clause) {
            case Clause.Match match -> match.optional() ? planOptional(input, match) : planMatch(input, List.of(match));
            case Clause.Unwind unwind -> planUnwind(input, unwind);
            case Clause.With with ->
                new ProjectionPlanner(planning, input, with.projection(), with.where(), false)
                        .plan()
                        .pipeline();
            case Clause.Return end -> throw new IllegalStateException("RETURN is planned with its query");
            case Clause.Create create -> updates.create(input, create);
            case Clause.Merge merge -> updates.merge(input, merge);
            case Clause.Set set -> updates.update(input, set.items());
            case Clause.Remove remove -> updates.remove(input, remove);
            case Clause.Delete delete -> updates.delete(input, delete);
            case Clause.CallProcedure call -> calls.plan(input, call).pipeline();
            case Clause.CallSubquery call -> planSubquery(input, call);
            case Clause.Foreach loop -> planForeach(input, loop);
            case Clause.LoadCsv load -> planLoad(input, load);
        };
    }

    private Pipeline planMatch(Pipeline input, List<Clause.Match> matches) {
        double rows = planning.estimates().rows(input.plan());
        MatchPlanner.Matched matched =
                new MatchPlanner(planning, input.scope(), FollowingMatches.wanted(matches)).plan(rows);
        return input.then(matched.effects(), matched::on).in(matched.scope());
    }

    private Pipeline planOptional(Pipeline input, Clause.Match match) {
        MatchPlanner.Matched matched =
                new MatchPlanner(planning, input.scope(), FollowingMatches.wanted(List.of(match))).planInner();
        LogicalPlan inner = matched.on(new LogicalPlan.Once());
        List<Column> introduced = matched.scope().columns().stream()
                .filter(column -> !input.scope().has(column.name()))
                .toList();
        return input.then(matched.effects(), plan -> new OptionalMatch(plan, inner, introduced))
                .in(matched.scope());
    }

    private Pipeline planUnwind(Pipeline input, Clause.Unwind unwind) {
        Column column = slots.column(unwind.variable().name());
        ScopedExpression list = new ScopedExpression(unwind.list(), input.scope());
        return input.then(Effects.of(unwind.list()), plan -> new Unwind(plan, list, column))
                .in(input.scope().with(column));
    }

    private Pipeline planLoad(Pipeline input, Clause.LoadCsv load) {
        Column row = slots.column(load.row().name());
        Scope scope = input.scope();
        return input.then(
                        Effects.of(load.source()),
                        plan -> new LogicalPlan.LoadCsv(
                                plan,
                                new ScopedExpression(load.source(), scope),
                                load.header(),
                                load.lenient(),
                                load.ignoreBadRows(),
                                load.delimiter().map(option -> new ScopedExpression(option, scope)),
                                load.quote().map(option -> new ScopedExpression(option, scope)),
                                load.nullText().map(option -> new ScopedExpression(option, scope)),
                                row))
                .in(scope.with(row));
    }

    private Pipeline planForeach(Pipeline input, Clause.Foreach loop) {
        Column column = slots.column(loop.variable().name());
        Pipeline inner = Pipeline.startingIn(input.scope().with(column));
        for (Clause update : loop.updates()) {
            inner = plan(inner, update);
        }
        LogicalPlan body = inner.plan();
        ScopedExpression list = new ScopedExpression(loop.list(), input.scope());
        return input.then(inner.total().and(Effects.of(loop.list())), plan -> new Foreach(plan, list, column, body));
    }

    private Pipeline planSubquery(Pipeline input, Clause.CallSubquery call) {
        Scope imports = imported(input.scope(), call);
        Part part = plan(call.query(), Pipeline.startingIn(imports), Scope.EMPTY, false);
        Scope scope = input.scope();
        for (Column column : part.columns) {
            scope = scope.with(column);
        }
        if (call.inTransactions()) {
            return input.then(Effects.NONE, plan -> inBatches(plan, call, part, input.scope(), imports))
                    .in(scope);
        }
        return input.then(part.pipeline.total(), plan -> new Apply(plan, part.pipeline.plan(), !part.returns))
                .in(scope);
    }

    /** What happens inside is not seen outside: the rest of the query reads the graph as it was. */
    private static LogicalPlan inBatches(
            LogicalPlan input, Clause.CallSubquery call, Part part, Scope outer, Scope imports) {
        return new LogicalPlan.ApplyInBatches(
                input,
                part.pipeline.plan(),
                !part.returns,
                call.batchRows().map(rows -> new ScopedExpression(rows, outer)),
                imports.columns(),
                outer.columns(),
                part.columns);
    }

    private static Scope imported(Scope outer, Clause.CallSubquery call) {
        if (call.importAll()) {
            return outer.named();
        }
        if (call.imports().isEmpty()) {
            return importsByWith(call.query()) ? outer.named() : Scope.EMPTY;
        }
        Scope scope = Scope.EMPTY;
        for (Expression.Variable variable : call.imports().get()) {
            scope = scope.with(outer.column(variable.name()));
        }
        return scope;
    }

    private static boolean importsByWith(Query query) {
        return switch (query) {
            case Query.Single single ->
                !single.clauses().isEmpty() && single.clauses().getFirst() instanceof Clause.With;
            case Query.Union union -> union.branches().stream().anyMatch(QueryPlanner::importsByWith);
        };
    }
}
