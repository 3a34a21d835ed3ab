package skein.cypher.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import skein.cypher.syntax.Expression.Quantifier;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.grammar.QueryGrammar;

/** Builds the expressions that no operator stands in: literals, calls, comprehensions, subqueries. */
final class AtomBuilder {
    private final QuerySource source;
    private final Literals literals;
    private final ExpressionBuilder expressions;
    private final PatternBuilder patterns;
    private final ClauseBuilder clauses;

    AtomBuilder(
            QuerySource source,
            Literals literals,
            ExpressionBuilder expressions,
            PatternBuilder patterns,
            ClauseBuilder clauses) {
        this.source = source;
        this.literals = literals;
        this.expressions = expressions;
        this.patterns = patterns;
        this.clauses = clauses;
    }

    Expression atom(QueryGrammar.AtomContext context) {
        return switch (context.getChild(0)) {
            case QueryGrammar.LiteralContext literal -> literal(literal);
            case QueryGrammar.ParameterContext parameter -> parameter(parameter);
            case QueryGrammar.ListBracketsContext list -> list(list);
            case QueryGrammar.MapLiteralContext map -> map(map);
            case QueryGrammar.CaseExpressionContext choice -> choice(choice);
            case QueryGrammar.QuantifiedContext quantified -> quantified(quantified);
            case QueryGrammar.ReduceContext reduce -> reduce(reduce);
            case QueryGrammar.ElementwiseContext elementwise -> elementwise(elementwise);
            case QueryGrammar.ShortestPathContext path -> shortestPath(path);
            case QueryGrammar.SubqueryContext subquery -> subquery(subquery);
            case QueryGrammar.CountStarContext star -> new Expression.CountStar(source.span(star));
            case QueryGrammar.PatternPredicateContext predicate -> patternPredicate(predicate);
            case QueryGrammar.ParenthesisedContext inner -> expressions.expression(inner.expression());
            case QueryGrammar.EnumValueContext ignored -> throw new UnsupportedSyntax("enum values");
            case QueryGrammar.FunctionCallContext call -> call(call);
            case QueryGrammar.MapProjectionContext projection -> projection(projection);
            case QueryGrammar.VariableContext variable -> expressions.variable(variable);
            default -> throw new IllegalStateException("unknown atom " + context.getText());
        };
    }

    /** The paths as a list, or the first one of the list: null when there is none. */
    private Expression shortestPath(QueryGrammar.ShortestPathContext context) {
        Span span = source.span(context);
        Variable name = new Variable("<path>", span);
        Expression all = new Expression.PatternComprehension(
                patterns.shortest(Optional.of(name), context, span), Optional.empty(), name, span);
        return context.SHORTESTPATH() == null ? all : new Expression.FunctionCall("head", false, List.of(all), span);
    }

    private Expression literal(QueryGrammar.LiteralContext context) {
        Token token = context.getStart();
        Span span = source.span(token);
        return source.parameterFor(span).orElseGet(() -> literal(token, span));
    }

    private Expression literal(Token token, Span span) {
        return switch (token.getType()) {
            case QueryGrammar.NULL -> new Expression.NullLiteral(span);
            case QueryGrammar.TRUE -> new Expression.BooleanLiteral(true, span);
            case QueryGrammar.FALSE -> new Expression.BooleanLiteral(false, span);
            case QueryGrammar.INTEGER -> new Expression.IntegerLiteral(literals.integer(token, false), span);
            case QueryGrammar.FLOAT -> new Expression.FloatLiteral(literals.floating(token), span);
            case QueryGrammar.STRING -> new Expression.StringLiteral(literals.string(token), span);
            default -> throw literals.malformedNumber(token);
        };
    }

    Expression.Parameter parameter(QueryGrammar.ParameterContext context) {
        return new Expression.Parameter(literals.name(context.getStop()), source.span(context));
    }

    Expression.MapLiteral map(QueryGrammar.MapLiteralContext context) {
        List<Expression.MapEntry> entries = new ArrayList<>(context.mapEntry().size());
        for (QueryGrammar.MapEntryContext entry : context.mapEntry()) {
            entries.add(
                    new Expression.MapEntry(literals.name(entry.name()), expressions.expression(entry.expression())));
        }
        return new Expression.MapLiteral(entries, source.span(context));
    }

    /** Square brackets hold items, {@code x IN list}, or a pattern; a bar or WHERE rules the items out. */
    private Expression list(QueryGrammar.ListBracketsContext context) {
        Span span = source.span(context);
        boolean comprehension = context.where() != null || context.projected != null;
        if (context.expression().isEmpty() || !context.COMMA().isEmpty()) {
            return new Expression.ListLiteral(expressions.list(context.expression()), span);
        }
        QueryGrammar.ExpressionContext inside = context.expression(0);
        if (inside instanceof QueryGrammar.TestContext test && isMembership(test)) {
            return listComprehension(test, context);
        }
        if (!comprehension) {
            return new Expression.ListLiteral(expressions.list(context.expression()), span);
        }
        return patternComprehension(inside, context);
    }

    /** {@code name IN list}, the name without parentheses. */
    private static boolean isMembership(QueryGrammar.TestContext test) {
        return test.operator.getType() == QueryGrammar.IN
                && bareVariable(test.expression(0)).isPresent();
    }

    private static Optional<QueryGrammar.VariableContext> bareVariable(QueryGrammar.ExpressionContext context) {
        return context instanceof QueryGrammar.PrimaryContext primary
                ? Optional.ofNullable(primary.atom().variable())
                : Optional.empty();
    }

    private Expression listComprehension(QueryGrammar.TestContext test, QueryGrammar.ListBracketsContext context) {
        return new Expression.ListComprehension(
                expressions.variable(bareVariable(test.expression(0)).orElseThrow()),
                expressions.expression(test.expression(1)),
                expressions.where(context.where()),
                expressions.optional(context.projected),
                source.span(context));
    }

    private Expression patternComprehension(
            QueryGrammar.ExpressionContext inside, QueryGrammar.ListBracketsContext context) {
        Optional<Pattern.PathPattern> pattern = comprehendedPattern(inside);
        if (pattern.isEmpty() || context.projected == null) {
            throw source.error(
                    ErrorDetail.UNEXPECTED_SYNTAX,
                    "This is not a comprehension. Write [x IN list WHERE p | e] or [(a)-->(b) WHERE p | e].",
                    context);
        }
        return new Expression.PatternComprehension(
                pattern.get(),
                expressions.where(context.where()),
                expressions.expression(context.projected),
                source.span(context));
    }

    private Optional<Pattern.PathPattern> comprehendedPattern(QueryGrammar.ExpressionContext inside) {
        if (inside instanceof QueryGrammar.ComparedContext named && named.operator.getType() == QueryGrammar.EQUAL) {
            return bareVariable(named.expression(0))
                    .flatMap(name -> barePattern(named.expression(1))
                            .map(pattern -> patterns.predicate(
                                    Optional.of(expressions.variable(name)), pattern, source.span(named))));
        }
        return barePattern(inside).map(pattern -> patterns.predicate(Optional.empty(), pattern, source.span(pattern)));
    }

    private static Optional<QueryGrammar.PatternPredicateContext> barePattern(QueryGrammar.ExpressionContext context) {
        return context instanceof QueryGrammar.PrimaryContext primary
                ? Optional.ofNullable(primary.atom().patternPredicate())
                : Optional.empty();
    }

    private Expression.PatternPredicate patternPredicate(QueryGrammar.PatternPredicateContext context) {
        Span span = source.span(context);
        return new Expression.PatternPredicate(patterns.predicate(Optional.empty(), context, span), span);
    }

    private Expression choice(QueryGrammar.CaseExpressionContext context) {
        List<Expression.CaseBranch> branches =
                new ArrayList<>(context.caseBranch().size());
        for (QueryGrammar.CaseBranchContext branch : context.caseBranch()) {
            branches.add(new Expression.CaseBranch(
                    expressions.expression(branch.expression(0)), expressions.expression(branch.expression(1))));
        }
        return new Expression.Case(
                expressions.optional(context.subject),
                branches,
                expressions.optional(context.otherwise),
                source.span(context));
    }

    private Expression quantified(QueryGrammar.QuantifiedContext context) {
        return new Expression.Quantified(
                Quantifier.valueOf(context.quantifier.getText().toUpperCase(Locale.ROOT)),
                expressions.variable(context.variable()),
                expressions.expression(context.expression()),
                expressions.expression(context.where().expression()),
                source.span(context));
    }

    private Expression reduce(QueryGrammar.ReduceContext context) {
        return new Expression.Reduce(
                expressions.variable(context.variable(0)),
                expressions.expression(context.expression(0)),
                expressions.variable(context.variable(1)),
                expressions.expression(context.expression(1)),
                expressions.expression(context.expression(2)),
                source.span(context));
    }

    /** {@code extract(x IN list | e)} and {@code filter(x IN list WHERE p)}: older spellings of a comprehension. */
    private Expression elementwise(QueryGrammar.ElementwiseContext context) {
        return new Expression.ListComprehension(
                expressions.variable(context.variable()),
                expressions.expression(context.expression(0)),
                expressions.where(context.where()),
                expressions.optional(context.expression(1)),
                source.span(context));
    }

    private Expression subquery(QueryGrammar.SubqueryContext context) {
        Span span = source.span(context);
        return switch (context.kind.getType()) {
            case QueryGrammar.EXISTS -> new Expression.ExistsSubquery(subqueryBody(context), span);
            case QueryGrammar.COUNT -> new Expression.CountSubquery(subqueryBody(context), span);
            default -> new Expression.CollectSubquery(subqueryBody(context), span);
        };
    }

    private Query subqueryBody(QueryGrammar.SubqueryContext context) {
        if (context.query() != null) {
            return clauses.query(context.query());
        }
        Span span = source.span(context.pattern());
        PatternBuilder.Matched matched = patterns.matched(context.pattern(), expressions.where(context.where()));
        return matchOnly(matched.pattern(), matched.where(), span);
    }

    private static Query matchOnly(Pattern pattern, Optional<Expression> where, Span span) {
        return new Query.Single(List.of(new Clause.Match(false, pattern, where, List.of(), span)), span);
    }

    private Expression call(QueryGrammar.FunctionCallContext context) {
        String name = functionName(context.functionName());
        boolean distinct = context.DISTINCT() != null;
        List<Expression> arguments = expressions.list(context.expression());
        Span span = source.span(context);
        return name.equalsIgnoreCase("exists") && arguments.size() == 1 && !distinct
                ? exists(arguments.getFirst(), span)
                : new Expression.FunctionCall(name, distinct, arguments, span);
    }

    private String functionName(QueryGrammar.FunctionNameContext context) {
        if (context.plainFunctionName() != null) {
            return literals.name(context.getStart());
        }
        return String.join(".", context.name().stream().map(literals::name).toList());
    }

    /** The older function {@code exists(n.key)} or {@code exists(pattern)} says what newer forms say. */
    private static Expression exists(Expression argument, Span span) {
        return switch (argument) {
            case Expression.PropertyAccess access -> new Expression.IsNull(access, true, span);
            case Expression.ElementAccess access -> new Expression.IsNull(access, true, span);
            case Expression.PatternPredicate predicate ->
                new Expression.ExistsSubquery(
                        matchOnly(new Pattern(List.of(predicate.pattern())), Optional.empty(), span), span);
            default -> new Expression.FunctionCall("exists", false, List.of(argument), span);
        };
    }

    private Expression projection(QueryGrammar.MapProjectionContext context) {
        List<Expression.MapProjectionItem> items =
                new ArrayList<>(context.projectedEntry().size());
        for (QueryGrammar.ProjectedEntryContext entry : context.projectedEntry()) {
            items.add(projected(entry));
        }
        return new Expression.MapProjection(expressions.variable(context.variable()), items, source.span(context));
    }

    private Expression.MapProjectionItem projected(QueryGrammar.ProjectedEntryContext context) {
        return switch (context) {
            case QueryGrammar.ProjectedKeyContext key ->
                new Expression.MapProjectionItem.Property(literals.name(key.name()));
            case QueryGrammar.ProjectedAllContext ignored -> new Expression.MapProjectionItem.AllProperties();
            case QueryGrammar.ProjectedExpressionContext entry ->
                new Expression.MapProjectionItem.Entry(
                        literals.name(entry.name()), expressions.expression(entry.expression()));
            case QueryGrammar.ProjectedVariableContext entry ->
                projectedVariable(expressions.variable(entry.variable()));
            default -> throw new IllegalStateException("unknown projection item " + context.getText());
        };
    }

    private static Expression.MapProjectionItem projectedVariable(Variable variable) {
        return new Expression.MapProjectionItem.Entry(variable.name(), variable);
    }
}
