package skein.cypher.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import skein.cypher.differential.Scope.Type;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.Length;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.cypher.syntax.Pattern.RelationshipPattern;

/** Patterns to be matched; what they name is declared in the scope. */
final class RandomPatterns {
    private static final int HOPS_MAX = 3;

    private final Dice dice;
    private final Scope scope;
    /** What properties of the pattern may depend on. */
    private final Scope outer;

    RandomPatterns(Dice dice, Scope scope) {
        this.dice = dice;
        this.scope = scope;
        this.outer = scope.copy();
    }

    /** What MATCH takes. */
    Pattern pattern() {
        List<PathPattern> paths = new ArrayList<>();
        for (int parts = dice.percent(20) ? 2 : 1; parts > 0; parts--) {
            paths.add(path(dice.below(HOPS_MAX), true, dice.percent(15)));
        }
        return new Pattern(paths);
    }

    /** A path of at least one relationship that begins, if it can, at something known. */
    PathPattern around(boolean names) {
        List<String> nodes = scope.nodes();
        NodePattern start = nodes.isEmpty() ? node(names) : known(dice.from(nodes));
        return path(start, 1 + dice.below(2), names, false);
    }

    private PathPattern path(int hops, boolean names, boolean named) {
        return path(node(names), hops, names, named);
    }

    private PathPattern path(NodePattern start, int hops, boolean names, boolean named) {
        List<Hop> steps = new ArrayList<>();
        for (int i = 0; i < hops; i++) {
            steps.add(new Hop(relationship(names), node(names)));
        }
        Optional<Variable> name = named ? Optional.of(Trees.variable(scope.declare("p", Type.PATH))) : Optional.empty();
        return new PathPattern(name, start, steps, PathSelector.EVERY, Trees.NOWHERE);
    }

    private static NodePattern known(String name) {
        return new NodePattern(Optional.of(Trees.variable(name)), List.of(), Optional.empty(), Trees.NOWHERE);
    }

    private NodePattern node(boolean names) {
        List<String> nodes = scope.nodes();
        Optional<Variable> variable = Optional.empty();
        if (!nodes.isEmpty() && dice.percent(30)) {
            variable = Optional.of(Trees.variable(dice.from(nodes)));
        } else if (names && dice.percent(70)) {
            variable = Optional.of(Trees.variable(scope.declare("a", Type.NODE)));
        }
        List<String> labels = new ArrayList<>();
        if (dice.percent(28)) {
            labels.add(dice.from(RandomGraphs.LABELS));
            if (dice.percent(10)) {
                labels.add(dice.oneOf("A", "Z"));
            }
        }
        return new NodePattern(variable, labels, properties(8), Trees.NOWHERE);
    }

    private Optional<Expression> properties(int chance) {
        if (!dice.percent(chance)) {
            return Optional.empty();
        }
        RandomExpressions expressions = new RandomExpressions(dice, outer);
        return Optional.of(
                switch (dice.below(4)) {
                    case 0 -> Trees.map("s", expressions.string(0));
                    case 1 -> Trees.map("f", expressions.number(0));
                    case 2 -> Trees.map("i", Trees.integer(dice.below(6)));
                    default -> Trees.map("n", expressions.integer(0));
                });
    }

    private RelationshipPattern relationship(boolean names) {
        boolean several = dice.percent(18);
        Optional<Variable> variable = names && dice.percent(50)
                ? Optional.of(Trees.variable(scope.declare("r", several ? Type.RELATIONSHIPS : Type.RELATIONSHIP)))
                : Optional.empty();
        List<String> types = new ArrayList<>();
        if (dice.percent(35)) {
            types.add(dice.from(RandomGraphs.TYPES));
            if (dice.percent(20)) {
                types.add(dice.oneOf("S", "Z"));
            }
        }
        return new RelationshipPattern(
                variable,
                types,
                dice.percent(40) ? Arrow.EITHER : dice.oneOf(Arrow.values()),
                several ? Optional.of(length()) : Optional.empty(),
                properties(4),
                Optional.empty(),
                Trees.NOWHERE);
    }

    private Length length() {
        OptionalInt min = dice.percent(70) ? OptionalInt.of(dice.below(3)) : OptionalInt.empty();
        OptionalInt max = dice.percent(85) ? OptionalInt.of(min.orElse(1) + dice.below(2)) : OptionalInt.empty();
        return new Length(min, max);
    }
}
