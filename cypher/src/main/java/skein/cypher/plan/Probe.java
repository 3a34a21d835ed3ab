package skein.cypher.plan;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import skein.cypher.plan.LogicalPlan.IdForm;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.Variable;

/**
 * A predicate that says which value a property or the id of an entity has.
 *
 * @param many the value is a list of allowed values
 */
record Probe(Predicate predicate, Subject subject, Expression value, boolean many) {
    /** What is known of the entity. */
    sealed interface Subject {
        record Property(String key) implements Subject {}

        record Id(IdForm form) implements Subject {}
    }

    /** The probe for the entity of a name that a predicate amounts to, given what is bound already. */
    static Optional<Probe> of(Predicate predicate, String entity, Set<String> bound) {
        return switch (predicate.expression()) {
            case Expression.Comparison comparison
            when comparison.links().size() == 1
                    && comparison.links().getFirst().operator() == ComparisonOperator.EQUAL -> {
                Expression left = comparison.first();
                Expression right = comparison.links().getFirst().operand();
                yield probe(predicate, left, right, false, entity, bound)
                        .or(() -> probe(predicate, right, left, false, entity, bound));
            }
            case Expression.Binary binary
            when binary.operator() == BinaryOperator.IN ->
                probe(predicate, binary.left(), binary.right(), true, entity, bound);
            default -> Optional.empty();
        };
    }

    boolean isById() {
        return subject instanceof Subject.Id;
    }

    private static Optional<Probe> probe(
            Predicate predicate, Expression tested, Expression value, boolean many, String entity, Set<String> bound) {
        Set<String> mentioned = Mentions.in(value);
        boolean known = mentioned.stream()
                .allMatch(name -> bound.contains(name) || !predicate.needs().contains(name));
        if (!known || mentioned.contains(entity)) {
            return Optional.empty();
        }
        return subject(tested, entity).map(subject -> new Probe(predicate, subject, value, many));
    }

    private static Optional<Subject> subject(Expression tested, String entity) {
        return switch (tested) {
            case Expression.PropertyAccess access
            when is(access.subject(), entity) -> Optional.of(new Subject.Property(access.key()));
            case Expression.FunctionCall call
            when call.arguments().size() == 1 && is(call.arguments().getFirst(), entity) ->
                switch (call.name().toLowerCase(Locale.ROOT)) {
                    case "id" -> Optional.of(new Subject.Id(IdForm.NUMBER));
                    case "elementid" -> Optional.of(new Subject.Id(IdForm.TEXT));
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static boolean is(Expression expression, String entity) {
        return expression instanceof Variable variable && variable.name().equals(entity);
    }
}
