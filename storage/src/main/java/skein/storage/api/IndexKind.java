package skein.storage.api;

/** What stands in an index. The order is part of the log's format: add at the end. */
public enum IndexKind {
    /** Nodes with a label. */
    NODE,
    /** Relationships of a type. */
    RELATIONSHIP,
    /** Points of nodes with a label, by where they are. */
    NODE_POINT
}
