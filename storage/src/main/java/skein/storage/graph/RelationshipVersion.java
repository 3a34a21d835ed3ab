package skein.storage.graph;

import org.jspecify.annotations.Nullable;

/**
 * Existence and properties of a relationship as one commit left them. Kept only until every active snapshot sees this
 * commit; then the bare property array takes its place in the table.
 */
final class RelationshipVersion {
    final long commitTs;

    /** Null when this commit deleted the relationship. */
    byte @Nullable [] properties;

    /** A version, a bare property array, or null for "was not there". */
    @Nullable
    Object older;

    RelationshipVersion(long commitTs, byte @Nullable [] properties, @Nullable Object older) {
        this.commitTs = commitTs;
        this.properties = properties;
        this.older = older;
    }
}
