package skein.cypher.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import skein.cypher.plan.LogicalPlan.Apply;
import skein.cypher.plan.LogicalPlan.CallProcedure;
import skein.cypher.plan.LogicalPlan.EmptyResult;
import skein.cypher.plan.LogicalPlan.Filter;
import skein.cypher.plan.LogicalPlan.Foreach;
import skein.cypher.plan.LogicalPlan.OptionalMatch;
import skein.cypher.plan.LogicalPlan.Union;
import skein.cypher.plan.LogicalPlan.Unwind;
import skein.cypher.procedure.ProcedureRegistry;
import skein.cypher.procedure.ProcedureSignature;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Parameter;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Query.UnionKind;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * Plans whole queries, clause by clause. One instance plans one statement, the queries and patterns nested in its
 * expressions included. The query has passed the semantic check.
 */
public final class QueryPlanner {
    private final PlanFacts facts;
    private final SlotAllocator slots;
    private final ProcedureRegistry procedures;
    private final UpdatePlanner updates;

    public QueryPlanner(PlanFacts facts, SlotAllocator slots, ProcedureRegistry procedures) {
        this.facts = facts;
        this.slots = slots;
        this.procedures = procedures;
        this.updates = new UpdatePlanner(facts, slots);
    }

    /**
     * @param columns of the result, in order; empty when the query returns nothing
     * @param scope what is bound in the rows of the plan
     */
    public record Planned(LogicalPlan plan, List<Column> columns, Scope scope) {}

    /** The plan of a query that stands alone. */
    public Planned plan(Query query) {
        Part part = plan(query, Pipeline.startingIn(Scope.EMPTY), true);
        LogicalPlan plan = part.returns ? part.pipeline.plan() : new EmptyResult(part.pipeline.plan());
        return new Planned(plan, part.columns, part.pipeline.scope());
    }

    /** The plan of a query inside an expression; it may use everything in the scope. */
    public Planned planNested(Query query, Scope scope) {
        Part part = plan(query, Pipeline.startingIn(scope), false);
        return new Planned(part.pipeline.plan(), part.columns, part.pipeline.scope());
    }

    /** The plan of a pattern inside an expression. */
    public Planned planNested(PathPattern path, Optional<Expression> where, Scope scope) {
        MatchPlanner.Matched matched = new MatchPlanner(facts, slots, scope, List.of(path), where).plan();
        return new Planned(matched.on(Pipeline.startingIn(scope).plan()), List.of(), matched.scope());
    }

    /** A query or a branch of one. */
    private record Part(Pipeline pipeline, List<Column> columns, boolean returns) {}

    private Part plan(Query query, Pipeline start, boolean shown) {
        return switch (query) {
            case Query.Single single -> planSingle(single, start, shown);
            case Query.Union union -> planUnion(union, start, shown);
        };
    }

    private Part planUnion(Query.Union union, Pipeline start, boolean shown) {
        List<Part> parts = union.branches().stream()
                .map(branch -> planSingle(branch, start, shown))
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

    private Part planSingle(Query.Single query, Pipeline start, boolean shown) {
        Pipeline pipeline = start;
        boolean standalone = query.clauses().size() == 1;
        for (Clause clause : query.clauses()) {
            if (clause instanceof Clause.Return end) {
                ProjectionPlanner.Projected projected = new ProjectionPlanner(
                                slots, pipeline, end.projection(), Optional.empty(), shown)
                        .plan();
                return new Part(projected.pipeline(), projected.columns(), true);
            }
            if (clause instanceof Clause.CallProcedure call && standalone) {
                return planStandaloneCall(pipeline, call);
            }
            pipeline = plan(pipeline, clause);
        }
        return new Part(pipeline, List.of(), false);
    }

    private Pipeline plan(Pipeline input, Clause clause) {
        return switch (clause) {
            case Clause.Match match -> match.optional() ? planOptional(input, match) : planMatch(input, match);
            case Clause.Unwind unwind -> planUnwind(input, unwind);
            case Clause.With with ->
                new ProjectionPlanner(slots, input, with.projection(), with.where(), false)
                        .plan()
                        .pipeline();
            case Clause.Return end -> throw new IllegalStateException("RETURN is planned with its query");
            case Clause.Create create -> updates.create(input, create);
            case Clause.Merge merge -> updates.merge(input, merge);
            case Clause.Set set -> updates.update(input, set.items());
            case Clause.Remove remove -> updates.remove(input, remove);
            case Clause.Delete delete -> updates.delete(input, delete);
            case Clause.CallProcedure call -> planCall(input, call).pipeline;
            case Clause.CallSubquery call -> planSubquery(input, call);
            case Clause.Foreach loop -> planForeach(input, loop);
            case Clause.LoadCsv load -> throw notExecuted("LOAD CSV");
        };
    }

    private Pipeline planMatch(Pipeline input, Clause.Match match) {
        MatchPlanner.Matched matched = match(input.scope(), match);
        return input.then(matched.effects(), matched::on).in(matched.scope());
    }

    private MatchPlanner.Matched match(Scope scope, Clause.Match match) {
        return new MatchPlanner(facts, slots, scope, match.pattern().paths(), match.where()).plan();
    }

    private Pipeline planOptional(Pipeline input, Clause.Match match) {
        MatchPlanner.Matched matched = match(input.scope(), match);
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

    private Pipeline planForeach(Pipeline input, Clause.Foreach loop) {
        Column column = slots.column(loop.variable().name());
        Pipeline inner = Pipeline.startingIn(input.scope().with(column));
        for (Clause update : loop.updates()) {
            inner = plan(inner, update);
        }
        LogicalPlan body = inner.plan();
        ScopedExpression list = new ScopedExpression(loop.list(), input.scope());
        return input.then(
                inner.total().and(Effects.of(loop.list())), plan -> new Foreach(plan, list, column, body));
    }

    private Pipeline planSubquery(Pipeline input, Clause.CallSubquery call) {
        if (call.inTransactions()) {
            throw notExecuted("CALL { ... } IN TRANSACTIONS");
        }
        Part part = plan(call.query(), Pipeline.startingIn(imported(input.scope(), call)), false);
        Scope scope = input.scope();
        for (Column column : part.columns) {
            scope = scope.with(column);
        }
        return input.then(
                        part.pipeline.total(), plan -> new Apply(plan, part.pipeline.plan(), !part.returns))
                .in(scope);
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

    private Part planStandaloneCall(Pipeline input, Clause.CallProcedure call) {
        boolean wantsAll = call.yields().isEmpty();
        return planCall(
                input,
                wantsAll
                        ? new Clause.CallProcedure(
                                call.procedure(), call.arguments(), true, List.of(), call.where(), call.span())
                        : call);
    }

    private Part planCall(Pipeline input, Clause.CallProcedure call) {
        ProcedureSignature signature = procedures.get(call.procedure()).signature();
        List<ScopedExpression> arguments = call.arguments()
                .orElseGet(() -> implicitArguments(signature, call))
                .stream()
                .map(argument -> new ScopedExpression(argument, input.scope()))
                .toList();
        requireArgumentCount(signature, arguments.size());
        List<CallProcedure.Output> outputs = outputs(signature, call);
        Scope scope = input.scope();
        for (CallProcedure.Output output : outputs) {
            scope = scope.with(output.column());
        }
        boolean unit = signature.outputs().isEmpty();
        Effects effects = signature.writes()
                ? Effects.writing(Footprint.ALL).and(Effects.reading(Footprint.ALL))
                : Effects.reading(Footprint.ALL);
        Pipeline pipeline = input.then(
                        unit && !signature.writes() ? Effects.NONE : effects,
                        plan -> new CallProcedure(plan, signature.name(), arguments, outputs, unit))
                .in(scope);
        if (call.where().isPresent()) {
            ScopedExpression test = new ScopedExpression(call.where().get(), scope);
            pipeline = pipeline.then(
                    Effects.of(call.where().get()), plan -> new Filter(plan, List.of(test)));
        }
        List<Column> columns =
                outputs.stream().map(CallProcedure.Output::column).toList();
        return new Part(pipeline, columns, !columns.isEmpty());
    }

    private List<CallProcedure.Output> outputs(ProcedureSignature signature, Clause.CallProcedure call) {
        List<String> names = signature.outputs();
        List<CallProcedure.Output> outputs = new ArrayList<>();
        if (call.yieldAll()) {
            for (int position = 0; position < names.size(); position++) {
                outputs.add(new CallProcedure.Output(position, slots.column(names.get(position))));
            }
            return outputs;
        }
        for (Clause.YieldItem item : call.yields()) {
            int position = names.indexOf(item.column());
            if (position < 0) {
                throw new SkeinException(
                        ErrorCode.SYNTAX_ERROR,
                        "Procedure " + signature.name() + " has no result column `" + item.column()
                                + "` [UndefinedVariable]. Its columns are: " + String.join(", ", names) + ".");
            }
            outputs.add(new CallProcedure.Output(
                    position, slots.column(item.variable().name())));
        }
        return outputs;
    }

    private static List<Expression> implicitArguments(ProcedureSignature signature, Clause.CallProcedure call) {
        return signature.inputs().stream()
                .map(input -> (Expression) new Parameter(input.name(), call.span()))
                .toList();
    }

    private static void requireArgumentCount(ProcedureSignature signature, int given) {
        if (given != signature.inputs().size()) {
            throw new SkeinException(
                    ErrorCode.SYNTAX_ERROR,
                    "Procedure %s takes %d arguments (%s) but is called with %d [InvalidNumberOfArguments]."
                            .formatted(
                                    signature.name(),
                                    signature.inputs().size(),
                                    signature.inputs().stream()
                                            .map(ProcedureSignature.Input::name)
                                            .collect(Collectors.joining(", ")),
                                    given));
        }
    }

    private static SkeinException notExecuted(String feature) {
        return new SkeinException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                feature + " is understood but not executed by this version. Rewrite the query without it.");
    }
}
