package skein.tck;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import skein.graph.Value;
import skein.graph.Value.MapValue;
import skein.graph.Value.NodeValue;
import skein.graph.Value.RelationshipValue;

/** What a graph observably holds; the difference of two is a scenario's side effects, as the TCK defines them. */
record GraphContent(Set<String> nodes, Set<String> relationships, Set<String> labels, Set<String> properties) {
    private static final CanonicalText TEXT = new CanonicalText(false);

    static GraphContent empty() {
        return new GraphContent(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
    }

    static GraphContent read(TckGraph graph) {
        GraphContent content = empty();
        column(graph, "MATCH (n) RETURN n").forEach(content::add);
        if (!content.nodes.isEmpty()) {
            column(graph, "MATCH ()-[r]->() RETURN r").forEach(content::add);
        }
        return content;
    }

    private static List<Value> column(TckGraph graph, String query) {
        return switch (graph.run(query, Map.of())) {
            case TckGraph.Rows rows -> rows.rows().stream().map(List::getFirst).toList();
            case TckGraph.Failure failure -> throw new Mismatch("the graph cannot be read: " + failure);
        };
    }

    private void add(Value entity) {
        switch (entity) {
            case NodeValue node -> {
                nodes.add("n" + node.id());
                labels.addAll(node.labels());
                addProperties("n" + node.id(), node.properties());
            }
            case RelationshipValue relationship -> {
                relationships.add("r" + relationship.id());
                addProperties("r" + relationship.id(), relationship.properties());
            }
            default -> throw new Mismatch("neither node nor relationship: " + TEXT.of(entity));
        }
    }

    private void addProperties(String owner, MapValue values) {
        values.entries().forEach((key, value) -> properties.add(owner + " " + key + " " + TEXT.of(value)));
    }

    /** Counts by the names the TCK's tables use; what did not happen is left out. */
    Map<String, Integer> changesTo(GraphContent after) {
        Map<String, Integer> changes = new TreeMap<>();
        put(changes, "nodes", nodes, after.nodes);
        put(changes, "relationships", relationships, after.relationships);
        put(changes, "labels", labels, after.labels);
        put(changes, "properties", properties, after.properties);
        return changes;
    }

    private static void put(Map<String, Integer> changes, String what, Set<String> before, Set<String> after) {
        int added = (int) after.stream().filter(item -> !before.contains(item)).count();
        int removed =
                (int) before.stream().filter(item -> !after.contains(item)).count();
        if (added > 0) {
            changes.put("+" + what, added);
        }
        if (removed > 0) {
            changes.put("-" + what, removed);
        }
    }
}
