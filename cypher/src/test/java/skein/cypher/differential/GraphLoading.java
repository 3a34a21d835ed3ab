package skein.cypher.differential;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import skein.graph.Value;
import skein.naive.NaiveGraph;
import skein.storage.api.Direction;
import skein.storage.api.GraphReads.RelationshipCursor;
import skein.storage.api.NameKind;
import skein.storage.tx.StoreTransaction;

/** Makes a graph in a database by calls of the storage: at once, or a part now and the rest by another transaction. */
final class GraphLoading {
    private static final Map<String, Value> STRAY = Map.of("n", Value.of(1), "s", Value.of("a"), "z", Value.of(2));
    private static final int[] ALL_TYPES = {};

    private final NaiveGraph graph;
    /** Where the nodes of the graph stand in the database. */
    private final Map<Long, Long> nodes = new HashMap<>();

    private final Map<Long, Long> relationships = new HashMap<>();
    private long guest;

    GraphLoading(NaiveGraph graph) {
        this.graph = graph;
    }

    void everything(StoreTransaction transaction) {
        graph.nodes().forEach((id, node) -> nodes.put(id, node(transaction, node.labels(), node.properties())));
        graph.relationships().forEach((id, r) -> relationships.put(id, relationship(transaction, r, r.properties())));
    }

    /** A graph that is not quite the right one: {@link #rest} makes it so. */
    void part(StoreTransaction transaction) {
        graph.nodes()
                .forEach((id, node) -> nodes.put(
                        id,
                        id % 2 == 0
                                ? node(transaction, node.labels(), node.properties())
                                : node(transaction, Set.of("A", "B"), STRAY)));
        guest = node(transaction, Set.of("A", "C"), STRAY);
        graph.relationships().forEach((id, r) -> {
            if (id % 3 != 2) {
                relationships.put(id, relationship(transaction, r, id % 3 == 0 ? r.properties() : STRAY));
            }
            int type = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, "R");
            transaction.createRelationship(type, guest, nodes.getOrDefault(r.start(), guest));
        });
    }

    void rest(StoreTransaction transaction) {
        graph.nodes().forEach((id, node) -> {
            long there = nodes.getOrDefault(id, guest);
            for (String label : RandomGraphs.LABELS) {
                int token = transaction.tokenFor(NameKind.LABEL, label);
                if (node.labels().contains(label)) {
                    transaction.addLabel(there, token);
                } else {
                    transaction.removeLabel(there, token);
                }
            }
            clear(node.properties())
                    .forEach((key, value) -> transaction.setNodeProperty(
                            there, transaction.tokenFor(NameKind.PROPERTY_KEY, key), value));
        });
        graph.relationships().forEach((id, r) -> {
            Long there = relationships.get(id);
            if (there == null) {
                relationship(transaction, r, r.properties());
            } else {
                clear(r.properties())
                        .forEach((key, value) -> transaction.setRelationshipProperty(
                                there, transaction.tokenFor(NameKind.PROPERTY_KEY, key), value));
            }
        });
        RelationshipCursor strays = transaction.expand(guest, Direction.BOTH, ALL_TYPES);
        while (strays.next()) {
            transaction.deleteRelationship(strays.relationship());
        }
        transaction.deleteNode(guest);
    }

    /** What is to be there, and null for what may have been. */
    private static Map<String, Value> clear(Map<String, Value> properties) {
        Map<String, Value> all = new HashMap<>();
        STRAY.keySet().forEach(key -> all.put(key, Value.NULL));
        all.putAll(properties);
        return all;
    }

    private static long node(StoreTransaction transaction, Set<String> labels, Map<String, Value> properties) {
        int[] tokens = labels.stream()
                .mapToInt(label -> transaction.tokenFor(NameKind.LABEL, label))
                .toArray();
        long id = transaction.createNode(tokens);
        properties.forEach((key, value) ->
                transaction.setNodeProperty(id, transaction.tokenFor(NameKind.PROPERTY_KEY, key), value));
        return id;
    }

    private long relationship(StoreTransaction transaction, NaiveGraph.Relationship r, Map<String, Value> properties) {
        long id = transaction.createRelationship(
                transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, r.type()),
                nodes.getOrDefault(r.start(), guest),
                nodes.getOrDefault(r.end(), guest));
        properties.forEach((key, value) ->
                transaction.setRelationshipProperty(id, transaction.tokenFor(NameKind.PROPERTY_KEY, key), value));
        return id;
    }
}
