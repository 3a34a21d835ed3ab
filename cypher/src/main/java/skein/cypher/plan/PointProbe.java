package skein.cypher.plan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import skein.cypher.syntax.Expression;

/**
 * A predicate that says where a point is: {@code point.distance(n.p, c) < d} or {@code point.withinBBox(n.p, a, b)}.
 */
final class PointProbe {
    private PointProbe() {}

    /** The condition that a predicate amounts to, given what is bound already; the predicate has to be tested still. */
    static Optional<IndexCondition> of(Predicate predicate, String key, String entity, Set<String> bound) {
        return switch (predicate.expression()) {
            case Expression.FunctionCall call
            when isCalled(call, "point.withinbbox") && call.arguments().size() == 3 -> {
                List<Expression> arguments = call.arguments();
                yield isOn(arguments.getFirst(), key, entity)
                                && Probe.isKnown(arguments.get(1), predicate, entity, bound)
                                && Probe.isKnown(arguments.get(2), predicate, entity, bound)
                        ? Optional.of(new IndexCondition.InBox(key, arguments.get(1), arguments.get(2)))
                        : Optional.empty();
            }
            case Expression.Comparison comparison
            when comparison.links().size() == 1 -> {
                Expression left = comparison.first();
                Expression right = comparison.links().getFirst().operand();
                yield switch (comparison.links().getFirst().operator()) {
                    case LESS, LESS_OR_EQUAL -> near(predicate, left, right, key, entity, bound);
                    case GREATER, GREATER_OR_EQUAL -> near(predicate, right, left, key, entity, bound);
                    case EQUAL, NOT_EQUAL -> Optional.empty();
                };
            }
            default -> Optional.empty();
        };
    }

    private static Optional<IndexCondition> near(
            Predicate predicate, Expression less, Expression distance, String key, String entity, Set<String> bound) {
        boolean fits = less instanceof Expression.FunctionCall call
                && (isCalled(call, "distance") || isCalled(call, "point.distance"))
                && call.arguments().size() == 2
                && Probe.isKnown(distance, predicate, entity, bound);
        if (!fits) {
            return Optional.empty();
        }
        List<Expression> ends = ((Expression.FunctionCall) less).arguments();
        for (int i = 0; i < 2; i++) {
            if (isOn(ends.get(i), key, entity) && Probe.isKnown(ends.get(1 - i), predicate, entity, bound)) {
                return Optional.of(new IndexCondition.Near(key, ends.get(1 - i), distance));
            }
        }
        return Optional.empty();
    }

    private static boolean isOn(Expression expression, String key, String entity) {
        return Probe.keyOf(expression, entity).equals(Optional.of(key));
    }

    private static boolean isCalled(Expression.FunctionCall call, String name) {
        return call.name().toLowerCase(Locale.ROOT).equals(name);
    }
}
