package skein.storage.api;

import java.util.List;
import java.util.Optional;
import skein.graph.Value;

/**
 * Reading the graph at one snapshot, own changes included.
 *
 * <p>Cursors: each sees the graph as it was when the cursor was made, at least; changes that the same transaction makes
 * while a cursor is open may or may not show in it, but never break it. A query that must not see its own changes puts
 * an eager barrier between reading and writing.
 */
public interface GraphReads {
    /** What {@link #tokenOf} answers for a name nobody has used. */
    int NO_TOKEN = Integer.MIN_VALUE;

    /** The token of a name, or {@link #NO_TOKEN}; never changes anything. */
    int tokenOf(NameKind kind, String name);

    /** The name of a token. */
    String nameOf(NameKind kind, int token);

    /** False for an id that does not exist, is not visible or was deleted by this transaction. */
    boolean nodeExists(long node);

    /** As {@link #nodeExists}. */
    boolean relationshipExists(long relationship);

    /** True when this transaction deleted the node. */
    boolean nodeDeletedHere(long node);

    /** True when this transaction deleted the relationship. */
    boolean relationshipDeletedHere(long relationship);

    /** Whether the node has the label; ENTITY_NOT_FOUND when deleted here. {@link #NO_TOKEN} is on no node. */
    boolean hasLabel(long node, int labelToken);

    /** Labels of a node in a stable order; ENTITY_NOT_FOUND when deleted here. */
    int[] labels(long node);

    /** The property, or {@link Value#NULL}; ENTITY_NOT_FOUND when deleted here. */
    Value nodeProperty(long node, int keyToken);

    /** As {@link #nodeProperty}. */
    Value relationshipProperty(long relationship, int keyToken);

    /** Calls the visitor for each property in a stable order; ENTITY_NOT_FOUND when deleted here. */
    void visitNodeProperties(long node, PropertyVisitor visitor);

    /** As {@link #visitNodeProperties}. */
    void visitRelationshipProperties(long relationship, PropertyVisitor visitor);

    /** The type; also answered for a relationship that this transaction deleted. */
    int typeOf(long relationship);

    /** The start node; also answered for a relationship that this transaction deleted. */
    long startOf(long relationship);

    /** The end node; also answered for a relationship that this transaction deleted. */
    long endOf(long relationship);

    /** All nodes. */
    EntityCursor nodes();

    /** All nodes with a label. */
    EntityCursor nodesWithLabel(int labelToken);

    /** All relationships. */
    EntityCursor relationships();

    /** All relationships of a type. */
    EntityCursor relationshipsWithType(int typeToken);

    /**
     * Whether there is an index on a label (a type for {@link IndexKind#RELATIONSHIP}) and exactly these keys in this
     * order that this transaction can use: one that knows all that its snapshot shows.
     */
    boolean hasIndex(IndexKind kind, int token, int[] keyTokens);

    /** The keys of every index with properties on a label or type that this transaction can use. Not to be changed. */
    List<int[]> indexedKeys(IndexKind kind, int token);

    /** About what is in such an index; empty when there is none, or none with properties. */
    Optional<IndexStatistics> indexStatistics(IndexKind kind, int token, int[] keyTokens);

    /**
     * Nodes with the label whose properties meet the conditions, one for each key. Through an index on exactly these
     * keys where this transaction can use one: it narrows by conditions of equality on the first keys and by whatever
     * condition comes after these; a box is looked up in a point index. Otherwise by scanning the label: the answer is
     * the same. Ask {@link #hasIndex} in the transaction that seeks, not when planning.
     */
    EntityCursor nodesWhere(int labelToken, int[] keyTokens, List<PropertyCondition> conditions);

    /** As {@link #nodesWhere}, for relationships of a type. */
    EntityCursor relationshipsWhere(int typeToken, int[] keyTokens, List<PropertyCondition> conditions);

    /** {@link #nodesWhere} one property equals a value. */
    default EntityCursor nodesWithProperty(int labelToken, int keyToken, Value value) {
        return nodesWhere(labelToken, new int[] {keyToken}, List.of(new PropertyCondition.Equal(value)));
    }

    /** {@link #hasIndex} on nodes and one property. */
    default boolean hasIndex(int labelToken, int keyToken) {
        return hasIndex(IndexKind.NODE, labelToken, new int[] {keyToken});
    }

    /**
     * The relationships of a node; a self-loop is met once, in every direction. Types: empty for all. For a node that
     * this transaction deleted, those relationships that still stand.
     */
    RelationshipCursor expand(long node, Direction direction, int[] typeTokens);

    /** How many relationships {@link #expand} would visit. Also answered for a node deleted here. */
    long degree(long node, Direction direction, int[] typeTokens);

    /** Number of nodes; exact. */
    long nodeCount();

    /** Number of nodes with a label; exact. */
    long nodeCount(int labelToken);

    /** Number of relationships; exact. */
    long relationshipCount();

    /** Number of relationships with a type; exact. */
    long relationshipCount(int typeToken);

    /**
     * Some relationships of a type, spread over all of them: for estimates. At most {@code count}; relationships that
     * this transaction made may be missing.
     */
    long[] sampleRelationships(int typeToken, int count);

    /**
     * Names for {@code db.labels()} and its like, in the order they were first used: labels and types that some entity
     * has, and all property keys that were ever set.
     */
    List<String> namesInUse(NameKind kind);

    /** All names that were ever used, in the order they were first used. */
    default List<String> knownNames(NameKind kind) {
        return namesInUse(kind);
    }

    /** Receives one property. */
    @FunctionalInterface
    interface PropertyVisitor {
        void visit(int keyToken, Value value);
    }

    /** Walks over ids. */
    interface EntityCursor {
        /** Advances; false at the end. */
        boolean next();

        /** The current id. */
        long id();
    }

    /** Walks over the relationships of one node. */
    interface RelationshipCursor {
        /** Advances; false at the end. */
        boolean next();

        long relationship();

        int type();

        long start();

        long end();

        /** The end that is not the node the cursor was asked for; that node itself for a self-loop. */
        long neighbour();
    }
}
