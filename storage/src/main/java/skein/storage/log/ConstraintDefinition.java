package skein.storage.log;

import java.util.List;
import skein.storage.api.IndexKind;
import skein.storage.api.PropertyType;
import skein.vocabulary.Invariant;

/** What must hold for every node with a label. Two constraints with equal definitions are the same constraint. */
public sealed interface ConstraintDefinition {
    /** Dictionary id of the label. */
    int label();

    /** The nodes have the property. */
    record Exists(int label, int key) implements ConstraintDefinition {}

    /**
     * No two nodes have equal values (as openCypher's {@code =} has it) for all keys; a node that lacks one is free.
     *
     * @param keys at least one, at most {@link IndexDefinition#KEYS_MAX}, none twice, in the order declared
     */
    record Unique(int label, List<Integer> keys) implements ConstraintDefinition {
        public Unique {
            keys = List.copyOf(keys);
            Invariant.check(isPossible(keys), "a constraint cannot be on the keys %s", keys);
        }

        static boolean isPossible(List<Integer> keys) {
            return !keys.isEmpty() && IndexDefinition.isPossible(IndexKind.NODE, keys);
        }
    }

    /** The property, where a node has it, is of this type. */
    record Typed(int label, int key, PropertyType type) implements ConstraintDefinition {}
}
