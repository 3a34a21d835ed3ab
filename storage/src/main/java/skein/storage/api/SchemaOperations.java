package skein.storage.api;

import java.util.List;

/**
 * Indexes of one database. A schema change is a transaction of its own: it fails with FORBIDDEN_IN_TRANSACTION when the
 * transaction has other changes.
 */
public interface SchemaOperations {
    /** Declares an index on the nodes with a label. Answers false when it exists. */
    boolean createIndex(String label);

    /** Declares an index on a property of the nodes with a label. Answers false when it exists. */
    boolean createIndex(String label, String propertyKey);

    /** Answers false when there is none. */
    boolean dropIndex(String label);

    /** Answers false when there is none. */
    boolean dropIndex(String label, String propertyKey);

    /** All declared indexes, in the order of creation. */
    List<IndexDescription> indexes();

    /**
     * @param propertyKeys empty for a label index
     * @param count entries in the index now
     */
    record IndexDescription(String label, List<String> propertyKeys, long count) {
        public IndexDescription {
            propertyKeys = List.copyOf(propertyKeys);
        }
    }
}
