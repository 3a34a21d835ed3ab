package skein.storage.api;

import java.util.List;
import java.util.Optional;

/**
 * Indexes of one database. A schema change is a transaction of its own: it fails with FORBIDDEN_IN_TRANSACTION when the
 * transaction has other changes. A new index is filled in the background; until then whoever asks for it scans.
 */
public interface SchemaOperations {
    /**
     * Declares an index. Answers false when there is one on the target already, under whatever name. INVALID_ARGUMENT
     * when the name is another index's, when a key is named twice or too many are.
     *
     * @param name what to call it; empty for no name
     */
    boolean createIndex(IndexTarget target, String name);

    /** Answers false when there is none on the target. */
    boolean dropIndex(IndexTarget target);

    /** Answers false when none has the name. */
    boolean dropIndexNamed(String name);

    /** All declared indexes, in the order of creation. */
    List<IndexDescription> indexes();

    /**
     * Looks at every entry of the indexes with properties on these labels and types (empty: all), and remembers the
     * statistics for whoever plans queries, on this instance and until it stops. Answers them.
     */
    List<IndexAnalysis> analyzeIndexes(List<String> labelsOrTypes);

    /** Forgets what {@link #analyzeIndexes} remembered; answers for which indexes. */
    List<IndexTarget> forgetStatistics(List<String> labelsOrTypes);

    /** As {@link #createIndex(IndexTarget, String)}, on nodes and without a name. */
    default boolean createIndex(String label, String... propertyKeys) {
        return createIndex(IndexTarget.ofNodes(label, List.of(propertyKeys)), "");
    }

    /** As {@link #dropIndex(IndexTarget)}, on nodes. */
    default boolean dropIndex(String label, String... propertyKeys) {
        return dropIndex(IndexTarget.ofNodes(label, List.of(propertyKeys)));
    }

    /**
     * @param name empty when nobody gave it a name
     * @param count entries in the index now
     * @param statistics empty for an index on a label or type alone
     * @param populatedPercent 100 once queries use it
     */
    record IndexDescription(
            IndexTarget target, String name, long count, Optional<IndexStatistics> statistics, int populatedPercent) {}

    /**
     * What is in an index.
     *
     * @param statistics exact
     * @param chiSquared how far the groups of equal values are from all having the same size; 0 when they have
     * @param averageDegree relationships of a node in the index; 0 for an index of relationships
     */
    record IndexAnalysis(IndexTarget target, IndexStatistics statistics, double chiSquared, double averageDegree) {}
}
