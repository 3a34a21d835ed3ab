package skein.cypher.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Expression.PropertyAccess;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.grammar.QueryGrammar;

/** Builds queries and their clauses. */
final class ClauseBuilder {
    private final QuerySource source;
    private final Literals literals;
    private final PatternBuilder patterns;
    private final ExpressionBuilder expressions;

    ClauseBuilder(QuerySource source, Literals literals) {
        this.source = source;
        this.literals = literals;
        this.patterns = new PatternBuilder(source, literals, this);
        this.expressions = patterns.expressions();
    }

    Query query(QueryGrammar.QueryContext context) {
        List<Query.Single> branches =
                context.singleQuery().stream().map(this::single).toList();
        if (branches.size() == 1) {
            return branches.getFirst();
        }
        return new Query.Union(
                branches,
                context.unionJoin().stream()
                        .map(join -> join.ALL() != null ? Query.UnionKind.ALL : Query.UnionKind.DISTINCT)
                        .toList(),
                source.span(context));
    }

    private Query.Single single(QueryGrammar.SingleQueryContext context) {
        return new Query.Single(clauses(context.clause()), source.span(context));
    }

    private List<Clause> clauses(List<QueryGrammar.ClauseContext> contexts) {
        return contexts.stream().map(this::clause).toList();
    }

    private Clause clause(QueryGrammar.ClauseContext context) {
        return switch (context.getChild(0)) {
            case QueryGrammar.MatchClauseContext match -> match(match);
            case QueryGrammar.UnwindClauseContext unwind ->
                new Clause.Unwind(
                        expressions.expression(unwind.expression()),
                        expressions.variable(unwind.variable()),
                        source.span(unwind));
            case QueryGrammar.WithClauseContext with ->
                new Clause.With(projection(with.projection()), expressions.where(with.where()), source.span(with));
            case QueryGrammar.ReturnClauseContext result ->
                new Clause.Return(projection(result.projection()), source.span(result));
            case QueryGrammar.CreateClauseContext create ->
                new Clause.Create(patterns.pattern(create.pattern()), source.span(create));
            case QueryGrammar.MergeClauseContext merge -> merge(merge);
            case QueryGrammar.SetClauseContext set -> new Clause.Set(setItems(set.setItem()), source.span(set));
            case QueryGrammar.RemoveClauseContext remove -> remove(remove);
            case QueryGrammar.DeleteClauseContext delete ->
                new Clause.Delete(delete.DETACH() != null, expressions.list(delete.expression()), source.span(delete));
            case QueryGrammar.CallSubqueryClauseContext call -> callSubquery(call);
            case QueryGrammar.CallProcedureClauseContext call -> callProcedure(call);
            case QueryGrammar.ForeachClauseContext foreach -> foreach(foreach);
            case QueryGrammar.LoadCsvClauseContext load -> loadCsv(load);
            case QueryGrammar.LoadOtherClauseContext load ->
                throw new UnsupportedSyntax(load.PARQUET() != null ? "LOAD PARQUET" : "LOAD JSONL");
            default -> throw new IllegalStateException("unknown clause " + context.getText());
        };
    }

    private Clause match(QueryGrammar.MatchClauseContext context) {
        PatternBuilder.Matched matched = patterns.matched(context.pattern(), expressions.where(context.where()));
        return new Clause.Match(
                context.OPTIONAL() != null,
                matched.pattern(),
                matched.where(),
                context.matchHint().stream().map(hint -> hint(hint.indexHint())).toList(),
                source.span(context));
    }

    Clause.IndexHint hint(QueryGrammar.IndexHintContext context) {
        List<String> names = context.name().stream().map(literals::name).toList();
        return new Clause.IndexHint(names.getFirst(), names.subList(1, names.size()));
    }

    private Clause.Projection projection(QueryGrammar.ProjectionContext context) {
        return new Clause.Projection(
                context.DISTINCT() != null,
                context.STAR() != null,
                context.projectionItem().stream().map(this::item).toList(),
                sortItems(context.orderBy()),
                skipped(context.skipRows()),
                limited(context.limitRows()));
    }

    private List<Clause.SortItem> sortItems(QueryGrammar.@Nullable OrderByContext context) {
        return context == null
                ? List.of()
                : context.sortItem().stream().map(this::sortItem).toList();
    }

    private Optional<Expression> skipped(QueryGrammar.@Nullable SkipRowsContext context) {
        return Optional.ofNullable(context).map(skip -> expressions.expression(skip.expression()));
    }

    private Optional<Expression> limited(QueryGrammar.@Nullable LimitRowsContext context) {
        return Optional.ofNullable(context).map(limit -> expressions.expression(limit.expression()));
    }

    /** What follows SHOW something. */
    Statement.Show.Tail showTail(QueryGrammar.ShowTailContext context) {
        return new Statement.Show.Tail(
                context.yieldItem().stream().map(this::yieldItem).toList(),
                new Clause.Projection(
                        false,
                        true,
                        List.of(),
                        sortItems(context.orderBy()),
                        skipped(context.skipRows()),
                        limited(context.limitRows())),
                expressions.where(context.where()),
                Optional.ofNullable(context.returnClause())
                        .map(result -> new Clause.Return(projection(result.projection()), source.span(result))),
                source.span(context));
    }

    private Clause.ProjectionItem item(QueryGrammar.ProjectionItemContext context) {
        return new Clause.ProjectionItem(
                expressions.expression(context.expression()),
                Optional.ofNullable(context.variable()).map(expressions::variable),
                source.excerpt(context.expression()));
    }

    private Clause.SortItem sortItem(QueryGrammar.SortItemContext context) {
        return new Clause.SortItem(expressions.expression(context.expression()), context.descending == null);
    }

    private Clause merge(QueryGrammar.MergeClauseContext context) {
        List<Clause.SetItem> onCreate = new ArrayList<>();
        List<Clause.SetItem> onMatch = new ArrayList<>();
        for (QueryGrammar.MergeActionContext action : context.mergeAction()) {
            (action.CREATE() != null ? onCreate : onMatch).addAll(setItems(action.setItem()));
        }
        return new Clause.Merge(patterns.path(context.pathPattern()), onCreate, onMatch, source.span(context));
    }

    private List<Clause.SetItem> setItems(List<QueryGrammar.SetItemContext> contexts) {
        return contexts.stream().map(this::setItem).toList();
    }

    private Clause.SetItem setItem(QueryGrammar.SetItemContext context) {
        return switch (context) {
            case QueryGrammar.SetPropertyContext set ->
                new Clause.SetItem.ToProperty(target(set.propertyTarget()), expressions.expression(set.expression()));
            case QueryGrammar.SetReplaceContext set ->
                new Clause.SetItem.Replace(
                        expressions.variable(set.variable()), expressions.expression(set.expression()));
            case QueryGrammar.SetMergeContext set ->
                new Clause.SetItem.Merge(
                        expressions.variable(set.variable()), expressions.expression(set.expression()));
            case QueryGrammar.SetLabelsContext set ->
                new Clause.SetItem.Labels(expressions.variable(set.variable()), labels(set.labelTail()));
            default -> throw new IllegalStateException("unknown item of SET " + context.getText());
        };
    }

    private PropertyAccess target(QueryGrammar.PropertyTargetContext context) {
        if (!context.SQUARE_OPEN().isEmpty()) {
            throw new UnsupportedSyntax("properties named by an expression, n[key]");
        }
        Expression subject = expressions.atoms().atom(context.atom());
        for (QueryGrammar.NameContext key : context.name()) {
            subject = new PropertyAccess(subject, literals.name(key), source.span(context.getStart(), key.getStop()));
        }
        return (PropertyAccess) subject;
    }

    private List<String> labels(List<QueryGrammar.LabelTailContext> contexts) {
        return contexts.stream().map(this::label).toList();
    }

    private String label(QueryGrammar.LabelTailContext context) {
        if (context.name() == null) {
            throw new UnsupportedSyntax("labels from parameters");
        }
        return literals.name(context.name());
    }

    private Clause remove(QueryGrammar.RemoveClauseContext context) {
        return new Clause.Remove(
                context.removeItem().stream().map(this::removeItem).toList(), source.span(context));
    }

    private Clause.RemoveItem removeItem(QueryGrammar.RemoveItemContext context) {
        return switch (context) {
            case QueryGrammar.RemovePropertyContext property ->
                new Clause.RemoveItem.Property(target(property.propertyTarget()));
            case QueryGrammar.RemoveLabelsContext labels ->
                new Clause.RemoveItem.Labels(expressions.variable(labels.variable()), labels(labels.labelTail()));
            default -> throw new IllegalStateException("unknown item of REMOVE " + context.getText());
        };
    }

    private Clause callProcedure(QueryGrammar.CallProcedureClauseContext context) {
        refuseOptionalCall(context.OPTIONAL() != null);
        if (context.procedureMemory() != null && context.procedureMemory().LIMIT() != null) {
            throw new UnsupportedSyntax("PROCEDURE MEMORY LIMIT");
        }
        QueryGrammar.YieldPartContext yield = context.yieldPart();
        return new Clause.CallProcedure(
                String.join(
                        ".",
                        context.dottedName().name().stream().map(literals::name).toList()),
                Optional.ofNullable(context.arguments()).map(arguments -> expressions.list(arguments.expression())),
                yield != null && yield.STAR() != null,
                yield == null
                        ? List.of()
                        : yield.yieldItem().stream().map(this::yieldItem).toList(),
                yield == null ? Optional.empty() : expressions.where(yield.where()),
                source.span(context));
    }

    private static void refuseOptionalCall(boolean optional) {
        if (optional) {
            throw new UnsupportedSyntax("OPTIONAL CALL");
        }
    }

    private Clause.YieldItem yieldItem(QueryGrammar.YieldItemContext context) {
        String column = literals.name(context.name());
        return new Clause.YieldItem(
                column,
                context.variable() == null
                        ? new Variable(column, source.span(context))
                        : expressions.variable(context.variable()));
    }

    private Clause callSubquery(QueryGrammar.CallSubqueryClauseContext context) {
        refuseOptionalCall(context.OPTIONAL() != null);
        QueryGrammar.SubqueryImportsContext imports = context.subqueryImports();
        QueryGrammar.BatchesContext batches = context.batches();
        if (batches != null
                && (batches.concurrent != null || !batches.batchFailure().isEmpty())) {
            throw new UnsupportedSyntax("CONCURRENT, ON ERROR and REPORT STATUS of IN TRANSACTIONS");
        }
        boolean all = imports != null && imports.STAR() != null;
        return new Clause.CallSubquery(
                query(context.query()),
                imports == null || all ? Optional.empty() : Optional.of(imported(imports)),
                all,
                batches != null,
                batches == null || batches.OF() == null
                        ? Optional.empty()
                        : Optional.of(
                                expressions.expression(batches.expression().getLast())),
                source.span(context));
    }

    private List<Variable> imported(QueryGrammar.SubqueryImportsContext context) {
        return context.variable().stream().map(expressions::variable).toList();
    }

    private Clause foreach(QueryGrammar.ForeachClauseContext context) {
        return new Clause.Foreach(
                expressions.variable(context.variable()),
                expressions.expression(context.expression()),
                clauses(context.clause()),
                source.span(context));
    }

    private Clause loadCsv(QueryGrammar.LoadCsvClauseContext context) {
        boolean header = context.HEADERS() != null
                || (context.headerWord != null && context.headerWord.getType() == QueryGrammar.WITH);
        return new Clause.LoadCsv(
                expressions.expression(context.source),
                header,
                context.headerWord == null,
                context.bad != null,
                either(context.delimiter, context.terminator),
                expressions.optional(context.quote),
                expressions.optional(context.nullText),
                expressions.variable(context.variable()),
                source.span(context));
    }

    private Optional<Expression> either(
            QueryGrammar.@Nullable ExpressionContext first, QueryGrammar.@Nullable ExpressionContext second) {
        return expressions.optional(first == null ? second : first);
    }
}
