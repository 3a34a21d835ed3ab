package skein.cypher.text;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern;
import skein.cypher.syntax.Pattern.Arrow;
import skein.cypher.syntax.Pattern.Expansion;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.Lambda;
import skein.cypher.syntax.Pattern.Length;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.RelationshipPattern;

/** Patterns as text. */
final class PatternText {
    private PatternText() {}

    static String of(Pattern pattern) {
        return pattern.paths().stream().map(PatternText::of).collect(Collectors.joining(", "));
    }

    static String of(PathPattern path) {
        String walk =
                of(path.start()) + path.hops().stream().map(PatternText::of).collect(Collectors.joining());
        String chosen = switch (path.shortest()) {
            case EVERY -> walk;
            case SHORTEST -> "shortestPath(" + walk + ")";
            case ALL_SHORTEST -> "allShortestPaths(" + walk + ")";
        };
        return path.name().map(name -> Names.of(name.name()) + " = ").orElse("") + chosen;
    }

    private static String of(NodePattern node) {
        String inside = name(node.variable()) + Names.all(node.labels(), ":");
        return "(" + inside
                + node.properties()
                        .map(map -> (inside.isEmpty() ? "" : " ") + ExpressionText.of(map))
                        .orElse("")
                + ")";
    }

    private static String of(Hop hop) {
        RelationshipPattern r = hop.relationship();
        String types =
                r.types().isEmpty() ? "" : r.types().stream().map(Names::of).collect(Collectors.joining("|", ":", ""));
        String length = r.expansion()
                .map(expansion -> of(expansion, r.length()))
                .orElse(r.length().map(bounds -> " *" + of(bounds)).orElse(""));
        String properties =
                r.properties().map(map -> " " + ExpressionText.of(map)).orElse("");
        return (r.arrow() == Arrow.LEFT ? "<-[" : "-[")
                + name(r.variable())
                + types
                + length
                + properties
                + (r.arrow() == Arrow.RIGHT ? "]->" : "]-")
                + of(hop.node());
    }

    private static String name(Optional<Variable> variable) {
        return variable.map(Variable::name).map(Names::of).orElse("");
    }

    private static String of(Length length) {
        if (length.min().isPresent() && length.min().equals(length.max())) {
            return bound(length.min());
        }
        boolean open = length.min().isEmpty() && length.max().isEmpty();
        return open ? "" : bound(length.min()) + ".." + bound(length.max());
    }

    private static String bound(OptionalInt bound) {
        return bound.isPresent() ? Integer.toString(bound.getAsInt()) : "";
    }

    private static String of(Expansion expansion, Optional<Length> length) {
        String kind = switch (expansion.kind()) {
            case DEPTH_FIRST -> "";
            case BREADTH_FIRST -> "BFS ";
            case WEIGHTED_SHORTEST -> "WSHORTEST ";
            case ALL_SHORTEST -> "ALLSHORTEST ";
            case K_SHORTEST -> "KSHORTEST ";
        };
        String paths = expansion.paths().isPresent() ? " | " + expansion.paths().getAsInt() : "";
        return " *" + kind
                + length.map(PatternText::of).orElse("") + paths
                + expansion.weight().map(PatternText::of).orElse("")
                + expansion.total().map(total -> " " + Names.of(total.name())).orElse("")
                + expansion.filter().map(PatternText::of).orElse("");
    }

    private static String of(Lambda lambda) {
        return lambda.variables().stream().map(v -> Names.of(v.name())).collect(Collectors.joining(", ", " (", ""))
                + " | " + ExpressionText.of(lambda.body()) + ")";
    }
}
