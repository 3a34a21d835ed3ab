package skein.storage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import skein.graph.Value;
import skein.storage.api.ConstraintRule;
import skein.vocabulary.Invariant;

/** A property graph in plain maps: what the engine must agree with. */
final class GraphModel {
    final TreeMap<Long, Node> nodes = new TreeMap<>();
    final TreeMap<Long, Relationship> relationships = new TreeMap<>();

    static final class Node {
        final Set<String> labels = new TreeSet<>();
        final Map<String, Value> properties = new HashMap<>();
    }

    static final class Relationship {
        final String type;
        final long start;
        final long end;
        final Map<String, Value> properties = new HashMap<>();

        Relationship(String type, long start, long end) {
            this.type = type;
            this.start = start;
            this.end = end;
        }
    }

    Node node(long id) {
        return Invariant.present(nodes.get(id), "no node %d in the model", id);
    }

    Relationship relationship(long id) {
        return Invariant.present(relationships.get(id), "no relationship %d in the model", id);
    }

    boolean fits(ConstraintRule rule) {
        return ConstraintModel.fits(
                rule,
                nodes.values().stream()
                        .filter(node -> node.labels.contains(rule.label()))
                        .map(node -> node.properties)
                        .toList());
    }

    GraphModel copy() {
        GraphModel copy = new GraphModel();
        nodes.forEach((id, node) -> copy.nodes.put(id, copy(node)));
        relationships.forEach((id, relationship) -> copy.relationships.put(id, copy(relationship)));
        return copy;
    }

    static Node copy(Node node) {
        Node copy = new Node();
        copy.labels.addAll(node.labels);
        copy.properties.putAll(node.properties);
        return copy;
    }

    static Relationship copy(Relationship relationship) {
        Relationship copy = new Relationship(relationship.type, relationship.start, relationship.end);
        copy.properties.putAll(relationship.properties);
        return copy;
    }

    /** Relationships that touch the node, a self-loop once. */
    Set<Long> around(long node) {
        Set<Long> found = new HashSet<>();
        relationships.forEach((id, relationship) -> {
            if (relationship.start == node || relationship.end == node) {
                found.add(id);
            }
        });
        return found;
    }
}
