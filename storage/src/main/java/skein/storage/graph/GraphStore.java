package skein.storage.graph;

/**
 * The graph of one database: what every reader shares and only {@link GraphApplier} changes. To read, take a snapshot
 * number from an active-snapshot registry, which keeps the versions it needs, and pass it to every call.
 */
public final class GraphStore {
    private final NodeTable nodes = new NodeTable();
    private final RelationshipTable relationships = new RelationshipTable();
    private final Dictionary dictionary = new Dictionary();
    private final GraphIndexes indexes = new GraphIndexes();
    private final GraphConstraints constraints = new GraphConstraints();
    private final LabelSets labelSets = new LabelSets();
    private final VersionedCount nodeCount = new VersionedCount();
    private final VersionedCount relationshipCount = new VersionedCount();
    private volatile long publishedTs;
    private volatile long stateHash;

    /** Heap of live versions and properties. Known to the writer only. */
    private long contentBytes;

    private volatile long usedBytes;
    private volatile long keptBytes;
    private volatile long keptPieces;

    public NodeTable nodes() {
        return nodes;
    }

    public RelationshipTable relationships() {
        return relationships;
    }

    public Dictionary dictionary() {
        return dictionary;
    }

    public GraphIndexes indexes() {
        return indexes;
    }

    public GraphConstraints constraints() {
        return constraints;
    }

    /** The newest commit that readers may see. */
    public long publishedTs() {
        return publishedTs;
    }

    /** Equal on two databases exactly when (but for a chance of 2^-64) their published content is equal. */
    public long stateHash() {
        return stateHash;
    }

    /** Number of nodes at a snapshot. */
    public long nodeCountAt(long snapshot) {
        return nodeCount.at(snapshot);
    }

    /** Number of nodes with a label at a snapshot. */
    public long nodeCountAt(int label, long snapshot) {
        return indexes.nodesWithLabelAt(label, snapshot);
    }

    /** Number of relationships at a snapshot. */
    public long relationshipCountAt(long snapshot) {
        return relationshipCount.at(snapshot);
    }

    /** Number of relationships of a type at a snapshot. */
    public long relationshipCountAt(int type, long snapshot) {
        return indexes.relationshipsWithTypeAt(type, snapshot);
    }

    /**
     * Slots of nodes that hold nothing for any snapshot, highest first. Takes time; belongs to the applier's thread.
     */
    public SlotList freeNodeSlots() {
        return nodes.freeSlots();
    }

    /** As {@link #freeNodeSlots}. */
    public SlotList freeRelationshipSlots() {
        return relationships.freeSlots();
    }

    /** About how much heap the graph takes: what is live, what is kept for old snapshots, names and indexes. */
    public long usedBytes() {
        return usedBytes;
    }

    /** How much of {@link #usedBytes} is kept only until old snapshots are let go. */
    public long keptBytes() {
        return keptBytes;
    }

    /** How many old versions and entries are kept. */
    public long keptPieces() {
        return keptPieces;
    }

    long contentBytes() {
        return contentBytes;
    }

    void countContent(long deltaBytes) {
        contentBytes += deltaBytes;
    }

    /** Makes the figures of memory known. Writer only. */
    void publishUse(Garbage garbage) {
        keptBytes = garbage.bytes();
        keptPieces = garbage.size();
        usedBytes = contentBytes
                + nodes.bytes()
                + relationships.bytes()
                + dictionary.bytes()
                + indexes.bytes()
                + garbage.bytes();
    }

    void countNodes(long delta, long commitTs, long horizon) {
        nodeCount.add(delta, commitTs, horizon);
    }

    void countRelationships(long delta, long commitTs, long horizon) {
        relationshipCount.add(delta, commitTs, horizon);
    }

    LabelSets labelSets() {
        return labelSets;
    }

    /** Forgets that records after this one were applied; they must have changed nothing. */
    public void rewind(long lsn) {
        publishedTs = Math.min(publishedTs, lsn);
    }

    void publish(long commitTs, long hash) {
        stateHash = hash;
        publishedTs = commitTs;
    }
}
