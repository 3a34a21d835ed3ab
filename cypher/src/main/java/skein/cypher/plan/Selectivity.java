package skein.cypher.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import skein.cypher.plan.Cardinality.Knowledge;
import skein.cypher.plan.Cardinality.Known;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.PropertyAccess;
import skein.cypher.syntax.Expression.Variable;
import skein.storage.api.IndexStatistics;

/** Which part of the rows a condition keeps. The constants are guesses for what no statistics tell. */
final class Selectivity {
    static final double EQUAL = 0.1;
    static final double ANY = 0.5;
    static final double TEXT = 0.1;

    /** Elements of a list whose length is not known. */
    static final double LIST_ELEMENTS = 10;

    /** What is left by one bound, or by two. */
    static final double HALF_RANGE = 0.3;

    static final double RANGE = 0.1;

    private static final double PRESENT = 0.9;
    private static final double LEAST = 1e-9;

    private final Cardinality sizes;

    Selectivity(Cardinality sizes) {
        this.sizes = sizes;
    }

    /** @param known labels of the names, those that the condition itself asks for left out */
    double of(Expression condition, Knowledge known) {
        return Math.clamp(guess(condition, known), LEAST, 1);
    }

    private double guess(Expression condition, Knowledge known) {
        return switch (condition) {
            case Expression.BooleanLiteral literal -> literal.value() ? 1 : 0;
            case Expression.NullLiteral nothing -> 0;
            case Expression.Not not -> 1 - of(not.operand(), known);
            case Expression.Binary binary -> binary(binary, known);
            case Expression.LabelPredicate labels -> labels(labels, known);
            case Expression.Comparison comparison -> comparison(comparison, known);
            case Expression.IsNull test -> test.negated() ? present(test, known) : 1 - present(test, known);
            default -> ANY;
        };
    }

    private double binary(Expression.Binary binary, Knowledge known) {
        return switch (binary.operator()) {
            case AND -> of(binary.left(), known) * of(binary.right(), known);
            case OR -> 1 - (1 - of(binary.left(), known)) * (1 - of(binary.right(), known));
            case IN -> Math.min(1, elements(binary.right()) * equal(binary.left(), binary.right(), known));
            case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES -> TEXT;
            case XOR, ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> ANY;
        };
    }

    static double elements(Expression list) {
        return list instanceof Expression.ListLiteral literal
                ? Math.max(1, literal.items().size())
                : LIST_ELEMENTS;
    }

    private double labels(Expression.LabelPredicate test, Knowledge known) {
        Known subject = test.subject() instanceof Variable variable ? known.apply(variable.name()) : Known.NOTHING;
        return test.labels().stream()
                .mapToDouble(label -> sizes.share(label, subject))
                .min()
                .orElse(1);
    }

    private double comparison(Expression.Comparison comparison, Knowledge known) {
        double share = 1;
        Expression left = comparison.first();
        for (Expression.ComparisonLink link : comparison.links()) {
            share *= compared(left, link.operator(), link.operand(), known);
            left = link.operand();
        }
        return share;
    }

    private double compared(Expression left, ComparisonOperator operator, Expression right, Knowledge known) {
        return switch (operator) {
            case EQUAL -> equalBothWays(left, right, known);
            case NOT_EQUAL -> 1 - equalBothWays(left, right, known);
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> HALF_RANGE;
        };
    }

    /** Properties of two entities are taken to be keys: every value of the rarer ones is a value of the others. */
    private double equalBothWays(Expression left, Expression right, Knowledge known) {
        double share = Math.min(equal(left, right, known), equal(right, left, known));
        if (left instanceof PropertyAccess a
                && right instanceof PropertyAccess b
                && a.subject() instanceof Variable of
                && b.subject() instanceof Variable other
                && !of.name().equals(other.name())) {
            double most = Math.max(entities(known.apply(of.name())), entities(known.apply(other.name())));
            return Math.min(share, 1 / Cardinality.atLeastOne(most));
        }
        return share;
    }

    private double entities(Known known) {
        return switch (known.kind()) {
            case NODE, NODE_POINT -> known.labels().isEmpty() ? 1 : sizes.nodes(known.labels());
            case RELATIONSHIP -> 1;
        };
    }

    private double equal(Expression tested, Expression value, Knowledge known) {
        return switch (tested) {
            case Variable variable when value instanceof Variable -> 1 / Cardinality.atLeastOne(sizes.nodes());
            case PropertyAccess access
            when access.subject() instanceof Variable variable ->
                statistics(variable.name(), access.key(), known)
                        .filter(found -> found.distinct() > 0)
                        .map(found -> 1.0 / found.distinct())
                        .orElse(EQUAL);
            case Expression.FunctionCall call when isId(call) -> 1 / Cardinality.atLeastOne(sizes.nodes());
            default -> EQUAL;
        };
    }

    private static boolean isId(Expression.FunctionCall call) {
        return Set.of("id", "elementid").contains(call.name().toLowerCase(Locale.ROOT));
    }

    private double present(Expression.IsNull test, Knowledge known) {
        if (test.operand() instanceof PropertyAccess access && access.subject() instanceof Variable variable) {
            double all = sizes.nodes(known.apply(variable.name()).labels());
            return statistics(variable.name(), access.key(), known)
                    .filter(found -> all > 0)
                    .map(found -> Math.min(1, found.entries() / all))
                    .orElse(PRESENT);
        }
        return PRESENT;
    }

    private Optional<IndexStatistics> statistics(String name, String key, Knowledge known) {
        return sizes.statistics(known.apply(name), key);
    }

    /** What conditions that are all to hold keep together. */
    double ofAll(List<Expression> conditions, Knowledge known) {
        return conditions.stream()
                .mapToDouble(condition -> of(condition, known))
                .reduce(1, (a, b) -> a * b);
    }
}
