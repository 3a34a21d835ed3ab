package skein.storage.log;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skein.graph.Value;

/**
 * One change of the graph, with every id assigned: entity ids are at least 0; labels, types and keys are dictionary
 * ids. Arrays in operations are never changed after construction.
 */
public sealed interface GraphOperation {
    /**
     * @param labels ascending, no duplicates
     * @param properties a block as {@link PropertyCodec} makes it
     */
    record CreateNode(long node, int[] labels, byte[] properties) implements GraphOperation {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CreateNode that
                    && node == that.node
                    && Arrays.equals(labels, that.labels)
                    && Arrays.equals(properties, that.properties);
        }

        @Override
        public int hashCode() {
            return Objects.hash(node, Arrays.hashCode(labels), Arrays.hashCode(properties));
        }
    }

    /** The node has no relationships any more. */
    record DeleteNode(long node) implements GraphOperation {}

    /** The node did not have the label. */
    record AddLabel(long node, int label) implements GraphOperation {}

    /** The node had the label. */
    record RemoveLabel(long node, int label) implements GraphOperation {}

    /** @param value {@link Value#NULL} removes */
    record SetNodeProperty(long node, int key, Value value) implements GraphOperation {}

    /** @param properties a block as {@link PropertyCodec} makes it; takes the place of all the node had */
    record ReplaceNodeProperties(long node, byte[] properties) implements GraphOperation {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ReplaceNodeProperties that
                    && node == that.node
                    && Arrays.equals(properties, that.properties);
        }

        @Override
        public int hashCode() {
            return Objects.hash(node, Arrays.hashCode(properties));
        }
    }

    /** @param properties a block as {@link PropertyCodec} makes it */
    record CreateRelationship(long relationship, int type, long start, long end, byte[] properties)
            implements GraphOperation {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof CreateRelationship that
                    && relationship == that.relationship
                    && type == that.type
                    && start == that.start
                    && end == that.end
                    && Arrays.equals(properties, that.properties);
        }

        @Override
        public int hashCode() {
            return Objects.hash(relationship, type, start, end, Arrays.hashCode(properties));
        }
    }

    record DeleteRelationship(long relationship) implements GraphOperation {}

    /** @param value {@link Value#NULL} removes */
    record SetRelationshipProperty(long relationship, int key, Value value) implements GraphOperation {}

    /** @param properties a block as {@link PropertyCodec} makes it; takes the place of all the relationship had */
    record ReplaceRelationshipProperties(long relationship, byte[] properties) implements GraphOperation {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ReplaceRelationshipProperties that
                    && relationship == that.relationship
                    && Arrays.equals(properties, that.properties);
        }

        @Override
        public int hashCode() {
            return Objects.hash(relationship, Arrays.hashCode(properties));
        }
    }
}
