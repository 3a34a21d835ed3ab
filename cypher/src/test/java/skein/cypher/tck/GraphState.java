package skein.cypher.tck;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import skein.graph.Value;
import skein.storage.api.GraphReads;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.NameKind;

/** What a graph observably holds; side effects are the difference of two of these. */
record GraphState(Set<String> nodes, Set<String> relationships, Set<String> labels, Set<String> properties) {

    static GraphState of(GraphReads graph) {
        GraphState state = new GraphState(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        EntityCursor nodes = graph.nodes();
        while (nodes.next()) {
            long node = nodes.id();
            state.nodes.add("n" + node);
            for (int label : graph.labels(node)) {
                state.labels.add(graph.nameOf(NameKind.LABEL, label));
            }
            graph.visitNodeProperties(node, (key, value) -> state.addProperty("n" + node, graph, key, value));
        }
        EntityCursor relationships = graph.relationships();
        while (relationships.next()) {
            long relationship = relationships.id();
            state.relationships.add("r" + relationship);
            graph.visitRelationshipProperties(
                    relationship, (key, value) -> state.addProperty("r" + relationship, graph, key, value));
        }
        return state;
    }

    private void addProperty(String owner, GraphReads graph, int key, Value value) {
        properties.add(owner + "." + graph.nameOf(NameKind.PROPERTY_KEY, key) + "=" + value);
    }

    /** Counts by the TCK's names, for example {@code +nodes}; nothing that is zero. */
    Map<String, Integer> changesTo(GraphState after) {
        Map<String, Integer> changes = new TreeMap<>();
        compare("nodes", nodes, after.nodes, changes);
        compare("relationships", relationships, after.relationships, changes);
        compare("labels", labels, after.labels, changes);
        compare("properties", properties, after.properties, changes);
        return changes;
    }

    private static void compare(String name, Set<String> before, Set<String> after, Map<String, Integer> changes) {
        long added = after.stream().filter(item -> !before.contains(item)).count();
        long removed = before.stream().filter(item -> !after.contains(item)).count();
        if (added > 0) {
            changes.put("+" + name, (int) added);
        }
        if (removed > 0) {
            changes.put("-" + name, (int) removed);
        }
    }
}
