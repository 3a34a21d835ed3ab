package skein.tck;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.neo4j.driver.Record;
import org.neo4j.driver.Session;
import org.neo4j.driver.Value;

/** What a graph observably holds; the difference of two is a scenario's side effects, as the TCK defines them. */
record GraphContent(Set<String> nodes, Set<String> relationships, Set<String> labels, Set<String> properties) {
    private static final CanonicalText TEXT = new CanonicalText(false);

    static GraphContent read(Session session) {
        GraphContent content = new GraphContent(new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (Record row : session.run("MATCH (n) RETURN id(n) AS id, labels(n) AS labels, properties(n) AS properties")
                .list()) {
            String id = "n" + row.get("id").asLong();
            content.nodes.add(id);
            content.labels.addAll(row.get("labels").asList(Value::asString));
            content.addProperties(id, row);
        }
        for (Record row : session.run("MATCH ()-[r]->() RETURN id(r) AS id, properties(r) AS properties")
                .list()) {
            String id = "r" + row.get("id").asLong();
            content.relationships.add(id);
            content.addProperties(id, row);
        }
        return content;
    }

    private void addProperties(String id, Record row) {
        row.get("properties").asMap(TEXT::of).forEach((key, value) -> properties.add(id + " " + key + " " + value));
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
