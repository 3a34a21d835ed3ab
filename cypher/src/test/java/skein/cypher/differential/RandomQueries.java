package skein.cypher.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.cypher.differential.Scope.Type;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.Projection;
import skein.cypher.syntax.Clause.ProjectionItem;
import skein.cypher.syntax.Clause.SortItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.BinaryOperator;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Query;
import skein.cypher.syntax.Query.UnionKind;

/** Queries of a grammar of our own, from the kinds of clauses that there are. */
final class RandomQueries {
    private static final int DEPTH = 2;

    private final Dice dice;

    RandomQueries(Dice dice) {
        this.dice = dice;
    }

    Query query() {
        if (dice.percent(10)) {
            return untyped();
        }
        if (dice.percent(7)) {
            int columns = 1 + dice.below(2);
            return new Query.Union(
                    List.of(reading(columns), reading(columns)),
                    List.of(dice.oneOf(UnionKind.values())),
                    Trees.NOWHERE);
        }
        return dice.percent(28) ? updating() : reading(1 + dice.below(3));
    }

    private Query.Single reading(int columns) {
        Scope scope = Scope.empty();
        List<Clause> clauses = beginning(scope);
        clauses.add(result(scope, columns));
        return new Query.Single(clauses, Trees.NOWHERE);
    }

    private List<Clause> beginning(Scope scope) {
        List<Clause> clauses = new ArrayList<>();
        clauses.add(dice.percent(80) ? match(scope, dice.percent(8)) : unwind(scope));
        int more = dice.below(10);
        for (int i = more < 4 ? 0 : more < 8 ? 1 : 2; i > 0; i--) {
            clauses.add(
                    switch (dice.below(10)) {
                        case 0, 1, 2 -> match(scope, false);
                        case 3, 4 -> match(scope, true);
                        case 5 -> unwind(scope);
                        case 6 -> call(scope);
                        default -> with(scope);
                    });
        }
        return clauses;
    }

    private RandomExpressions expressions(Scope scope) {
        return new RandomExpressions(dice, scope);
    }

    private Clause match(Scope scope, boolean optional) {
        List<String> before = scope.names();
        Pattern pattern = new RandomPatterns(dice, scope).pattern();
        Optional<Expression> where =
                dice.percent(35) ? Optional.of(expressions(scope).condition(DEPTH)) : Optional.empty();
        if (optional) {
            scope.loosen(before);
        }
        return new Clause.Match(optional, pattern, where, List.of(), Trees.NOWHERE);
    }

    private Clause unwind(Scope scope) {
        Expression list = expressions(scope).list(DEPTH);
        return new Clause.Unwind(list, Trees.variable(scope.declare("u", Type.INTEGER)), Trees.NOWHERE);
    }

    private Clause call(Scope scope) {
        List<String> nodes = scope.nodes();
        Scope inner = scope.blank();
        List<Clause> clauses = new ArrayList<>();
        Optional<List<Variable>> imports = Optional.empty();
        if (!nodes.isEmpty() && dice.percent(70)) {
            String node = dice.from(nodes);
            inner.put(node, scope.type(node));
            if (dice.percent(50)) {
                imports = Optional.of(List.of(Trees.variable(node)));
            } else {
                clauses.add(
                        new Clause.With(Trees.projection(List.of(Trees.item(node))), Optional.empty(), Trees.NOWHERE));
            }
        }
        clauses.add(match(inner, false));
        String name = scope.declare("q", Type.INTEGER);
        Expression value = dice.percent(40)
                ? aggregate(inner, Type.INTEGER)
                : expressions(inner).integer(1);
        clauses.add(new Clause.Return(Trees.projection(List.of(Trees.item(value, name))), Trees.NOWHERE));
        return new Clause.CallSubquery(
                new Query.Single(clauses, Trees.NOWHERE), imports, false, false, Optional.empty(), Trees.NOWHERE);
    }

    private record Item(ProjectionItem item, Type type) {}

    /** Some variables go on, some expressions join them; DISTINCT, aggregates, order and bounds by chance. */
    private Clause with(Scope scope) {
        List<Item> items = new ArrayList<>();
        for (String name : scope.names()) {
            if (dice.percent(65)) {
                items.add(new Item(Trees.item(name), scope.type(name)));
            }
        }
        Scope behind = scope.blank();
        if (items.isEmpty() || dice.percent(60)) {
            boolean aggregates = dice.percent(40);
            Type type =
                    dice.oneOf(Type.INTEGER, Type.INTEGER, Type.NUMBER, Type.STRING, Type.BOOLEAN, Type.LIST, Type.ANY);
            Expression value =
                    aggregates ? aggregate(scope, type) : expressions(scope).of(type, DEPTH);
            items.add(new Item(Trees.item(value, behind.declare("w", type)), type));
        }
        items.forEach(item -> behind.put(item.item.name(), item.type));
        Projection projection = ordered(items, dice.percent(20), dice.percent(25));
        replace(scope, behind);
        Optional<Expression> where =
                dice.percent(25) ? Optional.of(expressions(scope).condition(1)) : Optional.empty();
        return new Clause.With(projection, where, Trees.NOWHERE);
    }

    private static void replace(Scope scope, Scope by) {
        scope.forget();
        scope.putAll(by);
    }

    /** With an order in which nothing is left open, if what is projected allows it. */
    private Projection ordered(List<Item> items, boolean distinct, boolean bounded) {
        List<SortItem> order = new ArrayList<>();
        if (bounded || dice.percent(10)) {
            for (Item item : items) {
                sortKey(item).ifPresent(key -> order.add(new SortItem(key, dice.percent(60))));
            }
        }
        return new Projection(
                distinct,
                false,
                items.stream().map(Item::item).toList(),
                order,
                bounded && dice.percent(40) ? Optional.of(Trees.integer(dice.below(3))) : Optional.empty(),
                bounded && dice.percent(80) ? Optional.of(Trees.integer(dice.below(5))) : Optional.empty());
    }

    private static Optional<Expression> sortKey(Item item) {
        String name = item.item.name();
        return switch (item.type) {
            case NODE, NODE_OR_NULL, RELATIONSHIP -> Optional.of(Trees.property(name, "i"));
            case PATH -> Optional.of(Trees.call("length", Trees.variable(name)));
            case RELATIONSHIPS -> Optional.of(Trees.call("size", Trees.variable(name)));
            case ANY -> Optional.empty();
            default -> Optional.of(Trees.variable(name));
        };
    }

    private Expression aggregate(Scope scope, Type type) {
        RandomExpressions expressions = expressions(scope);
        return switch (type) {
            case INTEGER ->
                switch (dice.below(6)) {
                    case 0 -> new Expression.CountStar(Trees.NOWHERE);
                    case 1 -> Trees.call("count", expressions.any(1));
                    case 2 -> Trees.distinct("count", expressions.any(1));
                    case 3 ->
                        dice.percent(50)
                                ? Trees.call("sum", expressions.integer(1))
                                : Trees.distinct("sum", expressions.integer(1));
                    case 4 -> Trees.call(dice.oneOf("min", "max"), expressions.integer(1));
                    default -> Trees.call("size", Trees.call("collect", expressions.any(1)));
                };
            case NUMBER ->
                dice.percent(50)
                        ? Trees.call("avg", expressions.integer(1))
                        : Trees.call(dice.oneOf("min", "max"), expressions.number(1));
            case STRING -> Trees.call(dice.oneOf("min", "max"), expressions.string(1));
            case LIST ->
                dice.percent(50)
                        ? Trees.call("collect", expressions.integer(1))
                        : Trees.distinct("collect", expressions.integer(1));
            case BOOLEAN ->
                Trees.compare(
                        Trees.call("count", expressions.any(1)),
                        ComparisonOperator.GREATER,
                        Trees.integer(dice.below(3)));
            default ->
                dice.percent(70)
                        ? Trees.call(dice.oneOf("min", "max"), expressions.any(0))
                        : new Expression.FunctionCall(
                                dice.oneOf("percentileDisc", "percentileCont"),
                                false,
                                List.of(expressions.integer(0), Trees.number(dice.oneOf(0.0, 0.5, 0.9, 1.0))),
                                Trees.NOWHERE);
        };
    }

    private Clause result(Scope scope, int columns) {
        List<Item> items = new ArrayList<>();
        boolean aggregates = dice.percent(25);
        for (int i = 0; i < columns; i++) {
            List<String> names = scope.names();
            Expression value;
            Type type;
            if (!names.isEmpty() && dice.percent(45)) {
                String name = dice.from(names);
                type = scope.type(name);
                value = Trees.variable(name);
            } else {
                type = dice.oneOf(
                        Type.INTEGER,
                        Type.INTEGER,
                        Type.NUMBER,
                        Type.STRING,
                        Type.BOOLEAN,
                        Type.LIST,
                        Type.DATE,
                        Type.ANY);
                value = aggregates && i == columns - 1
                        ? aggregate(scope, type)
                        : expressions(scope).of(type, DEPTH);
            }
            items.add(new Item(Trees.item(value, "c" + i), type));
        }
        return new Clause.Return(ordered(items, dice.percent(25), dice.percent(20)), Trees.NOWHERE);
    }

    /** Operators on whatever values, also where that is an error. */
    private Query untyped() {
        Scope scope = Scope.empty();
        List<Clause> clauses = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (dice.percent(50)) {
            clauses.add(match(scope, false));
        }
        for (int i = 0; i < 2; i++) {
            List<Expression> values = new ArrayList<>();
            for (int j = 1 + dice.below(3); j > 0; j--) {
                values.add(
                        dice.percent(20)
                                ? expressions(scope).list(0)
                                : expressions(scope).any(1));
            }
            names.add(scope.declare("x", Type.ANY));
            clauses.add(new Clause.Unwind(Trees.list(values), Trees.variable(names.getLast()), Trees.NOWHERE));
        }
        Expression value = operation(Trees.variable(names.get(0)), Trees.variable(names.get(1)));
        if (dice.percent(30)) {
            value = operation(value, Trees.variable(names.get(0)));
        }
        clauses.add(new Clause.Return(Trees.projection(List.of(Trees.item(value, "c0"))), Trees.NOWHERE));
        return new Query.Single(clauses, Trees.NOWHERE);
    }

    private Expression operation(Expression x, Expression y) {
        return switch (dice.below(8)) {
            case 0, 1 -> Trees.binary(dice.oneOf(BinaryOperator.values()), x, y);
            case 2, 3 -> Trees.compare(x, dice.oneOf(ComparisonOperator.values()), y);
            case 4 -> new Expression.ElementAccess(x, y, Trees.NOWHERE);
            case 5 ->
                Trees.call(
                        dice.oneOf(
                                "size",
                                "abs",
                                "toInteger",
                                "toFloat",
                                "toBoolean",
                                "toUpper",
                                "head",
                                "reverse",
                                "keys",
                                "toIntegerOrNull",
                                "toStringOrNull",
                                "sqrt"),
                        x);
            case 6 -> Trees.binary(BinaryOperator.IN, x, Trees.list(List.of(y, x)));
            default -> Trees.call("coalesce", Trees.compare(x, ComparisonOperator.LESS, y), x);
        };
    }

    private Query updating() {
        Scope scope = Scope.empty();
        List<Clause> clauses = dice.percent(90) ? beginning(scope) : new ArrayList<>();
        RandomUpdates updates = new RandomUpdates(dice, scope);
        for (int i = dice.percent(55) ? 1 : 2 + dice.below(2); i > 0; i--) {
            clauses.add(updates.update());
        }
        if (dice.percent(15) && !clauses.isEmpty()) {
            clauses.add(new Clause.With(
                    new Projection(false, true, List.of(), List.of(), Optional.empty(), Optional.empty()),
                    Optional.empty(),
                    Trees.NOWHERE));
            clauses.add(match(scope, false));
        }
        Optional<Clause> delete = dice.percent(25) ? updates.delete() : Optional.empty();
        if (delete.isPresent()) {
            clauses.add(delete.get());
            if (dice.percent(60)) {
                clauses.add(new Clause.Return(
                        Trees.projection(List.of(Trees.item(new Expression.CountStar(Trees.NOWHERE), "c0"))),
                        Trees.NOWHERE));
            }
        } else if (clauses.size() > 1 && dice.percent(60) || clauses.getLast() instanceof Clause.Match) {
            clauses.add(result(scope, 1 + dice.below(2)));
        }
        return new Query.Single(clauses, Trees.NOWHERE);
    }
}
