package skein.naive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import skein.graph.Value;

/** A graph as plain maps. Ids are given by whoever builds it; what a query creates gets the next ones. */
public final class NaiveGraph {
    final SortedMap<Long, Node> nodes = new TreeMap<>();
    final SortedMap<Long, Relationship> relationships = new TreeMap<>();
    final Map<Long, Relationship> deletedRelationships = new HashMap<>();
    private long nextId = 1_000_000;

    /** Labels and properties may be changed. */
    public record Node(Set<String> labels, Map<String, Value> properties) {
        Node copy() {
            return new Node(new TreeSet<>(labels), new TreeMap<>(properties));
        }
    }

    /** Properties may be changed. */
    public record Relationship(String type, long start, long end, Map<String, Value> properties) {
        Relationship copy() {
            return new Relationship(type, start, end, new TreeMap<>(properties));
        }
    }

    public void addNode(long id, Set<String> labels, Map<String, Value> properties) {
        nodes.put(id, new Node(new TreeSet<>(labels), new TreeMap<>(properties)));
    }

    public void addRelationship(long id, String type, long start, long end, Map<String, Value> properties) {
        relationships.put(id, new Relationship(type, start, end, new TreeMap<>(properties)));
    }

    /** Nodes by id. */
    public SortedMap<Long, Node> nodes() {
        return Collections.unmodifiableSortedMap(nodes);
    }

    /** Relationships by id. */
    public SortedMap<Long, Relationship> relationships() {
        return Collections.unmodifiableSortedMap(relationships);
    }

    long createNode() {
        nodes.put(nextId, new Node(new TreeSet<>(), new TreeMap<>()));
        return nextId++;
    }

    long createRelationship(String type, long start, long end) {
        if (!nodes.containsKey(start) || !nodes.containsKey(end)) {
            throw NaiveFailure.gone("An end of a relationship");
        }
        relationships.put(nextId, new Relationship(type, start, end, new TreeMap<>()));
        return nextId++;
    }

    void deleteNode(long id) {
        nodes.remove(id);
    }

    void deleteRelationship(long id) {
        Relationship gone = relationships.remove(id);
        if (gone != null) {
            deletedRelationships.put(id, gone);
        }
    }

    List<Long> relationshipsOf(long node) {
        List<Long> found = new ArrayList<>();
        relationships.forEach((id, relationship) -> {
            if (relationship.start == node || relationship.end == node) {
                found.add(id);
            }
        });
        return found;
    }

    Node node(long id) {
        Node node = nodes.get(id);
        if (node == null) {
            throw NaiveFailure.gone("The node");
        }
        return node;
    }

    Relationship relationship(long id) {
        Relationship relationship = relationships.get(id);
        if (relationship == null) {
            throw NaiveFailure.gone("The relationship");
        }
        return relationship;
    }

    /** Also answered when it was deleted. */
    Relationship everRelationship(long id) {
        Relationship deleted = deletedRelationships.get(id);
        return deleted == null ? relationship(id) : deleted;
    }

    public NaiveGraph copy() {
        NaiveGraph copy = new NaiveGraph();
        nodes.forEach((id, node) -> copy.nodes.put(id, node.copy()));
        relationships.forEach((id, relationship) -> copy.relationships.put(id, relationship.copy()));
        copy.nextId = nextId;
        return copy;
    }

    /**
     * Lines that are the same for graphs that differ in ids only: each node with what is around it, to a depth that
     * tells small graphs apart.
     */
    public List<String> content() {
        Map<Long, String> colours = new HashMap<>();
        nodes.forEach((id, node) -> colours.put(id, Shown.node(node.labels, node.properties)));
        Map<Long, String> refined = colours;
        for (int round = 0; round < 3; round++) {
            refined = refined(refined);
        }
        List<String> lines = new ArrayList<>(refined.values());
        relationships.forEach((id, r) ->
                lines.add(colours.get(r.start) + Shown.relationship(r.type, r.properties) + colours.get(r.end)));
        lines.sort(null);
        return lines;
    }

    private Map<Long, String> refined(Map<Long, String> colours) {
        Map<Long, List<String>> around = new HashMap<>();
        nodes.keySet().forEach(id -> around.put(id, new ArrayList<>()));
        relationships.forEach((id, r) -> {
            String shown = Shown.relationship(r.type, r.properties);
            around.getOrDefault(r.start, new ArrayList<>()).add("->" + shown + colours.get(r.end));
            around.getOrDefault(r.end, new ArrayList<>()).add("<-" + shown + colours.get(r.start));
        });
        Map<Long, String> refined = new HashMap<>();
        around.forEach((id, others) -> {
            others.sort(null);
            // a hash keeps the text of a dense graph short
            refined.put(id, colours.get(id) + "#" + Integer.toHexString(others.hashCode()));
        });
        return refined;
    }

    /** As CREATE would make it, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        nodes.forEach((id, node) -> text.append(id)
                .append(": ")
                .append(Shown.node(node.labels, node.properties))
                .append('\n'));
        relationships.forEach((id, r) -> text.append(id)
                .append(": ")
                .append(r.start)
                .append(" -")
                .append(Shown.relationship(r.type, r.properties))
                .append("-> ")
                .append(r.end)
                .append('\n'));
        return text.toString();
    }
}
