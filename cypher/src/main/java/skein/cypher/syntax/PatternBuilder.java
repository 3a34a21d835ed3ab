package skein.cypher.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Expansion;
import skein.cypher.syntax.Pattern.Length;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.cypher.syntax.Pattern.RelationshipPattern;
import skein.cypher.syntax.grammar.QueryGrammar;

/** Builds patterns: nodes, relationships and the paths they form. */
final class PatternBuilder {
    private final QuerySource source;
    private final Literals literals;
    private final ExpressionBuilder expressions;
    /** What the pattern being read asks for that a WHERE can say; null where nothing may be asked. */
    private @Nullable List<Expression> conditions;

    PatternBuilder(QuerySource source, Literals literals, ClauseBuilder clauses) {
        this.source = source;
        this.literals = literals;
        this.expressions = new ExpressionBuilder(source, literals, this, clauses);
    }

    ExpressionBuilder expressions() {
        return expressions;
    }

    /** A pattern that is looked for, and its conditions. */
    record Matched(Pattern pattern, Optional<Expression> where) {}

    /** A pattern whose parts may have conditions in them; those come before the ones behind it. */
    Matched matched(QueryGrammar.PatternContext context, Optional<Expression> where) {
        List<Expression> outer = conditions;
        List<Expression> own = new ArrayList<>();
        conditions = own;
        try {
            Pattern pattern = pattern(context);
            where.ifPresent(own::add);
            return new Matched(pattern, own.stream().reduce(PatternBuilder::and));
        } finally {
            conditions = outer;
        }
    }

    private static Expression and(Expression left, Expression right) {
        return new Expression.Binary(Expression.BinaryOperator.AND, left, right, left.span());
    }

    Pattern pattern(QueryGrammar.PatternContext context) {
        return new Pattern(context.pathPattern().stream().map(this::path).toList());
    }

    PathPattern path(QueryGrammar.PathPatternContext context) {
        Optional<Variable> name = optional(context.variable());
        Span span = source.span(context);
        if (context.shortestPath() == null) {
            return element(name, context.patternElement(), PathSelector.EVERY, span);
        }
        return shortest(name, context.shortestPath(), span);
    }

    PathPattern shortest(Optional<Variable> name, QueryGrammar.ShortestPathContext context, Span span) {
        PathSelector selector = context.SHORTESTPATH() != null ? PathSelector.SHORTEST : PathSelector.ALL_SHORTEST;
        return element(name, context.patternElement(), selector, span);
    }

    private PathPattern element(
            Optional<Variable> name, QueryGrammar.PatternElementContext context, PathSelector selector, Span span) {
        QueryGrammar.PatternElementContext element = context;
        while (element.patternElement() != null) {
            element = element.patternElement();
        }
        return new PathPattern(name, node(element.nodePattern()), hops(element.patternStep()), selector, span);
    }

    /** A pattern inside an expression. */
    PathPattern predicate(Optional<Variable> name, QueryGrammar.PatternPredicateContext context, Span span) {
        List<Expression> outer = conditions;
        conditions = null;
        try {
            QueryGrammar.PatternPredicateStartContext start = context.patternPredicateStart();
            condition(start.where());
            NodePattern node = node(start.variable(), start.labelSet(), start.properties(), source.span(start));
            return new PathPattern(name, node, hops(context.patternStep()), PathSelector.EVERY, span);
        } finally {
            conditions = outer;
        }
    }

    private List<Pattern.Hop> hops(List<QueryGrammar.PatternStepContext> steps) {
        List<Pattern.Hop> hops = new ArrayList<>(steps.size());
        for (QueryGrammar.PatternStepContext step : steps) {
            hops.add(new Pattern.Hop(relationship(step.relationshipPattern()), node(step.nodePattern())));
        }
        return hops;
    }

    private NodePattern node(QueryGrammar.NodePatternContext context) {
        condition(context.where());
        return node(context.variable(), context.labelSet(), context.properties(), source.span(context));
    }

    private NodePattern node(
            QueryGrammar.@Nullable VariableContext variable,
            QueryGrammar.@Nullable LabelSetContext labels,
            QueryGrammar.@Nullable PropertiesContext properties,
            Span span) {
        Optional<Variable> name = optional(variable);
        if (labels == null || LabelExpressions.isPlain(labels)) {
            return new NodePattern(name, labels(labels), properties(properties), span);
        }
        List<Expression> asked = conditions;
        if (asked == null) {
            throw new UnsupportedSyntax("label expressions such as (:A|B) outside MATCH");
        }
        Variable subject = name.orElseGet(() -> new Variable(" node" + span.start(), span));
        asked.add(new LabelExpressions(literals, subject).expression(labels));
        return new NodePattern(Optional.of(subject), List.of(), properties(properties), span);
    }

    private void condition(QueryGrammar.@Nullable WhereContext where) {
        if (where == null) {
            return;
        }
        List<Expression> asked = conditions;
        if (asked == null) {
            throw new UnsupportedSyntax("WHERE inside a pattern outside MATCH");
        }
        expressions.where(where).ifPresent(asked::add);
    }

    private Optional<Variable> optional(QueryGrammar.@Nullable VariableContext context) {
        return Optional.ofNullable(context).map(expressions::variable);
    }

    private List<String> labels(QueryGrammar.@Nullable LabelSetContext context) {
        if (context == null) {
            return List.of();
        }
        return context.labelTerm().stream()
                .map(term -> literals.name(term.name()))
                .toList();
    }

    private Optional<Expression> properties(QueryGrammar.@Nullable PropertiesContext context) {
        if (context == null) {
            return Optional.empty();
        }
        AtomBuilder atoms = expressions.atoms();
        return Optional.of(
                context.mapLiteral() != null ? atoms.map(context.mapLiteral()) : atoms.parameter(context.parameter()));
    }

    private RelationshipPattern relationship(QueryGrammar.RelationshipPatternContext context) {
        QueryGrammar.RelationshipDetailContext detail = context.relationshipDetail();
        Span span = source.span(context);
        if (detail == null) {
            return new RelationshipPattern(
                    Optional.empty(),
                    List.of(),
                    arrow(context),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    span);
        }
        QueryGrammar.ExpansionContext expansion = detail.expansion();
        if (expansion != null && detail.where() != null) {
            throw new UnsupportedSyntax("WHERE inside a relationship of variable length");
        }
        condition(detail.where());
        return new RelationshipPattern(
                optional(detail.variable()),
                types(detail.relationshipTypes()),
                arrow(context),
                Optional.ofNullable(expansion).map(this::length),
                properties(detail.properties()),
                Optional.ofNullable(expansion).flatMap(this::expansion),
                span);
    }

    private static Pattern.Arrow arrow(QueryGrammar.RelationshipPatternContext context) {
        boolean left = context.leftHead() != null;
        boolean right = context.rightHead() != null;
        return left == right ? Pattern.Arrow.EITHER : left ? Pattern.Arrow.LEFT : Pattern.Arrow.RIGHT;
    }

    private List<String> types(QueryGrammar.@Nullable RelationshipTypesContext context) {
        return context == null
                ? List.of()
                : context.name().stream().map(literals::name).toList();
    }

    private Length length(QueryGrammar.ExpansionContext context) {
        return switch (context) {
            case QueryGrammar.PlainExpansionContext plain -> bounds(plain.bounds(), false);
            case QueryGrammar.BreadthFirstContext breadth -> bounds(breadth.bounds(), false);
            case QueryGrammar.WeightedExpansionContext weighted -> bounds(weighted.bounds(), true);
            case QueryGrammar.KShortestContext shortest -> bounds(shortest.bounds(), false);
            default ->
                throw source.error(
                        ErrorDetail.INVALID_RELATIONSHIP_PATTERN,
                        "This is not a path length. Write *, *2, *1..3, *..3 or *1.. with numbers from 0.",
                        context);
        };
    }

    /** @param upperOnly one number alone is the most, not the exact, length */
    private Length bounds(QueryGrammar.@Nullable BoundsContext context, boolean upperOnly) {
        if (context == null) {
            return new Length(OptionalInt.empty(), OptionalInt.empty());
        }
        if (context.exact != null) {
            OptionalInt exact = bound(context.exact);
            return new Length(upperOnly ? OptionalInt.empty() : exact, exact);
        }
        return new Length(bound(context.from), bound(context.to));
    }

    private OptionalInt bound(QueryGrammar.@Nullable BoundContext context) {
        if (context == null) {
            return OptionalInt.empty();
        }
        if (context.parameter() != null) {
            throw new UnsupportedSyntax("a parameter as length of a path");
        }
        return OptionalInt.of(literals.count(context.getStart()));
    }

    private Optional<Expansion> expansion(QueryGrammar.ExpansionContext context) {
        return switch (context) {
            case QueryGrammar.PlainExpansionContext plain ->
                lambda(plain.lambda()).map(filter -> filtered(Expansion.Kind.DEPTH_FIRST, Optional.of(filter)));
            case QueryGrammar.BreadthFirstContext breadth ->
                Optional.of(filtered(Expansion.Kind.BREADTH_FIRST, lambda(breadth.lambda())));
            case QueryGrammar.WeightedExpansionContext weighted -> Optional.of(weighted(weighted));
            case QueryGrammar.KShortestContext shortest ->
                Optional.of(new Expansion(
                        Expansion.Kind.K_SHORTEST,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        bound(shortest.bound())));
            default -> Optional.empty();
        };
    }

    private static Expansion filtered(Expansion.Kind kind, Optional<Pattern.Lambda> filter) {
        return new Expansion(kind, filter, Optional.empty(), Optional.empty(), OptionalInt.empty());
    }

    private Expansion weighted(QueryGrammar.WeightedExpansionContext context) {
        return new Expansion(
                context.WSHORTEST() != null ? Expansion.Kind.WEIGHTED_SHORTEST : Expansion.Kind.ALL_SHORTEST,
                lambda(context.filter),
                lambda(context.weight),
                optional(context.total),
                OptionalInt.empty());
    }

    private Optional<Pattern.Lambda> lambda(QueryGrammar.@Nullable LambdaContext context) {
        return Optional.ofNullable(context)
                .map(lambda -> new Pattern.Lambda(
                        lambda.variable().stream().map(expressions::variable).toList(),
                        expressions.expression(lambda.expression())));
    }
}
