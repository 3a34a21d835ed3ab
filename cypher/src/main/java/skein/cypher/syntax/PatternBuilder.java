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

    PatternBuilder(QuerySource source, Literals literals, ClauseBuilder clauses) {
        this.source = source;
        this.literals = literals;
        this.expressions = new ExpressionBuilder(source, literals, this, clauses);
    }

    ExpressionBuilder expressions() {
        return expressions;
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
        PathSelector selector =
                context.shortestPath().SHORTESTPATH() != null ? PathSelector.SHORTEST : PathSelector.ALL_SHORTEST;
        return element(name, context.shortestPath().patternElement(), selector, span);
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
        QueryGrammar.PatternPredicateStartContext start = context.patternPredicateStart();
        refuseInnerWhere(start.where());
        NodePattern node = new NodePattern(
                optional(start.variable()),
                labels(start.labelSet()),
                properties(start.properties()),
                source.span(start));
        return new PathPattern(name, node, hops(context.patternStep()), PathSelector.EVERY, span);
    }

    private List<Pattern.Hop> hops(List<QueryGrammar.PatternStepContext> steps) {
        List<Pattern.Hop> hops = new ArrayList<>(steps.size());
        for (QueryGrammar.PatternStepContext step : steps) {
            hops.add(new Pattern.Hop(relationship(step.relationshipPattern()), node(step.nodePattern())));
        }
        return hops;
    }

    private NodePattern node(QueryGrammar.NodePatternContext context) {
        refuseInnerWhere(context.where());
        return new NodePattern(
                optional(context.variable()),
                labels(context.labelSet()),
                properties(context.properties()),
                source.span(context));
    }

    private static void refuseInnerWhere(QueryGrammar.@Nullable WhereContext where) {
        if (where != null) {
            throw new UnsupportedSyntax("WHERE inside a pattern");
        }
    }

    private Optional<Variable> optional(QueryGrammar.@Nullable VariableContext context) {
        return Optional.ofNullable(context).map(expressions::variable);
    }

    private List<String> labels(QueryGrammar.@Nullable LabelSetContext context) {
        if (context == null) {
            return List.of();
        }
        if (!context.PIPE().isEmpty() || !context.AMPERSAND().isEmpty()) {
            throw new UnsupportedSyntax("label expressions such as (:A|B)");
        }
        return context.labelTerm().stream().map(this::label).toList();
    }

    private String label(QueryGrammar.LabelTermContext term) {
        if (term.name() == null) {
            throw new UnsupportedSyntax(term.parameter() != null ? "labels from parameters" : "label expressions");
        }
        return literals.name(term.name());
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
        refuseInnerWhere(detail.where());
        QueryGrammar.ExpansionContext expansion = detail.expansion();
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
