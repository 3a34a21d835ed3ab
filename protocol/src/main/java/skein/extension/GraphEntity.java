package skein.extension;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node or a relationship. Equal when they are the same one of the same graph. */
public sealed interface GraphEntity permits GraphNode, GraphRelationship {
    /** As Cypher's {@code id()} answers it. */
    long id();

    /** Null when it has none of this name. */
    @Nullable
    Object property(String key);

    Map<String, Object> properties();

    /** Null removes the property. */
    void setProperty(String key, @Nullable Object value);
}
