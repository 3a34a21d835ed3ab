package skein.storage.api;

import java.util.List;

/**
 * What an index is on. Two indexes on the same target are the same index, whatever their names.
 *
 * @param labelOrType a label, or a type for {@link IndexKind#RELATIONSHIP}
 * @param propertyKeys in the order declared, none twice; an entity is in the index when it has all of them. Empty:
 *     every entity with the label or type; exactly one for {@link IndexKind#NODE_POINT}
 */
public record IndexTarget(IndexKind kind, String labelOrType, List<String> propertyKeys) {
    public IndexTarget {
        propertyKeys = List.copyOf(propertyKeys);
    }

    /** Nodes with a label that have these properties. */
    public static IndexTarget ofNodes(String label, List<String> propertyKeys) {
        return new IndexTarget(IndexKind.NODE, label, propertyKeys);
    }

    /** Relationships of a type that have these properties. */
    public static IndexTarget ofRelationships(String type, List<String> propertyKeys) {
        return new IndexTarget(IndexKind.RELATIONSHIP, type, propertyKeys);
    }

    /** Nodes with a label, by a property that is a point. */
    public static IndexTarget ofPoints(String label, String propertyKey) {
        return new IndexTarget(IndexKind.NODE_POINT, label, List.of(propertyKey));
    }

    /** As people write it: {@code :Label(a, b)}. */
    @Override
    public String toString() {
        String keys = propertyKeys.isEmpty() ? "" : "(" + String.join(", ", propertyKeys) + ")";
        return ":" + labelOrType + keys;
    }
}
