package skein.storage.api;

import java.util.List;

/** What a constraint asks of every node with a label. Equal rules are the same constraint, whatever its name. */
public sealed interface ConstraintRule {
    /** The nodes concerned. */
    String label();

    /** The properties concerned, in the order declared; at least one. */
    List<String> keys();

    /** The nodes have the property. */
    record Exists(String label, String key) implements ConstraintRule {
        @Override
        public List<String> keys() {
            return List.of(key);
        }
    }

    /**
     * No two nodes have equal values, as openCypher's {@code =} has it (1 and 1.0 are equal, NaN equals nothing), for
     * all the keys together; a node that lacks one of them is free.
     */
    record Unique(String label, List<String> keys) implements ConstraintRule {
        public Unique {
            keys = List.copyOf(keys);
        }
    }

    /** The property, where a node has it, is of this type. */
    record Typed(String label, String key, PropertyType type) implements ConstraintRule {
        @Override
        public List<String> keys() {
            return List.of(key);
        }
    }
}
