package skein.cypher.plan;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skein.cypher.syntax.Expression;
import skein.cypher.syntax.Expression.ComparisonLink;
import skein.cypher.syntax.Expression.ComparisonOperator;
import skein.cypher.syntax.Expression.PropertyAccess;
import skein.cypher.syntax.Expression.Variable;
import skein.cypher.syntax.Pattern.Expansion;
import skein.cypher.syntax.Pattern.Hop;
import skein.cypher.syntax.Pattern.NodePattern;
import skein.cypher.syntax.Pattern.PathPattern;
import skein.cypher.syntax.Pattern.PathSelector;
import skein.cypher.syntax.Pattern.RelationshipPattern;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.SkeinException;

/**
 * The parts of a MATCH as one graph: nodes by name, relationships between them, paths along them, and what labels and
 * property maps in the pattern ask for, as predicates. Parts without a name get one.
 */
final class PatternGraph {
    private final SlotAllocator slots;
    private final Map<String, Set<String>> labelsByNode = new LinkedHashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<NamedPath> paths = new ArrayList<>();
    private final List<Expression> predicates = new ArrayList<>();

    /**
     * @param shortest not {@link PathSelector#EVERY} for the one hop inside {@code shortestPath(...)}
     * @param clause number of the MATCH it stands in: within one, relationships differ
     */
    record Edge(
            String name, String left, String right, RelationshipPattern pattern, PathSelector shortest, int clause) {
        boolean isVariableLength() {
            return pattern.length().isPresent();
        }

        boolean isExpansion() {
            return pattern.expansion().isPresent();
        }

        /** True for a search of its own: its relationships may be used elsewhere in the MATCH as well. */
        boolean isSearch() {
            return shortest != PathSelector.EVERY
                    || pattern.expansion()
                            .filter(expansion -> expansion.kind() != Expansion.Kind.DEPTH_FIRST)
                            .isPresent();
        }

        /** What the sum of the weights is called. */
        Optional<String> total() {
            return pattern.expansion().flatMap(Expansion::total).map(Variable::name);
        }

        /** What it binds besides nodes. */
        List<String> names() {
            return total().map(total -> List.of(name, total)).orElse(List.of(name));
        }

        int min() {
            return pattern.length().map(length -> length.min().orElse(1)).orElse(1);
        }

        int max() {
            return pattern.length()
                    .map(length -> length.max().orElse(Integer.MAX_VALUE))
                    .orElse(1);
        }
    }

    record NamedPath(String name, String start, List<Edge> edges) {}

    /** @param clauses the parts of each of several MATCHes that follow one another */
    PatternGraph(List<List<PathPattern>> clauses, SlotAllocator slots) {
        this.slots = slots;
        for (int clause = 0; clause < clauses.size(); clause++) {
            for (PathPattern path : clauses.get(clause)) {
                add(path, clause);
            }
        }
    }

    /** A label that a condition asks a node of the pattern for is as good as one in the pattern. */
    void noteLabels(Expression condition) {
        if (condition instanceof Expression.LabelPredicate test && test.subject() instanceof Variable variable) {
            Set<String> labels = labelsByNode.get(variable.name());
            if (labels != null) {
                labels.addAll(test.labels());
            }
        }
    }

    Set<String> nodes() {
        return labelsByNode.keySet();
    }

    Set<String> labelsOf(String node) {
        return labelsByNode.getOrDefault(node, Set.of());
    }

    List<Edge> edges() {
        return edges;
    }

    List<NamedPath> paths() {
        return paths;
    }

    /** Everything that the pattern binds. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(nodes());
        edges.forEach(edge -> names.addAll(edge.names()));
        paths.forEach(path -> names.add(path.name()));
        return names;
    }

    /** From labels and property maps; those on variable-length relationships stay with their edge. */
    List<Expression> predicates() {
        return predicates;
    }

    private void add(PathPattern path, int clause) {
        String start = add(path.start());
        String left = start;
        List<Edge> walked = new ArrayList<>();
        for (Hop hop : path.hops()) {
            String right = add(hop.node());
            Edge edge = add(hop.relationship(), left, right, path.shortest(), clause);
            walked.add(edge);
            left = right;
        }
        path.name().ifPresent(name -> paths.add(new NamedPath(name.name(), start, walked)));
    }

    private String add(NodePattern node) {
        String name = nameOf(node.variable());
        labelsByNode.computeIfAbsent(name, _ -> new LinkedHashSet<>()).addAll(node.labels());
        Variable variable = new Variable(name, node.span());
        if (!node.labels().isEmpty()) {
            predicates.add(new Expression.LabelPredicate(variable, node.labels(), node.span()));
        }
        node.properties().ifPresent(map -> predicates.addAll(equalities(variable, map)));
        return name;
    }

    private Edge add(RelationshipPattern relationship, String left, String right, PathSelector shortest, int clause) {
        String name = nameOf(relationship.variable());
        Edge edge = new Edge(name, left, right, relationship, shortest, clause);
        edges.add(edge);
        if (!edge.isVariableLength()) {
            Variable variable = new Variable(name, relationship.span());
            relationship.properties().ifPresent(map -> predicates.addAll(equalities(variable, map)));
        }
        return edge;
    }

    /** Whether the property map of a variable-length part can be tested at every step. */
    boolean conditionIsLocal(Edge edge, Scope before) {
        return edge.pattern().properties().map(Mentions::in).stream()
                .flatMap(Set::stream)
                .allMatch(name -> before.has(name) || !labelsByNode.containsKey(name) && !isEdge(name));
    }

    private boolean isEdge(String name) {
        return edges.stream().anyMatch(edge -> edge.name().equals(name));
    }

    private String nameOf(Optional<Variable> variable) {
        return variable.map(Variable::name).orElseGet(() -> slots.anonymous().name());
    }

    /** {@code variable.key = value} for every entry of a property map. */
    static List<Expression> equalities(Variable variable, Expression map) {
        if (!(map instanceof Expression.MapLiteral literal)) {
            throw new SkeinException(
                    ErrorCode.SYNTAX_ERROR,
                    "Parameters and expressions cannot be used as the property map of a pattern in MATCH or MERGE"
                            + " [InvalidParameterUse]. Write the keys, for example {name: $properties.name}.");
        }
        List<Expression> result = new ArrayList<>();
        for (Expression.MapEntry entry : literal.entries()) {
            result.add(new Expression.Comparison(
                    new PropertyAccess(variable, entry.key(), map.span()),
                    List.of(new ComparisonLink(ComparisonOperator.EQUAL, entry.value())),
                    map.span()));
        }
        return result;
    }
}
