package skein.storage.log;

import java.util.List;
import skein.storage.api.IndexKind;
import skein.vocabulary.Invariant;

/**
 * What an index covers. Two indexes with equal definitions are the same index.
 *
 * @param kind what stands in the index
 * @param token dictionary id of the label, or of the type for the two kinds of relationships
 * @param keys dictionary ids of the property keys in the order declared, none twice; an entity is in the index when it
 *     has all of them. Empty: every entity with the label or type; exactly one for points
 */
public record IndexDefinition(IndexKind kind, int token, List<Integer> keys) {
    /** The most keys that an index may have. */
    public static final int KEYS_MAX = 16;

    public IndexDefinition {
        keys = List.copyOf(keys);
        Invariant.check(isPossible(kind, keys), "an index of kind %s cannot have the keys %s", kind, keys);
    }

    static boolean isPossible(IndexKind kind, List<Integer> keys) {
        boolean fitting = kind == IndexKind.NODE_POINT ? keys.size() == 1 : keys.size() <= KEYS_MAX;
        return fitting && keys.stream().distinct().count() == keys.size();
    }
}
