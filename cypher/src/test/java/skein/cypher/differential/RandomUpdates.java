package skein.cypher.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skein.cypher.differential.Scope.Type;
import skein.cypher.syntax.Clause;
import skein.cypher.syntax.Clause.RemoveItem;
import skein.cypher.syntax.Clause.SetItem;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.cypher.syntax.Pattern.RelationshipPattern;

/** Clauses that change the graph. */
final class RandomUpdates {
    private final Dice dice;
    private final Scope scope;

    RandomUpdates(Dice dice, Scope scope) {
        this.dice = dice;
        this.scope = scope;
    }

    private RandomExpressions expressions() {
        return new RandomExpressions(dice, scope, false);
    }

    Clause update() {
        boolean known = !scope.entities().isEmpty();
        return switch (dice.below(known ? 10 : 5)) {
            case 0, 1 -> create();
            case 2, 3 -> merge();
            case 4 -> foreach();
            case 5 -> remove();
            default -> new Clause.Set(sets(), Trees.NOWHERE);
        };
    }

    private Clause create() {
        Scope before = scope.copy();
        List<Hop> hops = new ArrayList<>();
        NodePattern start = node(before);
        if (dice.percent(60)
                || start.variable()
                        .filter(v -> before.names().contains(v.name()))
                        .isPresent()) {
            hops.add(new Hop(relationship(before, dice.oneOf(Arrow.LEFT, Arrow.RIGHT)), node(before)));
        }
        return new Clause.Create(new Pattern(List.of(path(start, hops))), Trees.NOWHERE);
    }

    private static PathPattern path(NodePattern start, List<Hop> hops) {
        return new PathPattern(Optional.empty(), start, hops, PathSelector.EVERY, Trees.NOWHERE);
    }

    /** One that is bound, or a new one. */
    private NodePattern node(Scope before) {
        List<String> bound = before.of(Type.NODE);
        if (!bound.isEmpty() && dice.percent(55)) {
            return new NodePattern(
                    Optional.of(Trees.variable(dice.from(bound))), List.of(), Optional.empty(), Trees.NOWHERE);
        }
        Optional<Variable> name =
                dice.percent(60) ? Optional.of(Trees.variable(scope.declare("a", Type.NODE))) : Optional.empty();
        List<String> labels = dice.percent(60) ? List.of(dice.from(RandomGraphs.LABELS)) : List.of();
        return new NodePattern(name, labels, properties(before, false), Trees.NOWHERE);
    }

    /** @param sure there is a value, as MERGE wants it */
    private Optional<Expression> properties(Scope before, boolean sure) {
        if (!sure && dice.percent(40)) {
            return Optional.empty();
        }
        Expression value = new RandomExpressions(dice, before, false).integer(1);
        return Optional.of(
                Trees.map("n", sure && dice.percent(90) ? Trees.call("coalesce", value, Trees.integer(1)) : value));
    }

    private RelationshipPattern relationship(Scope before, Arrow arrow) {
        Optional<Variable> name = dice.percent(40)
                ? Optional.of(Trees.variable(scope.declare("r", Type.RELATIONSHIP)))
                : Optional.empty();
        return new RelationshipPattern(
                name,
                List.of(dice.from(RandomGraphs.TYPES)),
                arrow,
                Optional.empty(),
                dice.percent(30) ? properties(before, true) : Optional.empty(),
                Optional.empty(),
                Trees.NOWHERE);
    }

    private Clause merge() {
        Scope before = scope.copy();
        List<String> bound = before.of(Type.NODE);
        PathPattern path;
        if (bound.isEmpty() || dice.percent(35)) {
            String name = scope.declare("a", Type.NODE);
            path = path(
                    new NodePattern(
                            Optional.of(Trees.variable(name)),
                            dice.percent(70) ? List.of(dice.from(RandomGraphs.LABELS)) : List.of(),
                            properties(before, true),
                            Trees.NOWHERE),
                    List.of());
        } else {
            NodePattern start = new NodePattern(
                    Optional.of(Trees.variable(dice.from(bound))), List.of(), Optional.empty(), Trees.NOWHERE);
            path = path(start, List.of(new Hop(relationship(before, dice.oneOf(Arrow.values())), node(before))));
        }
        return new Clause.Merge(
                path, dice.percent(40) ? sets() : List.of(), dice.percent(40) ? sets() : List.of(), Trees.NOWHERE);
    }

    private List<SetItem> sets() {
        List<SetItem> items = new ArrayList<>();
        List<String> entities = scope.entities();
        for (int i = 1 + dice.below(2); i > 0 && !entities.isEmpty(); i--) {
            items.add(set(dice.from(entities)));
        }
        return items;
    }

    private SetItem set(String entity) {
        boolean node = scope.type(entity).isNode();
        return switch (dice.below(8)) {
            case 0 ->
                node
                        ? new SetItem.Labels(Trees.variable(entity), List.of(dice.from(RandomGraphs.LABELS)))
                        : property(entity);
            case 1 -> new SetItem.Merge(Trees.variable(entity), map());
            case 2 -> new SetItem.Replace(Trees.variable(entity), dice.percent(50) ? map() : source());
            case 3 -> new SetItem.Merge(Trees.variable(entity), source());
            default -> property(entity);
        };
    }

    private Expression map() {
        return Trees.map(dice.oneOf("n", "x"), expressions().integer(1));
    }

    /** Something whose properties are copied. */
    private Expression source() {
        List<String> sure = new ArrayList<>(scope.of(Type.NODE));
        return sure.isEmpty() ? map() : Trees.variable(dice.from(sure));
    }

    private SetItem property(String entity) {
        String key = dice.oneOf("n", "n", "s", "b", "l", "x");
        RandomExpressions expressions = expressions();
        Expression value = switch (key) {
            case "s" -> expressions.string(1);
            case "b" -> expressions.bool(1);
            case "l" -> Trees.parameter("pl");
            default -> expressions.integer(1);
        };
        return new SetItem.ToProperty(Trees.property(entity, key), value);
    }

    private Clause remove() {
        String entity = dice.from(scope.entities());
        RemoveItem item = scope.type(entity).isNode() && dice.percent(50)
                ? new RemoveItem.Labels(Trees.variable(entity), List.of(dice.from(RandomGraphs.LABELS)))
                : new RemoveItem.Property(Trees.property(entity, dice.oneOf("n", "s", "i")));
        return new Clause.Remove(List.of(item), Trees.NOWHERE);
    }

    private Clause foreach() {
        Expression list = expressions().list(1);
        Scope inner = scope.copy();
        String element = inner.declare("e", Type.INTEGER);
        RandomUpdates updates = new RandomUpdates(dice, inner);
        Clause update = dice.percent(50) || scope.entities().isEmpty()
                ? updates.create()
                : new Clause.Set(List.of(updates.property(dice.from(scope.entities()))), Trees.NOWHERE);
        return new Clause.Foreach(Trees.variable(element), list, List.of(update), Trees.NOWHERE);
    }

    Optional<Clause> delete() {
        List<String> entities = scope.entities();
        if (entities.isEmpty()) {
            return Optional.empty();
        }
        String entity = dice.from(entities);
        boolean detach = scope.type(entity).isNode() && dice.percent(70);
        return Optional.of(new Clause.Delete(detach, List.of(Trees.variable(entity)), Trees.NOWHERE));
    }
}
