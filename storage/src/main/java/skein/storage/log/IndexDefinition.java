package skein.storage.log;

import java.util.List;
import skein.vocabulary.Invariant;

/**
 * What an index covers. Two indexes with equal definitions are the same index.
 *
 * @param kind what stands in the index
 * @param token dictionary id of the label, or of the type for the two kinds of relationships
 * @param keys dictionary ids of the property keys in the order declared, none twice; an entity is in the index when it
 *     has all of them. Empty: every entity with the label or type; exactly one for points
 */
public record IndexDefinition(Kind kind, int token, List<Integer> keys) {
    /** The most keys that an index may have. */
    public static final int KEYS_MAX = 16;

    /** What stands in an index. The order is part of the log's format: add at the end. */
    public enum Kind {
        /** Nodes with a label. */
        NODE,
        /** Relationships of a type. */
        RELATIONSHIP,
        /** Points of nodes with a label, by where they are. */
        NODE_POINT
    }

    public IndexDefinition {
        keys = List.copyOf(keys);
        Invariant.check(isPossible(kind, keys), "an index of kind %s cannot have the keys %s", kind, keys);
    }

    static boolean isPossible(Kind kind, List<Integer> keys) {
        boolean fitting = kind == Kind.NODE_POINT ? keys.size() == 1 : keys.size() <= KEYS_MAX;
        return fitting && keys.stream().distinct().count() == keys.size();
    }
}
