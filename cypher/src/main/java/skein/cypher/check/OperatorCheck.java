package skein.cypher.check;

import skein.cypher.check.StaticType.Kind;
import skein.cypher.syntax.ErrorDetail;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;

/** Checks operators: which operands certainly do not fit, and what comes out. */
final class OperatorCheck {
    private final Faults faults;
    private final ExpressionCheck expressions;

    OperatorCheck(Faults faults, ExpressionCheck expressions) {
        this.faults = faults;
        this.expressions = expressions;
    }

    /** An expression that has to be a Boolean: the condition of WHERE or an operand of AND. */
    void condition(Expression expression, Scope scope, Place place) {
        StaticType type = expressions.type(expression, scope, place.asPredicate());
        if (!type.mayBe(Kind.BOOLEAN)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    "A condition is true, false or null, and this is " + type.shown() + ". Compare it with something.",
                    expression.span());
        }
    }

    StaticType not(Expression.Not not, Scope scope, Place place) {
        condition(not.operand(), scope, place);
        return StaticType.BOOLEAN;
    }

    StaticType sign(Expression.Sign sign, Scope scope, Place place) {
        StaticType operand = expressions.type(sign.operand(), scope, place);
        refuseOperand(operand, sign.operand(), sign.negative() ? "-" : "+");
        return operand;
    }

    StaticType binary(Expression.Binary binary, Scope scope, Place place) {
        return switch (binary.operator()) {
            case AND, OR, XOR -> {
                condition(binary.left(), scope, place);
                condition(binary.right(), scope, place);
                yield StaticType.BOOLEAN;
            }
            case IN -> membership(binary, scope, place.asValue());
            case STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES -> {
                expressions.type(binary.left(), scope, place.asValue());
                expressions.type(binary.right(), scope, place.asValue());
                yield StaticType.BOOLEAN;
            }
            case ADD -> sum(binary, scope, place.asValue());
            case SUBTRACT, MULTIPLY, DIVIDE, MODULO, POWER -> arithmetic(binary, scope, place.asValue());
        };
    }

    private StaticType membership(Expression.Binary binary, Scope scope, Place place) {
        expressions.type(binary.left(), scope, place);
        StaticType list = expressions.type(binary.right(), scope, place);
        if (!list.mayBe(Kind.LIST)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    "IN looks into a list, and this is " + list.shown() + ". Put it into square brackets.",
                    binary.right().span());
        }
        return StaticType.BOOLEAN;
    }

    /** {@code +} joins lists and strings as well. */
    private StaticType sum(Expression.Binary binary, Scope scope, Place place) {
        StaticType left = expressions.type(binary.left(), scope, place);
        StaticType right = expressions.type(binary.right(), scope, place);
        if (left.kind() == Kind.LIST || right.kind() == Kind.LIST) {
            return joined(left, right);
        }
        if (left.isNumber() && right.isNumber()) {
            return number(left, right);
        }
        boolean strings = left.kind() == Kind.STRING && right.kind() == Kind.STRING;
        return strings ? StaticType.STRING : StaticType.UNKNOWN;
    }

    private static StaticType joined(StaticType left, StaticType right) {
        if (left.kind() == Kind.UNKNOWN || right.kind() == Kind.UNKNOWN) {
            return StaticType.LIST;
        }
        StaticType first = left.kind() == Kind.LIST ? left.element() : left;
        StaticType second = right.kind() == Kind.LIST ? right.element() : right;
        return StaticType.listOf(first.or(second));
    }

    private StaticType arithmetic(Expression.Binary binary, Scope scope, Place place) {
        StaticType left = expressions.type(binary.left(), scope, place);
        StaticType right = expressions.type(binary.right(), scope, place);
        String symbol = symbol(binary.operator());
        refuseOperand(left, binary.left(), symbol);
        refuseOperand(right, binary.right(), symbol);
        if (!left.isNumber() || !right.isNumber()) {
            return StaticType.UNKNOWN;
        }
        return binary.operator() == BinaryOperator.POWER ? StaticType.FLOAT : number(left, right);
    }

    private static StaticType number(StaticType left, StaticType right) {
        boolean integers = left.kind() == Kind.INTEGER && right.kind() == Kind.INTEGER;
        return integers ? StaticType.INTEGER : StaticType.FLOAT;
    }

    private void refuseOperand(StaticType type, Expression operand, String symbol) {
        if (!type.mayBe(Kind.INTEGER, Kind.FLOAT, Kind.INSTANT, Kind.DURATION)) {
            throw faults.syntax(
                    ErrorDetail.INVALID_ARGUMENT_TYPE,
                    "Operator " + symbol + " calculates with numbers and durations, and this is " + type.shown() + ".",
                    operand.span());
        }
    }

    private static String symbol(BinaryOperator operator) {
        return switch (operator) {
            case SUBTRACT -> "-";
            case MULTIPLY -> "*";
            case DIVIDE -> "/";
            case MODULO -> "%";
            case POWER -> "^";
            case OR, XOR, AND, ADD, IN, STARTS_WITH, ENDS_WITH, CONTAINS, MATCHES -> operator.name();
        };
    }
}
