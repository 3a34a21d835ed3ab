package skein.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import skein.graph.Value;
import skein.storage.api.ConstraintRule;
import skein.vocabulary.Invariant;

/** Nodes in plain maps, and the constraints said in the plainest way: look at all of them. */
final class ConstraintModel {
    final TreeMap<Long, Node> nodes;

    ConstraintModel() {
        this(new TreeMap<>());
    }

    private ConstraintModel(TreeMap<Long, Node> nodes) {
        this.nodes = nodes;
    }

    /** Never changed; a change makes another. */
    record Node(Set<String> labels, Map<String, Value> properties) {
        static final Node EMPTY = new Node(Set.of(), Map.of());

        Node {
            labels = Set.copyOf(labels);
            properties = Map.copyOf(properties);
        }

        Node with(String key, Value value) {
            Map<String, Value> changed = new HashMap<>(properties);
            if (value.isNull()) {
                changed.remove(key);
            } else {
                changed.put(key, value);
            }
            return new Node(labels, changed);
        }

        Node with(String label) {
            Set<String> changed = new HashSet<>(labels);
            changed.add(label);
            return new Node(changed, properties);
        }

        Node without(String label) {
            Set<String> changed = new HashSet<>(labels);
            changed.remove(label);
            return new Node(changed, properties);
        }
    }

    ConstraintModel copy() {
        return new ConstraintModel(new TreeMap<>(nodes));
    }

    Node node(long id) {
        return Invariant.present(nodes.get(id), "no node %d in the model", id);
    }

    boolean fits(ConstraintRule rule) {
        return fits(
                rule,
                nodes.values().stream()
                        .filter(node -> node.labels.contains(rule.label()))
                        .map(Node::properties)
                        .toList());
    }

    /** @param concerned the properties of every node of the label */
    static boolean fits(ConstraintRule rule, List<Map<String, Value>> concerned) {
        return switch (rule) {
            case ConstraintRule.Exists exists ->
                concerned.stream().allMatch(properties -> properties.containsKey(exists.key()));
            case ConstraintRule.Typed typed ->
                concerned.stream()
                        .map(properties -> properties.getOrDefault(typed.key(), Value.NULL))
                        .allMatch(value -> value.isNull() || typed.type().includes(value));
            case ConstraintRule.Unique unique -> isUnique(concerned, unique.keys());
        };
    }

    private static boolean isUnique(List<Map<String, Value>> nodes, List<String> keys) {
        Set<List<Object>> met = new HashSet<>();
        for (Map<String, Value> properties : nodes) {
            List<Object> values = new ArrayList<>();
            for (String key : keys) {
                Value value = properties.getOrDefault(key, Value.NULL);
                if (!value.isNull() && !value.equals(Value.of(Double.NaN))) {
                    values.add(value instanceof Value.IntegerValue number ? Value.of((double) number.value()) : value);
                }
            }
            if (values.size() == keys.size() && !met.add(values)) {
                return false;
            }
        }
        return true;
    }
}
