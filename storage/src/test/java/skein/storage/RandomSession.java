package skein.storage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import skein.graph.Value;
import skein.storage.api.NameKind;
import skein.storage.log.RandomRecords;
import skein.storage.tx.StoreTransaction;

/** One transaction doing random things, and the model of what it sees and of what it wants. */
final class RandomSession {
    static final List<String> LABELS = List.of("A", "B", "C");
    static final List<String> TYPES = List.of("R", "S");
    static final List<String> KEYS = List.of("p", "q", "long_key");
    private static final int NODES_MAX = 10_000;
    private static final int RELATIONSHIPS_PER_NODE = 3;
    private static final int ALL_KINDS_COUNT = 24;

    /** Few enough that several nodes have the same. */
    private static final List<Value> FEW =
            IntStream.range(0, 6).mapToObj(RandomSession::value).toList();

    private static final List<Value> ALL_KINDS = allKinds();

    final StoreTransaction transaction;
    final GraphModel model;

    /** Entities of the snapshot by what this session did to them. */
    final Set<Long> deletedNodes = new HashSet<>();

    private final Set<Long> deletedRelationships = new HashSet<>();

    /** Properties set, by entity; whatever the value. */
    private final Map<Long, Set<String>> nodeKeys = new HashMap<>();

    private final Map<Long, Set<String>> relationshipKeys = new HashMap<>();
    private final GraphModel before;
    private final Set<Long> createdNodes = new HashSet<>();
    private final Set<Long> createdRelationships = new HashSet<>();
    private final SplittableRandom random;

    private final int nodesMax;

    RandomSession(StoreTransaction transaction, GraphModel seen, SplittableRandom random) {
        this(transaction, seen, random, NODES_MAX);
    }

    /** @param nodesMax about how large the graph may become, so that looking at all of it stays cheap */
    RandomSession(StoreTransaction transaction, GraphModel seen, SplittableRandom random, int nodesMax) {
        this.nodesMax = nodesMax;
        this.transaction = transaction;
        this.before = seen;
        this.model = seen.copy();
        this.random = random;
    }

    private static Value value(int number) {
        return switch (number % 3) {
            case 0 -> Value.of((long) number);
            case 1 -> Value.of("text " + number);
            default -> Value.of(number + 0.5);
        };
    }

    /** What a property with this name may hold. */
    static List<Value> valuesOf(String key) {
        return key.equals("long_key") ? ALL_KINDS : FEW;
    }

    private static List<Value> allKinds() {
        RandomRecords records = new RandomRecords(3);
        return Stream.generate(records::value).limit(ALL_KINDS_COUNT).toList();
    }

    /** Nodes of the snapshot whose labels or properties this session leaves changed. */
    Set<Long> content() {
        Set<Long> changed = new HashSet<>();
        before.nodes.forEach((id, node) -> {
            GraphModel.Node now = model.nodes.get(id);
            if (now != null
                    && (!now.labels.equals(node.labels)
                            || changes(nodeKeys.getOrDefault(id, Set.of()), node.properties, now.properties))) {
                changed.add(id);
            }
        });
        return changed;
    }

    /** Relationships of the snapshot that this session deletes or leaves with changed properties. */
    Set<Long> changedRelationships() {
        Set<Long> changed = new HashSet<>(deletedRelationships);
        before.relationships.forEach((id, relationship) -> {
            GraphModel.Relationship now = model.relationships.get(id);
            if (now != null
                    && changes(relationshipKeys.getOrDefault(id, Set.of()), relationship.properties, now.properties)) {
                changed.add(id);
            }
        });
        return changed;
    }

    /** Setting counts even when the value was the same; removing what was not there does not. */
    private static boolean changes(Set<String> keys, Map<String, Value> before, Map<String, Value> now) {
        return keys.stream().anyMatch(key -> before.containsKey(key) || now.containsKey(key));
    }

    /** Nodes of the snapshot that got a relationship which still stands. */
    Set<Long> linked() {
        Set<Long> linked = new HashSet<>();
        for (long id : createdRelationships) {
            GraphModel.Relationship relationship = model.relationships.get(id);
            if (relationship != null) {
                linked.add(relationship.start);
                linked.add(relationship.end);
            }
        }
        linked.removeAll(createdNodes);
        return linked;
    }

    /** One random operation, on the transaction first: when it refuses, the model stays as it was. */
    void step() {
        int dice = random.nextInt(100);
        if (model.nodes.size() > nodesMax) {
            detachDelete();
        } else if (model.relationships.size() > RELATIONSHIPS_PER_NODE * nodesMax) {
            deleteRelationship();
        } else if (dice < 25 || model.nodes.isEmpty()) {
            createNode();
        } else if (dice < 50) {
            createRelationship();
        } else if (dice < 60) {
            toggleLabel();
        } else if (dice < 75) {
            setNodeProperty();
        } else if (dice < 83) {
            setRelationshipProperty();
        } else if (dice < 93) {
            deleteRelationship();
        } else {
            detachDelete();
        }
    }

    private void createNode() {
        GraphModel.Node node = new GraphModel.Node();
        for (String label : LABELS) {
            if (random.nextInt(3) == 0) {
                node.labels.add(label);
            }
        }
        int[] labels = node.labels.stream().mapToInt(this::label).toArray();
        long id = transaction.createNode(labels);
        model.nodes.put(id, node);
        createdNodes.add(id);
    }

    private void createRelationship() {
        // a few nodes get most relationships, so that some become dense
        long start = anyNode();
        long end = random.nextInt(10) == 0 ? start : any(model.nodes);
        String type = TYPES.get(random.nextInt(TYPES.size()));
        int token = transaction.tokenFor(NameKind.RELATIONSHIP_TYPE, type);
        long id = transaction.createRelationship(token, start, end);
        model.relationships.put(id, new GraphModel.Relationship(type, start, end));
        createdRelationships.add(id);
    }

    private void toggleLabel() {
        long node = anyNode();
        String label = LABELS.get(random.nextInt(LABELS.size()));
        boolean has = model.node(node).labels.contains(label);
        boolean changed = has ? transaction.removeLabel(node, label(label)) : transaction.addLabel(node, label(label));
        if (!changed) {
            throw new AssertionError("label " + label + " of " + node);
        }
        if (has) {
            model.node(node).labels.remove(label);
        } else {
            model.node(node).labels.add(label);
        }
    }

    private void setNodeProperty() {
        long node = anyNode();
        String key = KEYS.get(random.nextInt(KEYS.size()));
        Value value = random.nextInt(4) == 0 ? Value.NULL : any(valuesOf(key));
        Value before = transaction.setNodeProperty(node, transaction.tokenFor(NameKind.PROPERTY_KEY, key), value);
        Value expected = model.node(node).properties.getOrDefault(key, Value.NULL);
        if (!before.equals(expected)) {
            throw new AssertionError(before + " was " + expected);
        }
        put(model.node(node).properties, key, value);
        nodeKeys.computeIfAbsent(node, id -> new HashSet<>()).add(key);
    }

    private void setRelationshipProperty() {
        if (model.relationships.isEmpty()) {
            return;
        }
        long relationship = any(model.relationships);
        String key = KEYS.get(random.nextInt(KEYS.size()));
        Value value = random.nextInt(4) == 0 ? Value.NULL : any(valuesOf(key));
        transaction.setRelationshipProperty(relationship, transaction.tokenFor(NameKind.PROPERTY_KEY, key), value);
        put(model.relationship(relationship).properties, key, value);
        relationshipKeys.computeIfAbsent(relationship, id -> new HashSet<>()).add(key);
    }

    private void deleteRelationship() {
        if (!model.relationships.isEmpty()) {
            deleteRelationship(any(model.relationships));
        }
    }

    private void deleteRelationship(long relationship) {
        transaction.deleteRelationship(relationship);
        model.relationships.remove(relationship);
        if (!createdRelationships.contains(relationship)) {
            deletedRelationships.add(relationship);
        }
    }

    private void detachDelete() {
        long node = anyNode();
        if (model.around(node).size() > 20) {
            return;
        }
        model.around(node).forEach(this::deleteRelationship);
        transaction.deleteNode(node);
        model.nodes.remove(node);
        if (!createdNodes.contains(node)) {
            deletedNodes.add(node);
        }
    }

    private Value any(List<Value> values) {
        return values.get(random.nextInt(values.size()));
    }

    private int label(String name) {
        return transaction.tokenFor(NameKind.LABEL, name);
    }

    /** One node much more often than any other, so that sessions meet at it. */
    private long anyNode() {
        return random.nextInt(3) == 0 ? model.nodes.firstKey() : any(model.nodes);
    }

    private <T> long any(TreeMap<Long, T> entities) {
        Long found = entities.ceilingKey(random.nextLong(entities.lastKey() + 1));
        return found == null ? entities.firstKey() : found;
    }

    private static void put(Map<String, Value> properties, String key, Value value) {
        if (value.isNull()) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }
    }
}
