package skein.naive;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonLink;
import skein.cypher.syntax.Expression.Variable;
import skein.graph.Value;
import skein.graph.Value.BooleanValue;
import skein.graph.Value.ListValue;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeReference;
import skein.graph.Value.RelationshipReference;
import skein.graph.Value.StringValue;

/** What an expression is worth in a row. */
final class Expressions {
    private final NaiveRun run;
    private final Functions functions;

    Expressions(NaiveRun run) {
        this.run = run;
        this.functions = new Functions(run.graph());
    }

    Functions functions() {
        return functions;
    }

    /** True, not false or null. */
    boolean holds(Expression condition, Row row) {
        return truth(of(condition, row)).equals(Value.TRUE);
    }

    /** TRUE, FALSE or NULL. */
    private static Value truth(Value value) {
        if (value instanceof BooleanValue || value.isNull()) {
            return value;
        }
        throw NaiveFailure.type(value + " is no Boolean");
    }

    Value of(Expression expression, Row row) {
        return switch (expression) {
            case Expression.NullLiteral ignored -> Value.NULL;
            case Expression.BooleanLiteral literal -> Value.of(literal.value());
            case Expression.IntegerLiteral literal -> Value.of(literal.value());
            case Expression.FloatLiteral literal -> Value.of(literal.value());
            case Expression.StringLiteral literal -> Value.of(literal.value());
            case Expression.ListLiteral list -> Value.of(all(list.items(), row));
            case Expression.MapLiteral map -> map(map, row);
            case Expression.Parameter parameter -> run.parameter(parameter.name());
            case Variable variable -> row.get(variable.name());
            case Expression.PropertyAccess access -> functions.property(of(access.subject(), row), access.key());
            case Expression.LabelPredicate predicate -> labels(of(predicate.subject(), row), predicate.labels());
            case Expression.ElementAccess access -> element(of(access.subject(), row), of(access.index(), row));
            case Expression.Slice slice -> slice(slice, row);
            case Expression.Not not -> not(truth(of(not.operand(), row)));
            case Expression.Sign sign -> sign(sign.negative(), of(sign.operand(), row));
            case Expression.Binary binary -> binary(binary, row);
            case Expression.Comparison comparison -> comparison(comparison, row);
            case Expression.IsNull test -> Value.of(of(test.operand(), row).isNull() != test.negated());
            case Expression.FunctionCall call -> call(call, row);
            case Expression.CountStar ignored -> Value.of(row.group().size());
            case Expression.Case choice -> choice(choice, row);
            default -> nested(expression, row);
        };
    }

    /** Expressions with rows of their own. */
    private Value nested(Expression expression, Row row) {
        return switch (expression) {
            case Expression.ListComprehension list -> comprehension(list, row);
            case Expression.Quantified quantified -> quantified(quantified, row);
            case Expression.Reduce reduce -> reduce(reduce, row);
            case Expression.MapProjection projection -> projection(projection, row);
            case Expression.PatternPredicate predicate ->
                Value.of(!run.patterns()
                        .matches(List.of(predicate.pattern()), row)
                        .isEmpty());
            case Expression.PatternComprehension pattern -> {
                List<Value> values = new ArrayList<>();
                for (Row match : run.variant().someOrder(run.patterns().matches(List.of(pattern.pattern()), row))) {
                    if (pattern.where().isEmpty() || holds(pattern.where().get(), match)) {
                        values.add(of(pattern.projection(), match));
                    }
                }
                yield Value.of(values);
            }
            case Expression.ExistsSubquery exists ->
                Value.of(!run.inside(exists.query(), row).isEmpty());
            case Expression.CountSubquery count ->
                Value.of(run.inside(count.query(), row).size());
            case Expression.CollectSubquery collected -> run.collected(collected.query(), row);
            default -> throw Unjudged.unknown(expression);
        };
    }

    private List<Value> all(List<Expression> expressions, Row row) {
        return expressions.stream().map(expression -> of(expression, row)).toList();
    }

    private Value map(Expression.MapLiteral map, Row row) {
        Map<String, Value> entries = new LinkedHashMap<>();
        map.entries().forEach(entry -> entries.put(entry.key(), of(entry.value(), row)));
        return new MapValue(entries);
    }

    private Value labels(Value subject, List<String> labels) {
        return switch (subject) {
            case Value.NullValue ignored -> Value.NULL;
            case NodeReference(long id) ->
                Value.of(run.graph().node(id).labels().containsAll(labels));
            case RelationshipReference(long id) -> {
                String type = run.graph().everRelationship(id).type();
                yield Value.of(labels.stream().allMatch(type::equals));
            }
            default -> throw NaiveFailure.type("no labels of " + subject);
        };
    }

    private Value element(Value subject, Value index) {
        if (subject.isNull()) {
            return Value.NULL;
        }
        if (subject instanceof ListValue(List<Value> values)) {
            if (index.isNull()) {
                return Value.NULL;
            }
            long place = Functions.integer(index);
            long fromStart = place < 0 ? place + values.size() : place;
            return fromStart >= 0 && fromStart < values.size() ? values.get((int) fromStart) : Value.NULL;
        }
        Map<String, Value> properties = functions.properties(subject);
        if (index.isNull()) {
            return Value.NULL;
        }
        return properties.getOrDefault(Texts.string(index), Value.NULL);
    }

    private Value slice(Expression.Slice slice, Row row) {
        Value subject = of(slice.subject(), row);
        Value from = slice.from().map(e -> of(e, row)).orElse(Value.of(0));
        Value to = slice.to().map(e -> of(e, row)).orElse(Value.of(Long.MAX_VALUE));
        if (subject.isNull() || from.isNull() || to.isNull()) {
            return Value.NULL;
        }
        List<Value> values = Functions.list(subject);
        List<Value> kept = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (i >= fromStart(from, values.size()) && i < fromStart(to, values.size())) {
                kept.add(values.get(i));
            }
        }
        return Value.of(kept);
    }

    private static long fromStart(Value place, int size) {
        long at = Functions.integer(place);
        return at < 0 ? at + size : at;
    }

    private static Value not(Value truth) {
        return truth.isNull() ? truth : Value.of(truth.equals(Value.FALSE));
    }

    private static Value sign(boolean negative, Value value) {
        if (negative || value.isNull() || Comparisons.isNumber(value)) {
            return negative ? Arithmetic.negated(value) : value;
        }
        throw NaiveFailure.type("the sign of " + value);
    }

    private Value binary(Expression.Binary binary, Row row) {
        BinaryOperator operator = binary.operator();
        if (operator == BinaryOperator.AND) {
            return decided(binary, Value.FALSE, row);
        }
        if (operator == BinaryOperator.OR) {
            return decided(binary, Value.TRUE, row);
        }
        Value left = of(binary.left(), row);
        Value right = of(binary.right(), row);
        return switch (operator) {
            case XOR -> {
                truth(left);
                truth(right);
                yield left.isNull() || right.isNull() ? Value.NULL : Value.of(!left.equals(right));
            }
            case IN -> in(left, right);
            case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES ->
                left instanceof StringValue(String text) && right instanceof StringValue(String part)
                        ? Value.of(test(operator, text, part))
                        : Value.NULL;
            default -> Arithmetic.of(operator, left, right);
        };
    }

    /** AND and OR: one operand of that worth decides; else null; else the other worth. */
    private Value decided(Expression.Binary binary, Value decisive, Row row) {
        Value left = truth(of(binary.left(), row));
        if (left.equals(decisive) && !run.variant().looksAtEverything()) {
            return left;
        }
        Value right = truth(of(binary.right(), row));
        if (left.equals(decisive) || right.equals(decisive)) {
            return decisive;
        }
        return left.isNull() || right.isNull() ? Value.NULL : left;
    }

    private static boolean test(BinaryOperator operator, String text, String part) {
        return switch (operator) {
            case STARTS_WITH -> text.startsWith(part);
            case ENDS_WITH -> text.endsWith(part);
            case CONTAINS -> text.contains(part);
            case MATCHES -> Pattern.matches(part, text);
            default -> throw Unjudged.unknown(operator);
        };
    }

    private static Value in(Value element, Value list) {
        if (list.isNull()) {
            return Value.NULL;
        }
        List<Value> tests = Functions.list(list).stream()
                .map(value -> Comparisons.equal(element, value))
                .toList();
        if (tests.contains(Value.TRUE)) {
            return Value.TRUE;
        }
        return tests.contains(Value.NULL) ? Value.NULL : Value.FALSE;
    }

    /** All links have to hold. */
    private Value comparison(Expression.Comparison comparison, Row row) {
        Value left = of(comparison.first(), row);
        List<Value> links = new ArrayList<>();
        for (ComparisonLink link : comparison.links()) {
            Value right = of(link.operand(), row);
            links.add(
                    switch (link.operator()) {
                        case EQUAL -> Comparisons.equal(left, right);
                        case NOT_EQUAL -> not(Comparisons.equal(left, right));
                        case LESS -> Comparisons.less(left, right);
                        case LESS_OR_EQUAL -> Comparisons.lessOrEqual(left, right);
                        case GREATER -> Comparisons.less(right, left);
                        case GREATER_OR_EQUAL -> Comparisons.lessOrEqual(right, left);
                    });
            left = right;
        }
        if (links.contains(Value.FALSE)) {
            return Value.FALSE;
        }
        return links.contains(Value.NULL) ? Value.NULL : Value.TRUE;
    }

    private Value call(Expression.FunctionCall call, Row row) {
        String name = call.name().toLowerCase(Locale.ROOT);
        if (Aggregates.NAMES.contains(name)) {
            List<Value> values = row.group().stream()
                    .map(one -> of(call.arguments().getFirst(), one))
                    .toList();
            List<Value> parameters =
                    call.arguments().stream().skip(1).map(e -> of(e, row)).toList();
            return Aggregates.of(name, values, call.distinct(), parameters);
        }
        if (name.equals("coalesce") && !run.variant().looksAtEverything()) {
            for (Expression argument : call.arguments()) {
                Value value = of(argument, row);
                if (!value.isNull()) {
                    return value;
                }
            }
            return Value.NULL;
        }
        return functions.call(name, all(call.arguments(), row));
    }

    private Value choice(Expression.Case choice, Row row) {
        for (Expression.CaseBranch branch : choice.branches()) {
            boolean taken = choice.subject().isPresent()
                    ? Comparisons.equal(of(choice.subject().get(), row), of(branch.when(), row))
                            .equals(Value.TRUE)
                    : holds(branch.when(), row);
            if (taken) {
                return of(branch.then(), row);
            }
        }
        return choice.otherwise().map(e -> of(e, row)).orElse(Value.NULL);
    }

    private Value comprehension(Expression.ListComprehension list, Row row) {
        Value values = of(list.list(), row);
        if (values.isNull()) {
            return Value.NULL;
        }
        List<Value> kept = new ArrayList<>();
        for (Value value : Functions.list(values)) {
            Row inner = row.with(list.variable().name(), value);
            if (list.where().isEmpty() || holds(list.where().get(), inner)) {
                kept.add(list.projection().map(e -> of(e, inner)).orElse(value));
            }
        }
        return Value.of(kept);
    }

    private Value quantified(Expression.Quantified quantified, Row row) {
        Value values = of(quantified.list(), row);
        if (values.isNull()) {
            return Value.NULL;
        }
        List<Value> truths = Functions.list(values).stream()
                .map(value -> truth(
                        of(quantified.where(), row.with(quantified.variable().name(), value))))
                .toList();
        long trues = truths.stream().filter(Value.TRUE::equals).count();
        Value unlessNull = truths.contains(Value.NULL) ? Value.NULL : Value.TRUE;
        return switch (quantified.quantifier()) {
            case ALL -> truths.contains(Value.FALSE) ? Value.FALSE : unlessNull;
            case ANY -> trues > 0 ? Value.TRUE : not(unlessNull);
            case NONE -> trues > 0 ? Value.FALSE : unlessNull;
            case SINGLE -> {
                Value exactlyOne = trues == 1 ? unlessNull : not(unlessNull);
                yield trues > 1 ? Value.FALSE : exactlyOne;
            }
        };
    }

    private Value reduce(Expression.Reduce reduce, Row row) {
        Value values = of(reduce.list(), row);
        if (values.isNull()) {
            return Value.NULL;
        }
        Value sum = of(reduce.initial(), row);
        for (Value value : Functions.list(values)) {
            sum = of(
                    reduce.body(),
                    row.with(reduce.accumulator().name(), sum)
                            .with(reduce.variable().name(), value));
        }
        return sum;
    }

    private Value projection(Expression.MapProjection projection, Row row) {
        Value subject = of(projection.subject(), row);
        if (subject.isNull()) {
            return Value.NULL;
        }
        Map<String, Value> entries = new LinkedHashMap<>();
        for (Expression.MapProjectionItem item : projection.items()) {
            switch (item) {
                case Expression.MapProjectionItem.Property(String key) ->
                    entries.put(key, functions.property(subject, key));
                case Expression.MapProjectionItem.AllProperties() -> entries.putAll(functions.properties(subject));
                case Expression.MapProjectionItem.Entry(String key, Expression value) ->
                    entries.put(key, of(value, row));
            }
        }
        return new MapValue(entries);
    }

    /** The map of a pattern's properties; nothing when there is none. */
    Map<String, Value> entries(Optional<Expression> properties, Row row) {
        return properties.map(e -> functions.properties(of(e, row))).orElse(Map.of());
    }
}
