package skein.cypher.expression.compile;

import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skein.cypher.expression.Evaluator;
import skein.cypher.expression.operator.Arithmetic;
import skein.cypher.expression.operator.Lists;
import skein.cypher.expression.operator.RegularExpression;
import skein.cypher.expression.operator.StringPredicates;
import skein.cypher.expression.value.Comparability;
import skein.cypher.expression.value.Equality;
import skein.cypher.expression.value.EquivalenceKey;
import skein.cypher.expression.value.Logic;
import skein.cypher.expression.value.Numbers;
import skein.cypher.expression.value.Ternary;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.ComparisonLink;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.graph.Value;
import skein.graph.Value.ListValue;
import skein.graph.Value.StringValue;

/** Evaluators of operators. */
final class Operators {
    /** Lists of constants beyond this length are looked up by hash. */
    private static final int HASHED_LIST_MIN = 8;

    /** What a list takes for each element, the element itself left out. */
    private static final long BYTES_PER_ELEMENT = 4;

    private Operators() {}

    /** An operator that yields a truth value. */
    private interface Test {
        Ternary test(Value left, Value right);
    }

    static Evaluator not(Evaluator operand) {
        return Constant.fold(
                (row, context) -> Logic.truth(operand.evaluate(row, context), "NOT")
                        .negate()
                        .toValue(),
                operand);
    }

    static Evaluator sign(boolean negative, Evaluator operand) {
        return negative
                ? Constant.fold((row, context) -> Arithmetic.negate(operand.evaluate(row, context)), operand)
                : Constant.fold((row, context) -> Arithmetic.plus(operand.evaluate(row, context)), operand);
    }

    static Evaluator binary(Expression.BinaryOperator operator, Evaluator left, Evaluator right) {
        return switch (operator) {
            case OR -> or(left, right);
            case XOR -> xor(left, right);
            case AND -> and(left, right);
            case ADD -> add(left, right);
            case SUBTRACT -> apply(Arithmetic::subtract, left, right);
            case MULTIPLY -> apply(Arithmetic::multiply, left, right);
            case DIVIDE -> apply(Arithmetic::divide, left, right);
            case MODULO -> apply(Arithmetic::modulo, left, right);
            case POWER -> apply(Arithmetic::power, left, right);
            case IN -> in(left, right);
            case STARTS_WITH -> test(StringPredicates::startsWith, left, right);
            case ENDS_WITH -> test(StringPredicates::endsWith, left, right);
            case CONTAINS -> test(StringPredicates::contains, left, right);
            case MATCHES -> matches(left, right);
        };
    }

    /** Sums are numbers, but also strings and lists that grow with every step of a loop. */
    private static Evaluator add(Evaluator left, Evaluator right) {
        Evaluator add = (row, context) -> {
            Value sum = Arithmetic.add(left.evaluate(row, context), right.evaluate(row, context));
            if (sum instanceof StringValue(String text)) {
                context.reserveIfLarge(text.length());
            } else if (sum instanceof ListValue list) {
                context.reserveIfLarge(list.values().size() * BYTES_PER_ELEMENT);
            }
            return sum;
        };
        return Constant.fold(add, left, right);
    }

    private static Evaluator apply(BinaryOperator<Value> operation, Evaluator left, Evaluator right) {
        return Constant.fold(
                (row, context) -> operation.apply(left.evaluate(row, context), right.evaluate(row, context)),
                left,
                right);
    }

    private static Evaluator test(Test test, Evaluator left, Evaluator right) {
        return Constant.fold(
                (row, context) -> test.test(left.evaluate(row, context), right.evaluate(row, context))
                        .toValue(),
                left,
                right);
    }

    private static Evaluator and(Evaluator left, Evaluator right) {
        Evaluator and = (row, context) -> {
            Ternary first = Logic.truth(left.evaluate(row, context), "AND");
            return first == Ternary.FALSE
                    ? Value.FALSE
                    : Logic.and(first, Logic.truth(right.evaluate(row, context), "AND"))
                            .toValue();
        };
        return Constant.fold(and, left, right);
    }

    private static Evaluator or(Evaluator left, Evaluator right) {
        Evaluator or = (row, context) -> {
            Ternary first = Logic.truth(left.evaluate(row, context), "OR");
            return first == Ternary.TRUE
                    ? Value.TRUE
                    : Logic.or(first, Logic.truth(right.evaluate(row, context), "OR"))
                            .toValue();
        };
        return Constant.fold(or, left, right);
    }

    private static Evaluator xor(Evaluator left, Evaluator right) {
        Evaluator xor = (row, context) -> Logic.xor(
                        Logic.truth(left.evaluate(row, context), "XOR"),
                        Logic.truth(right.evaluate(row, context), "XOR"))
                .toValue();
        return Constant.fold(xor, left, right);
    }

    private static Evaluator in(Evaluator element, Evaluator list) {
        if (Constant.valueOf(list) instanceof ListValue constant
                && constant.values().size() >= HASHED_LIST_MIN
                && constant.values().stream().allMatch(Operators::equalsWhatIsEquivalent)) {
            return inHashed(element, constant.values());
        }
        return test((value, values) -> Lists.contains(values, value), element, list);
    }

    private static Evaluator inHashed(Evaluator element, List<Value> values) {
        Set<EquivalenceKey> keys = values.stream().map(EquivalenceKey::of).collect(Collectors.toUnmodifiableSet());
        return (row, context) -> {
            Value value = element.evaluate(row, context);
            return value.isNull() ? Value.NULL : Value.of(keys.contains(EquivalenceKey.of(value)));
        };
    }

    /** True for values for which equality never is unknown and agrees with equivalence. */
    private static boolean equalsWhatIsEquivalent(Value value) {
        return value instanceof Value.Scalar && !(value instanceof Value.PointValue) && !Numbers.isNaN(value);
    }

    private static Evaluator matches(Evaluator text, Evaluator pattern) {
        @Nullable Value constant = Constant.valueOf(pattern);
        if (constant instanceof StringValue(String written)) {
            return matches(text, RegularExpression.compile(written));
        }
        return (row, context) -> text.evaluate(row, context) instanceof StringValue(String string)
                        && pattern.evaluate(row, context) instanceof StringValue(String expression)
                ? Value.of(RegularExpression.compile(expression).matches(string, context::checkTermination))
                : Value.NULL;
    }

    private static Evaluator matches(Evaluator text, RegularExpression expression) {
        return (row, context) -> text.evaluate(row, context) instanceof StringValue(String string)
                ? Value.of(expression.matches(string, context::checkTermination))
                : Value.NULL;
    }

    static Evaluator comparison(Expression.Comparison comparison, ExpressionCompiler compiler) {
        Evaluator first = compiler.compile(comparison.first());
        List<Evaluator> operands = compiler.compileAll(
                comparison.links().stream().map(ComparisonLink::operand).toList());
        List<Test> tests = comparison.links().stream()
                .map(link -> comparing(link.operator()))
                .toList();
        return operands.size() == 1 ? test(tests.get(0), first, operands.get(0)) : chain(first, tests, operands);
    }

    private static Test comparing(ComparisonOperator operator) {
        return switch (operator) {
            case EQUAL -> Equality::test;
            case NOT_EQUAL -> (left, right) -> Equality.test(left, right).negate();
            case LESS -> Comparability::less;
            case LESS_OR_EQUAL -> Comparability::lessOrEqual;
            case GREATER -> Comparability::greater;
            case GREATER_OR_EQUAL -> Comparability::greaterOrEqual;
        };
    }

    /** Each operand is evaluated once, and only while no link has been false. */
    private static Evaluator chain(Evaluator first, List<Test> tests, List<Evaluator> operands) {
        return (row, context) -> {
            Value left = first.evaluate(row, context);
            Ternary result = Ternary.TRUE;
            for (int i = 0; i < tests.size() && result != Ternary.FALSE; i++) {
                Value right = operands.get(i).evaluate(row, context);
                result = Logic.and(result, tests.get(i).test(left, right));
                left = right;
            }
            return result.toValue();
        };
    }
}
