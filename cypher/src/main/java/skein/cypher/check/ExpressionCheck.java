package skein.cypher.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.cypher.check.StaticType.Kind;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;

/** Checks expressions and finds out what is known about their values. */
final class ExpressionCheck {
    private final Faults faults;
    private final QueryCheck queries;
    private final PatternCheck patterns;
    private final OperatorCheck operators;

    ExpressionCheck(Faults faults, QueryCheck queries, PatternCheck patterns) {
        this.faults = faults;
        this.queries = queries;
        this.patterns = patterns;
        this.operators = new OperatorCheck(faults, this);
    }

    /** An expression over one row: aggregates are out of place. */
    StaticType value(Expression expression, Scope scope) {
        return type(expression, scope, Place.ROW);
    }

    /** A condition over one row. */
    void predicate(Expression expression, Scope scope) {
        operators.condition(expression, scope, Place.ROW);
    }

    StaticType type(Expression expression, Scope scope, Place place) {
        Optional<StaticType> computed = scope.findComputed(expression);
        return computed.isPresent() ? computed.get() : typeByForm(expression, scope, place);
    }

    private StaticType typeByForm(Expression expression, Scope scope, Place place) {
        return switch (expression) {
            case Expression.NullLiteral ignored -> StaticType.NULL;
            case Expression.BooleanLiteral ignored -> StaticType.BOOLEAN;
            case Expression.IntegerLiteral ignored -> StaticType.INTEGER;
            case Expression.FloatLiteral ignored -> StaticType.FLOAT;
            case Expression.StringLiteral ignored -> StaticType.STRING;
            case Expression.Parameter ignored -> StaticType.UNKNOWN;
            case Variable variable -> variable(variable, scope);
            case Expression.ListLiteral list -> list(list, scope, place.asValue());
            case Expression.MapLiteral map -> map(map, scope, place.asValue());
            case Expression.PropertyAccess access -> property(access, scope, place.asValue());
            case Expression.LabelPredicate predicate -> label(predicate, scope, place.asValue());
            case Expression.ElementAccess access -> element(access, scope, place.asValue());
            case Expression.Slice slice -> slice(slice, scope, place.asValue());
            case Expression.Not not -> operators.not(not, scope, place);
            case Expression.Sign sign -> operators.sign(sign, scope, place.asValue());
            case Expression.Binary binary -> operators.binary(binary, scope, place);
            case Expression.Comparison comparison -> parts(comparison, scope, place.asValue(), StaticType.BOOLEAN);
            case Expression.IsNull test -> parts(test, scope, place.asValue(), StaticType.BOOLEAN);
            case Expression.FunctionCall call -> call(call, scope, place.asValue());
            case Expression.CountStar star -> countStar(star, place);
            case Expression.Case choice -> choice(choice, scope, place);
            case Expression.ListComprehension list -> listComprehension(list, scope, place);
            case Expression.PatternComprehension pattern -> patternComprehension(pattern, scope, place);
            case Expression.Quantified quantified -> quantified(quantified, scope, place);
            case Expression.Reduce reduce -> reduce(reduce, scope, place);
            case Expression.PatternPredicate predicate -> patternPredicate(predicate, scope, place);
            case Expression.ExistsSubquery exists -> {
                queries.readOnly(exists.query(), scope);
                yield StaticType.BOOLEAN;
            }
            case Expression.CountSubquery count -> {
                queries.readOnly(count.query(), scope);
                yield StaticType.INTEGER;
            }
            case Expression.CollectSubquery collected -> StaticType.listOf(queries.collected(collected, scope));
            case Expression.MapProjection projection -> mapProjection(projection, scope, place.asValue());
        };
    }

    private StaticType parts(Expression expression, Scope scope, Place place, StaticType answer) {
        for (Expression part : Parts.of(expression)) {
            type(part, scope, place);
        }
        return answer;
    }

    StaticType variable(Variable variable, Scope scope) {
        Optional<StaticType> type = scope.find(variable.name());
        if (type.isEmpty()) {
            throw faults.undefined(variable, scope);
        }
        return type.get();
    }

    private StaticType list(Expression.ListLiteral list, Scope scope, Place place) {
        StaticType element = StaticType.NULL;
        for (Expression item : list.items()) {
            element = element.or(type(item, scope, place));
        }
        return StaticType.listOf(list.items().isEmpty() ? StaticType.UNKNOWN : element);
    }

    private StaticType map(Expression.MapLiteral map, Scope scope, Place place) {
        return parts(map, scope, place, StaticType.MAP);
    }

    private StaticType property(Expression.PropertyAccess access, Scope scope, Place place) {
        StaticType subject = type(access.subject(), scope, place);
        String message = "A property is read from " + subject.shown() + ". Only nodes, relationships, maps, points, "
                + "dates, times and durations have properties.";
        if (subject.kind() == Kind.PATH) {
            throw faults.syntax(ErrorDetail.INVALID_ARGUMENT_TYPE, message, access.span());
        }
        if (!subject.mayBe(Kind.NODE, Kind.RELATIONSHIP, Kind.MAP, Kind.POINT, Kind.INSTANT, Kind.DURATION)) {
            throw faults.type(ErrorDetail.INVALID_ARGUMENT_TYPE, message, access.span());
        }
        return StaticType.UNKNOWN;
    }

    private StaticType label(Expression.LabelPredicate predicate, Scope scope, Place place) {
        StaticType subject = type(predicate.subject(), scope, place);
        if (!subject.mayBe(Kind.NODE, Kind.RELATIONSHIP)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    "A label is asked of " + subject.shown() + ". Only nodes have labels, and relationships a type.",
                    predicate.span());
        }
        return StaticType.BOOLEAN;
    }

    private StaticType element(Expression.ElementAccess access, Scope scope, Place place) {
        StaticType subject = type(access.subject(), scope, place);
        type(access.index(), scope, place);
        return subject.element();
    }

    private StaticType slice(Expression.Slice slice, Scope scope, Place place) {
        StaticType subject = type(slice.subject(), scope, place);
        slice.from().ifPresent(from -> type(from, scope, place));
        slice.to().ifPresent(to -> type(to, scope, place));
        return subject.kind() == Kind.LIST ? subject : StaticType.UNKNOWN;
    }

    private StaticType call(Expression.FunctionCall call, Scope scope, Place place) {
        boolean aggregate = Functions.signature(call, faults).isAggregate();
        if (aggregate) {
            refuseAggregate(call, place);
            refuseVolatile(call);
        }
        Place inside = aggregate ? place.insideAggregate() : place;
        refusePatterns(call);
        List<StaticType> arguments = new ArrayList<>(call.arguments().size());
        for (Expression argument : call.arguments()) {
            arguments.add(type(argument, scope, inside));
        }
        if (!arguments.isEmpty()) {
            Functions.refuseArgument(call, arguments, faults);
        }
        return Functions.answer(call, arguments);
    }

    private void refusePatterns(Expression.FunctionCall call) {
        for (Expression argument : call.arguments()) {
            if (argument instanceof Expression.PatternPredicate pattern) {
                throw misplacedPattern(pattern);
            }
        }
    }

    private void refuseAggregate(Expression aggregate, Place place) {
        switch (place.aggregates()) {
            case ALLOWED -> {}
            case FORBIDDEN ->
                throw faults.syntax(
                        ErrorDetail.INVALID_AGGREGATION,
                        "An aggregate cannot be used here: it needs many rows, and this is about one. Compute it in "
                                + "WITH first.",
                        aggregate.span());
            case NESTED ->
                throw faults.syntax(
                        ErrorDetail.NESTED_AGGREGATION,
                        "An aggregate stands inside another. Compute the inner one in WITH first.",
                        aggregate.span());
        }
    }

    private void refuseVolatile(Expression.FunctionCall call) {
        if (call.arguments().stream().anyMatch(Parts::hasVolatile)) {
            throw faults.syntax(
                    ErrorDetail.NON_CONSTANT_EXPRESSION,
                    "What is aggregated differs from call to call. Compute it in WITH first.",
                    call.span());
        }
    }

    private StaticType countStar(Expression.CountStar star, Place place) {
        refuseAggregate(star, place);
        return StaticType.INTEGER;
    }

    private StaticType choice(Expression.Case choice, Scope scope, Place place) {
        Place value = place.asValue();
        choice.subject().ifPresent(subject -> type(subject, scope, value));
        StaticType answer = StaticType.NULL;
        for (Expression.CaseBranch branch : choice.branches()) {
            if (choice.subject().isPresent()) {
                type(branch.when(), scope, value);
            } else {
                operators.condition(branch.when(), scope, place);
            }
            answer = answer.or(type(branch.then(), scope, place));
        }
        return choice.otherwise().isPresent()
                ? answer.or(type(choice.otherwise().get(), scope, place))
                : answer;
    }

    private StaticType listComprehension(Expression.ListComprehension list, Scope scope, Place place) {
        StaticType element = elementOf(list.list(), scope, place);
        Scope inner = scope.inner();
        inner.declare(list.variable().name(), element);
        list.where().ifPresent(where -> operators.condition(where, inner, place.perElement()));
        return StaticType.listOf(
                list.projection().map(e -> type(e, inner, place.perElement())).orElse(element));
    }

    private StaticType elementOf(Expression list, Scope scope, Place place) {
        StaticType type = type(list, scope, place.asValue());
        if (!type.mayBe(Kind.LIST)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    "IN is followed by " + type.shown() + ". It goes through a list.",
                    list.span());
        }
        return type.element();
    }

    private StaticType patternComprehension(Expression.PatternComprehension pattern, Scope scope, Place place) {
        Scope inner = scope.inner();
        patterns.match(new Pattern(List.of(pattern.pattern())), inner);
        pattern.where().ifPresent(where -> operators.condition(where, inner, place.perElement()));
        return StaticType.listOf(type(pattern.projection(), inner, place.perElement()));
    }

    private StaticType quantified(Expression.Quantified quantified, Scope scope, Place place) {
        Scope inner = scope.inner();
        inner.declare(quantified.variable().name(), elementOf(quantified.list(), scope, place));
        operators.condition(quantified.where(), inner, place.perElement());
        return StaticType.BOOLEAN;
    }

    private StaticType reduce(Expression.Reduce reduce, Scope scope, Place place) {
        Scope inner = scope.inner();
        type(reduce.initial(), scope, place.asValue());
        inner.declare(reduce.accumulator().name(), StaticType.UNKNOWN);
        inner.declare(reduce.variable().name(), elementOf(reduce.list(), scope, place));
        type(reduce.body(), inner, place.perElement());
        return StaticType.UNKNOWN;
    }

    private StaticType patternPredicate(Expression.PatternPredicate predicate, Scope scope, Place place) {
        if (!place.predicate()) {
            throw misplacedPattern(predicate);
        }
        for (Variable variable : Parts.variables(predicate.pattern())) {
            variable(variable, scope);
        }
        patterns.match(new Pattern(List.of(predicate.pattern())), scope.inner());
        return StaticType.BOOLEAN;
    }

    private RuntimeException misplacedPattern(Expression.PatternPredicate predicate) {
        return faults.syntax(
                ErrorDetail.UNEXPECTED_SYNTAX,
                "A pattern stands where a value is asked for. Write EXISTS { pattern }, COUNT { pattern }, or "
                        + "[pattern | value].",
                predicate.span());
    }

    private StaticType mapProjection(Expression.MapProjection projection, Scope scope, Place place) {
        StaticType subject = variable(projection.subject(), scope);
        if (!subject.mayBe(Kind.NODE, Kind.RELATIONSHIP, Kind.MAP)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    "Variable `" + projection.subject().name() + "` is " + subject.shown()
                            + ". Only nodes, relationships and maps can be projected.",
                    projection.span());
        }
        return parts(projection, scope, place, StaticType.MAP);
    }
}
