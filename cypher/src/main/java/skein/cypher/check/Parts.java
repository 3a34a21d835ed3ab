package skein.cypher.check;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import skein.cypher.expression.function.FunctionCatalogue;
import skein.cypher.expression.function.FunctionSignature;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Query;

/** Takes expressions apart: what they are made of, and what is found in them. */
final class Parts {
    private Parts() {}

    /** The expressions directly inside; those of patterns included, those of subqueries not. */
    static List<Expression> of(Expression expression) {
        return switch (expression) {
            case Expression.NullLiteral ignored -> List.of();
            case Expression.BooleanLiteral ignored -> List.of();
            case Expression.IntegerLiteral ignored -> List.of();
            case Expression.FloatLiteral ignored -> List.of();
            case Expression.StringLiteral ignored -> List.of();
            case Expression.Parameter ignored -> List.of();
            case Expression.Variable ignored -> List.of();
            case Expression.CountStar ignored -> List.of();
            case Expression.ExistsSubquery ignored -> List.of();
            case Expression.CountSubquery ignored -> List.of();
            case Expression.CollectSubquery ignored -> List.of();
            case Expression.ListLiteral list -> list.items();
            case Expression.MapLiteral map ->
                map.entries().stream().map(Expression.MapEntry::value).toList();
            case Expression.PropertyAccess access -> List.of(access.subject());
            case Expression.LabelPredicate predicate -> List.of(predicate.subject());
            case Expression.ElementAccess access -> List.of(access.subject(), access.index());
            case Expression.Slice slice -> join(List.of(slice.subject()), slice.from(), slice.to());
            case Expression.Not not -> List.of(not.operand());
            case Expression.Sign sign -> List.of(sign.operand());
            case Expression.Binary binary -> List.of(binary.left(), binary.right());
            case Expression.IsNull test -> List.of(test.operand());
            case Expression.Comparison comparison -> comparison(comparison);
            case Expression.FunctionCall call -> call.arguments();
            case Expression.Case choice -> choice(choice);
            case Expression.ListComprehension list -> join(List.of(list.list()), list.where(), list.projection());
            case Expression.PatternComprehension pattern ->
                join(join(properties(pattern.pattern()), pattern.where()), Optional.of(pattern.projection()));
            case Expression.Quantified quantified -> List.of(quantified.list(), quantified.where());
            case Expression.Reduce reduce -> List.of(reduce.initial(), reduce.list(), reduce.body());
            case Expression.PatternPredicate predicate -> properties(predicate.pattern());
            case Expression.MapProjection projection -> projection(projection);
        };
    }

    @SafeVarargs
    private static List<Expression> join(List<Expression> first, Optional<Expression>... more) {
        List<Expression> all = new ArrayList<>(first);
        for (Optional<Expression> one : more) {
            one.ifPresent(all::add);
        }
        return all;
    }

    private static List<Expression> comparison(Expression.Comparison comparison) {
        List<Expression> parts = new ArrayList<>(List.of(comparison.first()));
        comparison.links().forEach(link -> parts.add(link.operand()));
        return parts;
    }

    private static List<Expression> choice(Expression.Case choice) {
        List<Expression> parts = join(List.of(), choice.subject(), choice.otherwise());
        for (Expression.CaseBranch branch : choice.branches()) {
            parts.add(branch.when());
            parts.add(branch.then());
        }
        return parts;
    }

    private static List<Expression> projection(Expression.MapProjection projection) {
        List<Expression> parts = new ArrayList<>(List.of(projection.subject()));
        for (Expression.MapProjectionItem item : projection.items()) {
            if (item instanceof Expression.MapProjectionItem.Entry entry) {
                parts.add(entry.value());
            }
        }
        return parts;
    }

    /** Property maps of a path pattern. */
    static List<Expression> properties(Pattern.PathPattern path) {
        List<Expression> properties = join(List.of(), path.start().properties());
        for (Pattern.Hop hop : path.hops()) {
            hop.relationship().properties().ifPresent(properties::add);
            hop.node().properties().ifPresent(properties::add);
        }
        return properties;
    }

    /** Names in a path pattern, in the order in which they stand; the path's own comes last. */
    static List<Expression.Variable> variables(Pattern.PathPattern path) {
        List<Expression.Variable> variables = new ArrayList<>();
        path.start().variable().ifPresent(variables::add);
        for (Pattern.Hop hop : path.hops()) {
            hop.relationship().variable().ifPresent(variables::add);
            hop.node().variable().ifPresent(variables::add);
        }
        path.name().ifPresent(variables::add);
        return variables;
    }

    private static List<Pattern.Lambda> lambdas(Pattern.PathPattern path) {
        List<Pattern.Lambda> lambdas = new ArrayList<>();
        for (Pattern.Hop hop : path.hops()) {
            hop.relationship().expansion().ifPresent(expansion -> {
                expansion.filter().ifPresent(lambdas::add);
                expansion.weight().ifPresent(lambdas::add);
            });
        }
        return lambdas;
    }

    static boolean hasAggregate(Expression expression) {
        return any(expression, Parts::isAggregate);
    }

    static boolean hasVolatile(Expression expression) {
        return any(expression, part -> part instanceof Expression.FunctionCall call && isVolatile(call));
    }

    private static boolean any(Expression expression, Predicate<Expression> test) {
        if (test.test(expression)) {
            return true;
        }
        for (Expression part : of(expression)) {
            if (any(part, test)) {
                return true;
            }
        }
        return false;
    }

    static boolean isAggregate(Expression expression) {
        return expression instanceof Expression.CountStar
                || (expression instanceof Expression.FunctionCall call
                        && FunctionCatalogue.find(call.name())
                                .filter(FunctionSignature::isAggregate)
                                .isPresent());
    }

    private static boolean isVolatile(Expression.FunctionCall call) {
        return FunctionCatalogue.find(call.name())
                .filter(signature -> !signature.isDeterministic())
                .isPresent();
    }

    /** Every variable that is named anywhere inside, local ones and those of subqueries included. */
    static Set<String> mentioned(Expression expression) {
        Set<String> names = new LinkedHashSet<>();
        mention(expression, names);
        return names;
    }

    private static void mention(Expression expression, Set<String> names) {
        switch (expression) {
            case Expression.Variable variable -> names.add(variable.name());
            case Expression.PatternPredicate predicate -> mention(predicate.pattern(), names);
            case Expression.PatternComprehension pattern -> mention(pattern.pattern(), names);
            case Expression.ExistsSubquery exists -> mention(exists.query(), names);
            case Expression.CountSubquery count -> mention(count.query(), names);
            case Expression.CollectSubquery collected -> mention(collected.query(), names);
            default -> {}
        }
        for (Expression part : of(expression)) {
            mention(part, names);
        }
    }

    private static void mention(Pattern.PathPattern path, Set<String> names) {
        variables(path).forEach(variable -> names.add(variable.name()));
        lambdas(path).forEach(lambda -> mention(lambda.body(), names));
    }

    private static void mention(Query query, Set<String> names) {
        switch (query) {
            case Query.Single single -> single.clauses().forEach(clause -> mention(clause, names));
            case Query.Union union -> union.branches().forEach(branch -> mention(branch, names));
        }
    }

    /** Only reading clauses: nothing else is allowed where expressions hold queries. */
    private static void mention(Clause clause, Set<String> names) {
        switch (clause) {
            case Clause.Match match -> {
                match.pattern().paths().forEach(path -> {
                    mention(path, names);
                    properties(path).forEach(part -> mention(part, names));
                });
                match.where().ifPresent(part -> mention(part, names));
            }
            case Clause.Unwind unwind -> mention(unwind.list(), names);
            case Clause.With with -> {
                mention(with.projection(), names);
                with.where().ifPresent(part -> mention(part, names));
            }
            case Clause.Return result -> mention(result.projection(), names);
            case Clause.CallSubquery call -> mention(call.query(), names);
            default -> {}
        }
    }

    private static void mention(Clause.Projection projection, Set<String> names) {
        projection.items().forEach(item -> mention(item.expression(), names));
        projection.orderBy().forEach(item -> mention(item.expression(), names));
    }
}
