package skein.storage.graph;

import org.jspecify.annotations.Nullable;
import skein.graph.Value;
import skein.storage.api.IndexKind;
import skein.storage.index.IndexKey;
import skein.storage.index.IndexSearch;
import skein.storage.log.IndexDefinition;
import skein.storage.log.PropertyCodec;

/** Under which key an entity stands in an index; null when it does not belong there. */
public final class IndexContent {
    private IndexContent() {}

    /** The key of what a version shows. */
    public static @Nullable IndexKey ofNode(DeclaredIndex index, @Nullable NodeVersion version) {
        IndexDefinition definition = index.definition();
        if (version == null || version.deleted || definition.kind() == IndexKind.RELATIONSHIP) {
            return null;
        }
        return version.hasLabel(definition.token()) ? ofProperties(index, version.properties) : null;
    }

    /** @param properties null for a relationship that is not there */
    public static @Nullable IndexKey ofRelationship(DeclaredIndex index, int type, byte @Nullable [] properties) {
        IndexDefinition definition = index.definition();
        if (properties == null || definition.kind() != IndexKind.RELATIONSHIP) {
            return null;
        }
        return definition.token() == type ? ofProperties(index, properties) : null;
    }

    private static @Nullable IndexKey ofProperties(DeclaredIndex index, byte[] properties) {
        int[] keys = index.keys();
        if (properties.length == 0 || keys.length == 0) {
            return null;
        }
        if (keys.length == 1) {
            return ofValue(index, PropertyCodec.get(properties, keys[0]));
        }
        Value[] values = new Value[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = PropertyCodec.get(properties, keys[i]);
            if (values[i].isNull()) {
                return null;
            }
        }
        return IndexKey.of(values);
    }

    private static @Nullable IndexKey ofValue(DeclaredIndex index, Value value) {
        if (index.definition().kind() == IndexKind.NODE_POINT) {
            return value instanceof Value.PointValue point ? IndexSearch.pointKey(point) : null;
        }
        return value.isNull() ? null : IndexKey.of(value);
    }
}
