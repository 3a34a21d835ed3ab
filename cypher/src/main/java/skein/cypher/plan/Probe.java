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
 * A predicate that says what a property or the id of an entity is like.
 *
 * @param value what it is compared with; for {@link Form#PRESENT} the property itself
 */
record Probe(Predicate predicate, Subject subject, Form form, Expression value) {
    /** How the property stands to the value. */
    enum Form {
        EQUAL,
        /** The value is a list of allowed values. */
        ONE_OF,
        ABOVE,
        FROM,
        BELOW,
        UP_TO,
        STARTS_WITH,
        PRESENT;

        /** The form when both sides are exchanged. */
        private Form turned() {
            return switch (this) {
                case ABOVE -> BELOW;
                case FROM -> UP_TO;
                case BELOW -> ABOVE;
                case UP_TO -> FROM;
                case EQUAL -> EQUAL;
                case ONE_OF -> ONE_OF;
                case STARTS_WITH -> STARTS_WITH;
                case PRESENT -> PRESENT;
            };
        }
    }

    /** What is known of the entity. */
    sealed interface Subject {
        record Property(String key) implements Subject {}

        record Id(IdForm form) implements Subject {}
    }

    /** Whether the value is a list. */
    boolean many() {
        return form == Form.ONE_OF;
    }

    boolean isOn(String key) {
        return subject.equals(new Subject.Property(key));
    }

    /** The probe for the entity of a name that a predicate amounts to, given what is bound already. */
    static Optional<Probe> of(Predicate predicate, String entity, Set<String> bound) {
        return switch (predicate.expression()) {
            case Expression.Comparison comparison
            when comparison.links().size() == 1 -> {
                Expression left = comparison.first();
                Expression right = comparison.links().getFirst().operand();
                yield form(comparison.links().getFirst().operator())
                        .flatMap(form -> probe(predicate, left, right, form, entity, bound)
                                .or(() -> probe(predicate, right, left, form.turned(), entity, bound)));
            }
            case Expression.Binary binary
            when binary.operator() == BinaryOperator.IN ->
                probe(predicate, binary.left(), binary.right(), Form.ONE_OF, entity, bound);
            case Expression.Binary binary
            when binary.operator() == BinaryOperator.STARTS_WITH ->
                probe(predicate, binary.left(), binary.right(), Form.STARTS_WITH, entity, bound);
            case Expression.IsNull test
            when test.negated() ->
                subject(test.operand(), entity)
                        .map(subject -> new Probe(predicate, subject, Form.PRESENT, test.operand()));
            default -> Optional.empty();
        };
    }

    private static Optional<Form> form(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> Optional.of(Form.EQUAL);
            case NOT_EQUAL -> Optional.empty();
            case LESS -> Optional.of(Form.BELOW);
            case LESS_OR_EQUAL -> Optional.of(Form.UP_TO);
            case GREATER -> Optional.of(Form.ABOVE);
            case GREATER_OR_EQUAL -> Optional.of(Form.FROM);
        };
    }

    boolean isById() {
        return subject instanceof Subject.Id && (form == Form.EQUAL || form == Form.ONE_OF);
    }

    private static Optional<Probe> probe(
            Predicate predicate, Expression tested, Expression value, Form form, String entity, Set<String> bound) {
        return isKnown(value, predicate, entity, bound)
                ? subject(tested, entity).map(subject -> new Probe(predicate, subject, form, value))
                : Optional.empty();
    }

    /** Whether a value can be had before the entity is found. */
    static boolean isKnown(Expression value, Predicate predicate, String entity, Set<String> bound) {
        Set<String> mentioned = Mentions.in(value);
        return !mentioned.contains(entity)
                && mentioned.stream()
                        .allMatch(name ->
                                bound.contains(name) || !predicate.needs().contains(name));
    }

    /** The key, when an expression is a property of the entity. */
    static Optional<String> keyOf(Expression tested, String entity) {
        return tested instanceof Expression.PropertyAccess access && is(access.subject(), entity)
                ? Optional.of(access.key())
                : Optional.empty();
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
