package skein.cypher.execute.dump;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.GraphReads.EntityCursor;
import skein.storage.api.GraphTransaction;
import skein.storage.api.NameKind;

/**
 * The statements, one at a time: names, nodes by id, relationships by id, then indexes and constraints. What was
 * deleted has left ids that nobody has; they are filled with something that goes again at the end. Every statement that
 * makes an entity makes sure that it has its id, so that a dump cannot be read into the wrong place.
 */
public final class DumpText {
    private static final String WRONG_PLACE = "'A dump is read into a new, empty database, one statement at a time.'";

    private final GraphTransaction graph;
    private final Deque<String> ready = new ArrayDeque<>();
    private final List<String> removals = new ArrayList<>();
    private final EntityCursor nodes;
    private @Nullable EntityCursor relationships;
    private long nextNode;
    private long nextRelationship;
    private boolean over;

    public DumpText(GraphTransaction graph) {
        this.graph = graph;
        this.nodes = graph.nodes();
        ready.addAll(SchemaText.names(graph));
    }

    /** The next statement; null at the end. */
    public @Nullable String next() {
        while (ready.isEmpty()) {
            if (over) {
                return null;
            }
            advance();
        }
        return ready.remove();
    }

    private void advance() {
        EntityCursor open = relationships;
        if (open == null) {
            if (nodes.next()) {
                node(nodes.id());
            } else {
                relationships = graph.relationships();
            }
        } else if (open.next()) {
            relationship(open.id());
        } else {
            ready.addAll(removals.reversed());
            ready.addAll(SchemaText.indexes(graph.indexes()));
            ready.addAll(SchemaText.constraints(graph.constraints()));
            over = true;
        }
    }

    private void node(long id) {
        if (id > nextNode) {
            ready.add("UNWIND range(%d, %d) AS id CREATE (n) WITH n, id RETURN %s"
                    .formatted(nextNode, id - 1, assertion("all(x IN collect(id(n) = id) WHERE x)")));
            removals.add("UNWIND range(%d, %d) AS id MATCH (n) WHERE id(n) = id DELETE n".formatted(nextNode, id - 1));
        }
        nextNode = id + 1;
        Map<String, Value> properties = new LinkedHashMap<>();
        graph.visitNodeProperties(id, (key, value) -> properties.put(key(key), value));
        String labels = Arrays.stream(graph.labels(id))
                .mapToObj(label -> ":" + Literal.name(graph.nameOf(NameKind.LABEL, label)))
                .collect(Collectors.joining());
        ready.add("CREATE (n%s%s) RETURN %s".formatted(labels, text(properties), assertion("id(n) = " + id)));
    }

    private void relationship(long id) {
        String ends = "MATCH (a), (b) WHERE id(a) = %d AND id(b) = %d".formatted(graph.startOf(id), graph.endOf(id));
        String type = Literal.name(graph.nameOf(NameKind.RELATIONSHIP_TYPE, graph.typeOf(id)));
        if (id > nextRelationship) {
            ready.add("%s UNWIND range(%d, %d) AS id CREATE (a)-[r:%s]->(b) WITH r, id RETURN %s"
                    .formatted(
                            ends, nextRelationship, id - 1, type, assertion("all(x IN collect(id(r) = id) WHERE x)")));
            removals.add("UNWIND range(%d, %d) AS id MATCH ()-[r]->() WHERE id(r) = id DELETE r"
                    .formatted(nextRelationship, id - 1));
        }
        nextRelationship = id + 1;
        Map<String, Value> properties = new LinkedHashMap<>();
        graph.visitRelationshipProperties(id, (key, value) -> properties.put(key(key), value));
        ready.add("%s CREATE (a)-[r:%s%s]->(b) RETURN %s"
                .formatted(ends, type, text(properties), assertion("id(r) = " + id)));
    }

    private String key(int token) {
        return graph.nameOf(NameKind.PROPERTY_KEY, token);
    }

    private static String text(Map<String, Value> properties) {
        return properties.isEmpty() ? "" : " " + Literal.map(properties);
    }

    private static String assertion(String condition) {
        return "assert(" + condition + ", " + WRONG_PLACE + ")";
    }
}
