package skein.storage.api;

import skein.graph.Value;

/**
 * A transaction as a query sees it: one snapshot of the graph plus the transaction's own changes. Used by one thread at
 * a time. Nothing is shared with others before the commit, which the owner of the transaction performs elsewhere.
 *
 * <p>Names (labels, relationship types, property keys) are tokens inside a transaction: {@code int}s that are valid for
 * this transaction only when they were obtained from it. Entities are {@code long} ids.
 *
 * <p>Reading an entity that this transaction deleted fails with ENTITY_NOT_FOUND where the contract says so; reading an
 * id that never existed is a programming error. Writes may fail with WRITE_CONFLICT (another transaction changed the
 * same thing since this snapshot), ACCESS_MODE (opened for reading) or MEMORY_LIMIT.
 */
public interface GraphTransaction extends GraphReads, SchemaOperations, ConstraintOperations {
    /** The token of a name, made up if the graph does not know the name yet. */
    int tokenFor(NameKind kind, String name);

    /** Creates a node with these labels (no duplicates) and no properties; answers its id. */
    long createNode(int[] labelTokens);

    /** Creates a relationship between two live nodes; answers its id. ENTITY_NOT_FOUND when an end was deleted. */
    long createRelationship(int typeToken, long startNode, long endNode);

    /** Answers false when the node had the label. */
    boolean addLabel(long node, int labelToken);

    /** Answers false when the node did not have the label. */
    boolean removeLabel(long node, int labelToken);

    /** Sets or, with null, removes a property. Answers the value before, or null. TYPE_ERROR for unstorable values. */
    Value setNodeProperty(long node, int keyToken, Value value);

    /** As {@link #setNodeProperty}. */
    Value setRelationshipProperty(long relationship, int keyToken, Value value);

    /**
     * Deletes a node. Its relationships must be deleted before the transaction commits; the caller checks
     * {@link #degree} at the end of its statement. Answers false when this transaction had deleted it already.
     */
    boolean deleteNode(long node);

    /** Deletes a relationship. Answers false when this transaction had deleted it already. */
    boolean deleteRelationship(long relationship);

    /** True when this transaction has changed anything, be it that it took the change back again. */
    boolean hasChanges();
}
