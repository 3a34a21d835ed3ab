package skein.cypher.syntax;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import skein.cypher.syntax.Expression.Variable;

/** Comma-separated path patterns. */
public record Pattern(List<PathPattern> paths) {
    public Pattern {
        paths = List.copyOf(paths);
    }

    /**
     * {@code name = (start)-[..]-(..)...}
     *
     * @param shortest which of the matches {@code shortestPath(...)} and its like keep
     */
    public record PathPattern(
            Optional<Variable> name, NodePattern start, List<Hop> hops, PathSelector shortest, Span span) {
        public PathPattern {
            hops = List.copyOf(hops);
        }
    }

    /** Which matches of a path pattern count. */
    public enum PathSelector {
        EVERY,
        SHORTEST,
        ALL_SHORTEST
    }

    /** One relationship and the node behind it. */
    public record Hop(RelationshipPattern relationship, NodePattern node) {}

    /**
     * {@code (variable:A:B {properties} )}
     *
     * @param properties a map literal or a parameter
     */
    public record NodePattern(
            Optional<Variable> variable, List<String> labels, Optional<Expression> properties, Span span) {
        public NodePattern {
            labels = List.copyOf(labels);
        }
    }

    /**
     * {@code -[variable:A|B *1..3 {properties}]->}
     *
     * @param types any of them; empty for all
     * @param length empty for exactly one relationship that is bound as itself, not as a list
     */
    public record RelationshipPattern(
            Optional<Variable> variable,
            List<String> types,
            Arrow arrow,
            Optional<Length> length,
            Optional<Expression> properties,
            Optional<Expansion> expansion,
            Span span) {
        public RelationshipPattern {
            types = List.copyOf(types);
        }
    }

    /** Direction as drawn: {@code -->}, {@code <--}, {@code --} (or {@code <-->}). */
    public enum Arrow {
        RIGHT,
        LEFT,
        EITHER
    }

    /**
     * {@code *min..max}
     *
     * @param min 1 when empty
     * @param max unbounded when empty
     */
    public record Length(OptionalInt min, OptionalInt max) {}

    /**
     * Memgraph's path expansions, {@code *BFS (r, n | p)} and their like.
     *
     * @param filter lambda over relationship and node
     * @param weight lambda, for the weighted kinds
     * @param total variable that receives the sum of weights
     */
    public record Expansion(
            Kind kind, Optional<Lambda> filter, Optional<Lambda> weight, Optional<Variable> total, OptionalInt paths) {
        /** Which algorithm walks. */
        public enum Kind {
            DEPTH_FIRST,
            BREADTH_FIRST,
            WEIGHTED_SHORTEST,
            ALL_SHORTEST,
            K_SHORTEST
        }
    }

    /** {@code (relationship, node [, path [, weight]] | body)} */
    public record Lambda(List<Variable> variables, Expression body) {
        public Lambda {
            variables = List.copyOf(variables);
        }
    }
}
