package skein.cypher.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import skein.cypher.expression.function.FunctionCatalogue;
import skein.cypher.syntax.Expression;

/** What a step of a plan reads from the graph and what it changes there. */
record Effects(Footprint reads, Footprint writes) {
    /** Functions over entities that answer something else. */
    private static final Set<String> SCALAR =
            Set.of("count", "id", "elementid", "type", "labels", "keys", "size", "length", "exists", "sum", "avg");

    static final Effects NONE = new Effects(Footprint.NONE, Footprint.NONE);

    static Effects reading(Footprint reads) {
        return new Effects(reads, Footprint.NONE);
    }

    static Effects writing(Footprint writes) {
        return new Effects(Footprint.NONE, writes);
    }

    Effects and(Effects other) {
        return new Effects(reads.and(other.reads), writes.and(other.writes));
    }

    /** True when rows must not flow from a step with these effects into one with the others, one by one. */
    boolean conflictsWith(Effects later) {
        return reads.overlaps(later.writes) || writes.overlaps(later.reads) || writes.undoneBy(later.writes);
    }

    /** What evaluating the expression reads. */
    static Effects of(Expression expression) {
        return reading(readsOf(expression));
    }

    static Effects of(List<Expression> expressions) {
        return expressions.stream().map(Effects::of).reduce(NONE, Effects::and);
    }

    /** What showing the value to a client reads: an entity leaves with all its content. */
    static Effects ofShown(Expression expression) {
        Footprint reads = readsOf(expression);
        return reading(mayBeEntity(expression) ? reads.and(Footprint.CONTENT) : reads);
    }

    private static Footprint readsOf(Expression expression) {
        Footprint own = switch (expression) {
            case Expression.PropertyAccess access -> Footprint.ofProperties(NameSet.of(access.key()));
            case Expression.LabelPredicate predicate -> Footprint.ofLabels(NameSet.of(predicate.labels()));
            case Expression.FunctionCall call -> readsOf(call);
            case Expression.ElementAccess access -> Footprint.ofProperties(NameSet.ALL);
            case Expression.MapProjection projection -> Footprint.CONTENT;
            case Expression.PatternComprehension nested -> Footprint.ALL;
            case Expression.PatternPredicate nested -> Footprint.ALL;
            case Expression.ExistsSubquery nested -> Footprint.ALL;
            case Expression.CountSubquery nested -> Footprint.ALL;
            case Expression.CollectSubquery nested -> Footprint.ALL;
            default -> Footprint.NONE;
        };
        for (Expression part : Subexpressions.of(expression)) {
            own = own.and(readsOf(part));
        }
        return own;
    }

    private static Footprint readsOf(Expression.FunctionCall call) {
        return switch (call.name().toLowerCase(Locale.ROOT)) {
            case "keys", "properties", "values", "propertysize" -> Footprint.ofProperties(NameSet.ALL);
            case "labels" -> Footprint.ofLabels(NameSet.ALL);
            case "degree", "indegree", "outdegree" -> Footprint.ofRelationships(NameSet.ALL);
            default -> FunctionCatalogue.find(call.name()).isPresent() ? Footprint.NONE : Footprint.ALL;
        };
    }

    private static boolean mayBeEntity(Expression expression) {
        return switch (expression) {
            case Expression.Variable variable -> true;
            case Expression.PropertyAccess access -> false;
            case Expression.LabelPredicate predicate -> false;
            case Expression.Comparison comparison -> false;
            case Expression.Not not -> false;
            case Expression.IsNull test -> false;
            case Expression.CountStar count -> false;
            case Expression.FunctionCall call when SCALAR.contains(call.name().toLowerCase(Locale.ROOT)) -> false;
            default -> Subexpressions.of(expression).stream().anyMatch(Effects::mayBeEntity);
        };
    }
}
