package skein.cypher.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.cypher.differential.Scope.Type;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonLink;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.Quantifier;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Query;

/** Expressions that cannot fail: each method makes one of the kind it is named after, or null. */
final class RandomExpressions {
    private final Dice dice;
    private final Scope scope;
    /** Whether patterns and subqueries may occur. */
    private final boolean looksAtGraph;

    RandomExpressions(Dice dice, Scope scope) {
        this(dice, scope, true);
    }

    /** @param looksAtGraph false where it is open whether a clause sees what it changes itself */
    RandomExpressions(Dice dice, Scope scope, boolean looksAtGraph) {
        this.dice = dice;
        this.scope = scope;
        this.looksAtGraph = looksAtGraph;
    }

    private RandomExpressions in(Scope inner) {
        return new RandomExpressions(dice, inner, looksAtGraph);
    }

    /** A property of something in scope, or something else when nothing is. */
    private Expression property(String key, Expression otherwise) {
        List<String> entities = scope.entities();
        return entities.isEmpty() ? otherwise : Trees.property(dice.from(entities), key);
    }

    private Expression variable(Type type, Expression otherwise) {
        List<String> names = scope.of(type);
        return names.isEmpty() ? otherwise : Trees.variable(dice.from(names));
    }

    Expression of(Type type, int depth) {
        return switch (type) {
            case INTEGER -> integer(depth);
            case NUMBER -> number(depth);
            case STRING -> string(depth);
            case BOOLEAN -> bool(depth);
            case LIST -> list(depth);
            case DATE -> date(depth);
            default -> any(depth);
        };
    }

    Expression integer(int depth) {
        Expression literal = Trees.integer(dice.below(7) - 2);
        if (depth == 0 || dice.percent(40)) {
            return switch (dice.below(8)) {
                case 0, 1 -> literal;
                case 2, 3, 4 -> property(dice.percent(70) ? "n" : "i", literal);
                case 5, 6 -> variable(Type.INTEGER, literal);
                default -> dice.percent(70) ? Trees.parameter("pn") : Trees.nothing();
            };
        }
        int less = depth - 1;
        return switch (dice.below(14)) {
            case 0 -> Trees.binary(BinaryOperator.ADD, integer(less), integer(less));
            case 1 -> Trees.binary(BinaryOperator.SUBTRACT, integer(less), integer(less));
            case 2 -> Trees.binary(BinaryOperator.MULTIPLY, integer(0), integer(0));
            case 3 ->
                Trees.binary(
                        dice.oneOf(BinaryOperator.MODULO, BinaryOperator.DIVIDE),
                        integer(less),
                        Trees.integer(dice.oneOf(2, 3, -2)));
            case 4 -> Trees.call("size", list(less));
            case 5 -> Trees.call("size", string(less));
            case 6 -> Trees.call("coalesce", integer(less), integer(less));
            case 7 -> choice(integer(less), integer(less), less);
            case 8 -> new Expression.ElementAccess(list(less), integer(0), Trees.NOWHERE);
            case 9 -> Trees.call(dice.oneOf("head", "last"), list(less));
            case 10 -> reduce(less);
            case 11 -> looksAtGraph ? count(less) : integer(less);
            case 12 -> ofEntity(literal);
            default -> Trees.call(dice.oneOf("abs", "sign"), integer(less));
        };
    }

    private Expression ofEntity(Expression otherwise) {
        List<String> paths = scope.of(Type.PATH);
        if (!paths.isEmpty()) {
            return Trees.call("length", Trees.variable(dice.from(paths)));
        }
        List<String> lists = scope.of(Type.RELATIONSHIPS);
        if (!lists.isEmpty()) {
            return Trees.call("size", Trees.variable(dice.from(lists)));
        }
        List<String> nodes = scope.nodes();
        if (!nodes.isEmpty()) {
            return Trees.call("size", Trees.call(dice.oneOf("labels", "keys"), Trees.variable(dice.from(nodes))));
        }
        return otherwise;
    }

    private Expression reduce(int depth) {
        Scope inner = scope.copy();
        Expression list = list(depth);
        String sum = inner.declare("s", Type.INTEGER);
        String one = inner.declare("e", Type.INTEGER);
        Expression body = Trees.binary(
                dice.oneOf(BinaryOperator.ADD, BinaryOperator.SUBTRACT),
                Trees.variable(sum),
                dice.percent(60) ? Trees.variable(one) : in(inner).integer(0));
        return new Expression.Reduce(Trees.variable(sum), integer(0), Trees.variable(one), list, body, Trees.NOWHERE);
    }

    private Expression choice(Expression then, Expression otherwise, int depth) {
        boolean simple = dice.percent(40);
        Expression when = simple ? integer(depth) : bool(depth);
        return new Expression.Case(
                simple ? Optional.of(integer(depth)) : Optional.empty(),
                List.of(new Expression.CaseBranch(when, then)),
                dice.percent(70) ? Optional.of(otherwise) : Optional.empty(),
                Trees.NOWHERE);
    }

    Expression number(int depth) {
        Expression literal = Trees.number(dice.oneOf(0.5, 1.0, -2.5, 0.0));
        if (depth == 0 || dice.percent(50)) {
            return switch (dice.below(5)) {
                case 0 -> literal;
                case 1 -> Trees.parameter(dice.oneOf("pf", "pg"));
                case 2 -> variable(Type.NUMBER, integer(0));
                default -> property(dice.percent(70) ? "f" : "g", literal);
            };
        }
        return switch (dice.below(4)) {
            case 0 ->
                Trees.binary(
                        dice.oneOf(
                                BinaryOperator.ADD,
                                BinaryOperator.SUBTRACT,
                                BinaryOperator.MULTIPLY,
                                BinaryOperator.DIVIDE,
                                BinaryOperator.POWER),
                        integer(depth - 1),
                        Trees.number(dice.oneOf(0.5, 2.0, 0.0)));
            case 1 -> Trees.call(dice.oneOf("floor", "ceil", "round", "sqrt", "toFloat"), integer(depth - 1));
            case 2 -> Trees.call("coalesce", number(depth - 1), number(depth - 1));
            default -> integer(depth - 1);
        };
    }

    Expression string(int depth) {
        Expression literal = Trees.string(dice.oneOf("", "a", "ab", "\u00c5", "b", "1"));
        if (depth == 0 || dice.percent(50)) {
            return switch (dice.below(5)) {
                case 0 -> literal;
                case 1 -> Trees.parameter("ps");
                case 2 -> variable(Type.STRING, literal);
                default -> property("s", literal);
            };
        }
        int less = depth - 1;
        return switch (dice.below(8)) {
            case 0 -> Trees.binary(BinaryOperator.ADD, string(less), string(less));
            case 1 -> Trees.binary(BinaryOperator.ADD, string(less), integer(less));
            case 2 -> Trees.call(dice.oneOf("toUpper", "toLower", "trim", "reverse"), string(less));
            case 3 -> Trees.call(dice.oneOf("left", "right", "substring"), string(less), Trees.integer(dice.below(3)));
            case 4 -> Trees.call("toString", dice.percent(50) ? integer(less) : bool(0));
            case 5 -> Trees.call("replace", string(less), Trees.string("a"), string(0));
            case 6 -> choice(string(less), string(0), less);
            default -> type(literal);
        };
    }

    private Expression type(Expression otherwise) {
        List<String> relationships = scope.of(Type.RELATIONSHIP);
        return relationships.isEmpty() ? otherwise : Trees.call("type", Trees.variable(dice.from(relationships)));
    }

    Expression date(int depth) {
        Expression literal = Trees.call("date", Trees.string(dice.oneOf("2020-02-29", "2021-01-28")));
        if (depth > 0 && dice.percent(30)) {
            return Trees.binary(
                    dice.oneOf(BinaryOperator.ADD, BinaryOperator.SUBTRACT),
                    date(depth - 1),
                    Trees.call("duration", Trees.string(dice.oneOf("P1M", "P2D", "P1M1D"))));
        }
        return dice.percent(60) ? property("d", literal) : variable(Type.DATE, literal);
    }

    Expression list(int depth) {
        Expression literal = Trees.list(integers());
        if (depth == 0 || dice.percent(40)) {
            return switch (dice.below(4)) {
                case 0 -> literal;
                case 1 -> variable(Type.LIST, literal);
                case 2 -> Trees.parameter("pl");
                default -> property("l", literal);
            };
        }
        int less = depth - 1;
        return switch (dice.below(9)) {
            case 0 -> Trees.call("range", Trees.integer(dice.below(3)), Trees.integer(dice.below(5)));
            case 1 -> Trees.binary(BinaryOperator.ADD, list(less), dice.percent(60) ? list(less) : integer(less));
            case 2 -> Trees.call(dice.oneOf("tail", "reverse"), list(less));
            case 3 -> new Expression.Slice(list(less), bound(), bound(), Trees.NOWHERE);
            case 4, 5 -> comprehension(less);
            case 6 -> looksAtGraph ? patternComprehension(less) : list(less);
            case 7 -> looksAtGraph ? collected(less) : list(less);
            default -> Trees.list(List.of(integer(less), integer(less)));
        };
    }

    private List<Expression> integers() {
        List<Expression> items = new ArrayList<>();
        for (int i = dice.below(4); i > 0; i--) {
            items.add(dice.percent(10) ? Trees.nothing() : Trees.integer(dice.below(4)));
        }
        return items;
    }

    private Optional<Expression> bound() {
        return dice.percent(60) ? Optional.of(Trees.integer(dice.below(5) - 2)) : Optional.empty();
    }

    private Expression comprehension(int depth) {
        Scope inner = scope.copy();
        Expression list = list(depth);
        String name = inner.declare("e", Type.INTEGER);
        return new Expression.ListComprehension(
                Trees.variable(name),
                list,
                dice.percent(50) ? Optional.of(in(inner).bool(depth)) : Optional.empty(),
                dice.percent(60) ? Optional.of(in(inner).integer(depth)) : Optional.empty(),
                Trees.NOWHERE);
    }

    private Expression patternComprehension(int depth) {
        Scope inner = scope.copy();
        Pattern.PathPattern path = new RandomPatterns(dice, inner).around(true);
        return new Expression.PatternComprehension(
                path,
                dice.percent(40) ? Optional.of(in(inner).bool(depth)) : Optional.empty(),
                in(inner).integer(depth),
                Trees.NOWHERE);
    }

    private Expression count(int depth) {
        return new Expression.CountSubquery(subquery(depth), Trees.NOWHERE);
    }

    /** In an order that leaves nothing open, or in none. */
    private Expression collected(int depth) {
        Query.Single first = collectedPart(depth);
        Query query = dice.percent(85)
                ? first
                : new Query.Union(
                        List.of(first, collectedPart(depth)),
                        List.of(dice.oneOf(Query.UnionKind.values())),
                        Trees.NOWHERE);
        return new Expression.CollectSubquery(query, Trees.NOWHERE);
    }

    private Query.Single collectedPart(int depth) {
        Scope inner = scope.copy();
        Pattern.PathPattern path = new RandomPatterns(dice, inner).around(true);
        Optional<Expression> where = dice.percent(30) ? Optional.of(in(inner).bool(0)) : Optional.empty();
        boolean ordered = dice.percent(60);
        Expression value = dice.percent(20)
                ? Trees.call(dice.oneOf("count", "sum", "max"), in(inner).integer(0))
                : in(inner).integer(depth);
        Clause.Projection projection = new Clause.Projection(
                dice.percent(30),
                false,
                List.of(Trees.item(value, "q")),
                ordered ? List.of(new Clause.SortItem(Trees.variable("q"), dice.percent(60))) : List.of(),
                ordered && dice.percent(20) ? Optional.of(Trees.integer(dice.below(3))) : Optional.empty(),
                ordered && dice.percent(30) ? Optional.of(Trees.integer(dice.below(4))) : Optional.empty());
        return new Query.Single(
                List.of(
                        new Clause.Match(false, new Pattern(List.of(path)), where, List.of(), Trees.NOWHERE),
                        new Clause.Return(projection, Trees.NOWHERE)),
                Trees.NOWHERE);
    }

    private Query subquery(int depth) {
        Scope inner = scope.copy();
        Pattern.PathPattern path = new RandomPatterns(dice, inner).around(true);
        Optional<Expression> where =
                dice.percent(50) ? Optional.of(in(inner).bool(Math.min(depth, 1))) : Optional.empty();
        List<Clause> clauses = new ArrayList<>();
        clauses.add(new Clause.Match(false, new Pattern(List.of(path)), where, List.of(), Trees.NOWHERE));
        if (dice.percent(20)) {
            clauses.add(new Clause.Return(
                    new Clause.Projection(
                            dice.percent(50),
                            false,
                            List.of(Trees.item(in(inner).integer(0), "q")),
                            List.of(),
                            Optional.empty(),
                            Optional.empty()),
                    Trees.NOWHERE));
        }
        return new Query.Single(clauses, Trees.NOWHERE);
    }

    /** What WHERE takes: patterns may stand in it. */
    Expression condition(int depth) {
        if (depth > 0 && dice.percent(25)) {
            Expression left = condition(depth - 1);
            return dice.percent(20)
                    ? Trees.not(left)
                    : Trees.binary(
                            dice.oneOf(BinaryOperator.AND, BinaryOperator.OR, BinaryOperator.XOR),
                            left,
                            condition(depth - 1));
        }
        if (dice.percent(12) && !scope.nodes().isEmpty()) {
            return new Expression.PatternPredicate(new RandomPatterns(dice, scope.copy()).around(false), Trees.NOWHERE);
        }
        return bool(depth);
    }

    Expression bool(int depth) {
        if (depth == 0 || dice.percent(15)) {
            return switch (dice.below(6)) {
                case 0 -> dice.percent(60) ? Trees.bool(true) : dice.oneOf(Trees.bool(false), Trees.nothing());
                case 1 -> property("b", Trees.bool(true));
                case 2 -> variable(Type.BOOLEAN, Trees.bool(false));
                case 3 -> label();
                default -> Trees.compare(integer(0), ordering(), integer(0));
            };
        }
        int less = depth - 1;
        return switch (dice.below(16)) {
            case 0, 1 -> Trees.binary(BinaryOperator.AND, bool(less), bool(less));
            case 2, 3 -> Trees.binary(BinaryOperator.OR, bool(less), bool(less));
            case 4 -> Trees.binary(BinaryOperator.XOR, bool(less), bool(less));
            case 5 -> Trees.not(bool(less));
            case 6, 7 -> Trees.compare(integer(less), comparison(), integer(less));
            case 8 -> Trees.compare(number(less), comparison(), number(less));
            case 9 -> Trees.compare(string(less), comparison(), string(less));
            case 10 -> Trees.compare(any(less), comparison(), any(less));
            case 11 -> new Expression.IsNull(any(less), dice.percent(50), Trees.NOWHERE);
            case 12 -> Trees.binary(BinaryOperator.IN, dice.percent(60) ? integer(less) : any(less), list(less));
            case 13 -> quantified(less);
            case 14 -> looksAtGraph ? new Expression.ExistsSubquery(subquery(less), Trees.NOWHERE) : bool(less);
            default -> rarer(less);
        };
    }

    private Expression rarer(int depth) {
        return switch (dice.below(4)) {
            case 0 -> Trees.compare(date(depth), comparison(), date(depth));
            case 1 ->
                Trees.binary(
                        dice.oneOf(BinaryOperator.STARTS_WITH, BinaryOperator.ENDS_WITH, BinaryOperator.CONTAINS),
                        string(depth),
                        string(depth));
            case 2 -> sameEntity();
            default ->
                new Expression.Comparison(
                        integer(depth),
                        List.of(
                                new ComparisonLink(comparison(), integer(depth)),
                                new ComparisonLink(comparison(), integer(depth))),
                        Trees.NOWHERE);
        };
    }

    private Expression sameEntity() {
        List<String> nodes = scope.nodes();
        if (nodes.isEmpty()) {
            return Trees.bool(true);
        }
        return Trees.compare(
                Trees.variable(dice.from(nodes)),
                dice.oneOf(ComparisonOperator.EQUAL, ComparisonOperator.NOT_EQUAL),
                Trees.variable(dice.from(nodes)));
    }

    private Expression quantified(int depth) {
        Scope inner = scope.copy();
        Expression list = list(depth);
        String name = inner.declare("e", Type.INTEGER);
        return new Expression.Quantified(
                dice.oneOf(Quantifier.values()),
                Trees.variable(name),
                list,
                in(inner).bool(depth),
                Trees.NOWHERE);
    }

    private Expression label() {
        List<String> nodes = scope.nodes();
        return nodes.isEmpty()
                ? Trees.bool(false)
                : new Expression.LabelPredicate(
                        Trees.variable(dice.from(nodes)), List.of(dice.from(RandomGraphs.LABELS)), Trees.NOWHERE);
    }

    private ComparisonOperator comparison() {
        return dice.percent(40) ? ComparisonOperator.EQUAL : dice.oneOf(ComparisonOperator.values());
    }

    /** One that holds more often. */
    private ComparisonOperator ordering() {
        return dice.oneOf(
                ComparisonOperator.NOT_EQUAL, ComparisonOperator.LESS_OR_EQUAL, ComparisonOperator.GREATER_OR_EQUAL);
    }

    Expression any(int depth) {
        return switch (dice.below(depth == 0 ? 6 : 10)) {
            case 0, 1 -> property(dice.percent(60) ? "m" : "g", Trees.parameter("pm"));
            case 2 -> Trees.parameter(dice.oneOf("pm", "pg", "pf"));
            case 3 -> Trees.nothing();
            case 4 -> variable(Type.ANY, string(0));
            case 5 -> number(0);
            case 6 -> Trees.list(List.of(any(depth - 1), any(depth - 1)));
            case 7 -> Trees.map("k", any(depth - 1));
            case 8 -> bool(depth - 1);
            default -> list(depth - 1);
        };
    }
}
