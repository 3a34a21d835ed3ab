package skein.storage.tx;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skein.graph.Value;
import skein.session.TransactionOptions.AccessMode;
import skein.storage.api.ConstraintRule;
import skein.storage.api.Direction;
import skein.storage.api.GraphTransaction;
import skein.storage.api.IndexKind;
import skein.storage.api.IndexStatistics;
import skein.storage.api.IndexTarget;
import skein.storage.api.NameKind;
import skein.storage.api.PropertyCondition;
import skein.storage.graph.Dictionary;
import skein.storage.graph.GraphStore;
import skein.storage.graph.SlotList;
import skein.storage.index.SlotBitmap;
import skein.storage.log.SchemaOperation;
import skein.storage.memory.Reservation;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * One transaction: a snapshot of the graph and an overlay of its own changes. Used by one thread at a time;
 * {@link #close} it in any case. Committing is {@link Sequencer#sequence}'s matter; closing without it is a rollback.
 *
 * <p>The class only guards and delegates: reading is {@link MergedReads} and the scans, changing {@link GraphEditor}.
 */
public final class StoreTransaction implements GraphTransaction, AutoCloseable {
    private final GraphStore store;
    private final SnapshotLease lease;
    private final AccessMode access;
    private final TransactionSlots slots;
    private final Overlay overlay;
    private final MergedReads reads;
    private final GraphEditor editor;
    private final SchemaEditor schema;
    private final ConstraintEditor constraints;
    private final IndexReads indexes;
    private final long begunAt;
    private State state = State.OPEN;

    /** Changes and closing are only possible in some states. */
    private enum State {
        OPEN,
        SEQUENCED,
        CLOSED
    }

    StoreTransaction(
            GraphStore store,
            SnapshotLease lease,
            AccessMode access,
            Conflicts conflicts,
            TransactionSlots slots,
            Reservation memory,
            long bytesMax) {
        this.store = store;
        this.lease = lease;
        this.access = access;
        this.slots = slots;
        this.overlay = new Overlay(store, lease.snapshot(), memory, bytesMax);
        this.reads = new MergedReads(overlay);
        this.editor = new GraphEditor(overlay, reads, conflicts, slots);
        this.schema = new SchemaEditor(overlay);
        this.constraints = new ConstraintEditor(overlay);
        this.indexes = new IndexReads(overlay, schema);
        this.begunAt = lease.snapshot();
    }

    /** The lsn of the newest record that this transaction sees. */
    public long snapshot() {
        return overlay.snapshot;
    }

    /** The lsn of the newest record when this transaction began. */
    long begunAt() {
        return begunAt;
    }

    /**
     * READ COMMITTED: the next statement sees the newest published state, beside the changes made so far. Cursors of
     * earlier statements must not be used any more, nor tokens of names that were new to them: others may have brought
     * these names. WRITE_CONFLICT when others have changed, since the statement that changed it here, what this
     * transaction has changed.
     */
    public void refresh() {
        requireOpen();
        long newest = store.publishedTs();
        if (newest == overlay.snapshot || changesSchema()) {
            return;
        }
        // against the old snapshot, while that is still announced; it finds whatever the new one shows
        editor.checkTouched();
        lease.moveTo(newest);
        overlay.moveTo(newest);
        schema.refresh();
    }

    Overlay overlay() {
        return overlay;
    }

    List<SchemaEditor.Change> schemaChanges() {
        return schema.changes();
    }

    List<SchemaOperation> constraintOperations(SequencedNames.Assignment names) {
        return constraints.operations(names);
    }

    List<ConstraintRule> constraintsAdded() {
        return constraints.added();
    }

    /** No more changes from here on; the slots given out are in a record now, but for what was deleted again. */
    void sequenced() {
        Invariant.check(state == State.OPEN, "a transaction is sequenced in state %s", state);
        state = State.SEQUENCED;
        SlotList unusedNodes = new SlotList();
        for (int i = 0; i < overlay.nodes.size(); i++) {
            if (overlay.nodes.valueAt(i).created() && overlay.nodes.valueAt(i).deleted) {
                unusedNodes.add(overlay.nodes.keyAt(i));
            }
        }
        SlotList unusedRelationships = new SlotList();
        for (int i = 0; i < overlay.relationships.size(); i++) {
            if (overlay.relationships.valueAt(i).created && overlay.relationships.valueAt(i).deleted) {
                unusedRelationships.add(overlay.relationships.keyAt(i));
            }
        }
        slots.giveBack(unusedNodes, unusedRelationships);
    }

    void requireOpen() {
        Invariant.check(state == State.OPEN, "the transaction is %s", state);
        lease.check();
    }

    /**
     * The user of this transaction rests: until {@link #resume} nothing of it is called but {@link #close}, and it may
     * be ended in favour of others. Without rests it is only told, by {@link #check} and with its next change.
     */
    public void pause() {
        lease.pause();
    }

    /** Work goes on; SNAPSHOT_TOO_OLD when the transaction has been ended because of what it keeps alive. */
    public void resume() {
        lease.resume();
    }

    /** SNAPSHOT_TOO_OLD when the transaction is to end because of what it keeps alive. */
    public void check() {
        lease.check();
    }

    /** A statement begins; with {@code anew} after a {@link #refresh}. */
    public void beginStatement(boolean anew) {
        lease.countStatement();
        if (anew) {
            refresh();
        }
    }

    /** Releases the snapshot; without a commit before, forgets all changes. */
    @Override
    public void close() {
        if (state == State.OPEN) {
            slots.giveBack(overlay.nodeSlots, overlay.relationshipSlots);
        }
        state = State.CLOSED;
        overlay.close();
        lease.release();
    }

    @Override
    public boolean hasChanges() {
        return changesData() || changesSchema();
    }

    /** True when indexes or constraints were declared or dropped. */
    public boolean changesSchema() {
        return !schema.changes().isEmpty() || !constraints.isUnused();
    }

    private boolean changesData() {
        return overlay.nodes.size() > 0 || overlay.relationships.size() > 0;
    }

    private void beforeChange() {
        requireWritable();
        if (changesSchema()) {
            throw mixed();
        }
    }

    private void requireWritable() {
        requireOpen();
        if (access == AccessMode.READ) {
            throw new SkeinException(
                    ErrorCode.ACCESS_MODE,
                    "Writing is not allowed: the transaction was opened for reading. Open it with access mode WRITE.");
        }
    }

    private static SkeinException mixed() {
        return new SkeinException(
                ErrorCode.FORBIDDEN_IN_TRANSACTION,
                "Changes of indexes or constraints and changes of data cannot be in one transaction. Run the schema"
                        + " statement in a transaction of its own.");
    }

    @Override
    public int tokenOf(NameKind kind, String name) {
        return overlay.names.tokenOf(kind, name);
    }

    @Override
    public String nameOf(NameKind kind, int token) {
        return overlay.names.nameOf(kind, token);
    }

    @Override
    public int tokenFor(NameKind kind, String name) {
        return overlay.names.tokenFor(kind, name);
    }

    @Override
    public boolean nodeExists(long node) {
        return reads.nodeExists(node);
    }

    @Override
    public boolean relationshipExists(long relationship) {
        return reads.relationshipExists(relationship);
    }

    @Override
    public boolean nodeDeletedHere(long node) {
        return reads.nodeDeletedHere(node);
    }

    @Override
    public boolean relationshipDeletedHere(long relationship) {
        return reads.relationshipDeletedHere(relationship);
    }

    @Override
    public boolean hasLabel(long node, int labelToken) {
        return reads.hasLabel(node, labelToken);
    }

    @Override
    public int[] labels(long node) {
        return reads.labels(node);
    }

    @Override
    public Value nodeProperty(long node, int keyToken) {
        return reads.nodeProperty(node, keyToken);
    }

    @Override
    public Value relationshipProperty(long relationship, int keyToken) {
        return reads.relationshipProperty(relationship, keyToken);
    }

    @Override
    public void visitNodeProperties(long node, PropertyVisitor visitor) {
        reads.visitNodeProperties(node, visitor);
    }

    @Override
    public void visitRelationshipProperties(long relationship, PropertyVisitor visitor) {
        reads.visitRelationshipProperties(relationship, visitor);
    }

    @Override
    public int typeOf(long relationship) {
        return reads.typeOf(relationship);
    }

    @Override
    public long startOf(long relationship) {
        return reads.startOf(relationship);
    }

    @Override
    public long endOf(long relationship) {
        return reads.endOf(relationship);
    }

    @Override
    public EntityCursor nodes() {
        return new NodeScan(
                overlay,
                NodeTest.ANY,
                overlay.nodes,
                new SlotSource.Range(store.nodes().limit()));
    }

    @Override
    public EntityCursor nodesWithLabel(int labelToken) {
        SlotBitmap slotsOfLabel = store.indexes().nodesWithLabel(labelToken);
        return new NodeScan(
                overlay,
                new NodeTest.OfLabel(labelToken),
                overlay.changedNodes.withLabel(labelToken),
                SlotSource.of(slotsOfLabel));
    }

    @Override
    public EntityCursor relationships() {
        SlotSource all = new SlotSource.Range(store.relationships().limit());
        return new RelationshipScan(overlay, true, NO_TOKEN, all);
    }

    @Override
    public EntityCursor relationshipsWithType(int typeToken) {
        SlotBitmap slotsOfType = store.indexes().relationshipsWithType(typeToken);
        return new RelationshipScan(overlay, false, typeToken, SlotSource.of(slotsOfType));
    }

    @Override
    public boolean hasIndex(IndexKind kind, int token, int[] keyTokens) {
        return indexes.find(kind, token, keyTokens) != null;
    }

    @Override
    public List<int[]> indexedKeys(IndexKind kind, int token) {
        return indexes.indexedKeys(kind, token);
    }

    @Override
    public Optional<IndexStatistics> indexStatistics(IndexKind kind, int token, int[] keyTokens) {
        return indexes.statistics(kind, token, keyTokens);
    }

    @Override
    public EntityCursor nodesWhere(int labelToken, int[] keyTokens, List<PropertyCondition> conditions) {
        return indexes.nodes(labelToken, keyTokens, conditions);
    }

    @Override
    public EntityCursor relationshipsWhere(int typeToken, int[] keyTokens, List<PropertyCondition> conditions) {
        return indexes.relationships(typeToken, keyTokens, conditions);
    }

    @Override
    public RelationshipCursor expand(long node, Direction direction, int[] typeTokens) {
        return reads.expand(node, direction, typeTokens);
    }

    @Override
    public long degree(long node, Direction direction, int[] typeTokens) {
        return reads.degree(node, direction, typeTokens);
    }

    @Override
    public long nodeCount() {
        return store.nodeCountAt(overlay.snapshot) + overlay.nodeDelta;
    }

    @Override
    public long nodeCount(int labelToken) {
        return store.nodeCountAt(labelToken, overlay.snapshot) + overlay.labelDelta(labelToken);
    }

    @Override
    public long relationshipCount() {
        return store.relationshipCountAt(overlay.snapshot) + overlay.relationshipDelta;
    }

    @Override
    public long relationshipCount(int typeToken) {
        return store.relationshipCountAt(typeToken, overlay.snapshot) + overlay.typeDelta(typeToken);
    }

    @Override
    public long[] sampleRelationships(int typeToken, int count) {
        return RelationshipSample.of(
                store.indexes().relationshipsWithType(typeToken),
                store.relationships().limit(),
                count,
                reads::relationshipExists);
    }

    @Override
    public List<String> namesInUse(NameKind kind) {
        Dictionary dictionary = store.dictionary();
        Set<String> names = new LinkedHashSet<>();
        for (int token = 0; token < dictionary.size(kind); token++) {
            if (inUse(kind, token)) {
                names.add(dictionary.nameOf(kind, token));
            }
        }
        for (String name : overlay.names.names(kind)) {
            if (inUse(kind, overlay.names.tokenOf(kind, name))) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> knownNames(NameKind kind) {
        Dictionary dictionary = store.dictionary();
        Set<String> names = new LinkedHashSet<>();
        for (int token = 0; token < dictionary.size(kind); token++) {
            names.add(dictionary.nameOf(kind, token));
        }
        names.addAll(overlay.names.names(kind));
        return List.copyOf(names);
    }

    private boolean inUse(NameKind kind, int token) {
        return switch (kind) {
            case LABEL -> nodeCount(token) > 0;
            case RELATIONSHIP_TYPE -> relationshipCount(token) > 0;
            case PROPERTY_KEY -> true;
        };
    }

    @Override
    public long createNode(int[] labelTokens) {
        beforeChange();
        return editor.createNode(labelTokens);
    }

    @Override
    public long createRelationship(int typeToken, long startNode, long endNode) {
        beforeChange();
        return editor.createRelationship(typeToken, startNode, endNode);
    }

    @Override
    public boolean addLabel(long node, int labelToken) {
        beforeChange();
        return editor.addLabel(node, labelToken);
    }

    @Override
    public boolean removeLabel(long node, int labelToken) {
        beforeChange();
        return editor.removeLabel(node, labelToken);
    }

    @Override
    public Value setNodeProperty(long node, int keyToken, Value value) {
        beforeChange();
        return editor.setNodeProperty(node, keyToken, value);
    }

    @Override
    public Value setRelationshipProperty(long relationship, int keyToken, Value value) {
        beforeChange();
        return editor.setRelationshipProperty(relationship, keyToken, value);
    }

    @Override
    public boolean deleteNode(long node) {
        beforeChange();
        return editor.deleteNode(node);
    }

    @Override
    public boolean deleteRelationship(long relationship) {
        beforeChange();
        return editor.deleteRelationship(relationship);
    }

    @Override
    public boolean createIndex(IndexTarget target, String name) {
        beforeSchemaChange();
        return schema.create(target, name);
    }

    @Override
    public boolean dropIndex(IndexTarget target) {
        beforeSchemaChange();
        return schema.drop(target);
    }

    @Override
    public boolean dropIndexNamed(String name) {
        beforeSchemaChange();
        return schema.dropNamed(name);
    }

    private void beforeSchemaChange() {
        requireWritable();
        if (changesData()) {
            throw mixed();
        }
    }

    @Override
    public List<IndexDescription> indexes() {
        return schema.indexes();
    }

    @Override
    public boolean createConstraint(String name, ConstraintRule rule) {
        beforeSchemaChange();
        return constraints.create(name, rule);
    }

    @Override
    public boolean dropConstraint(ConstraintRule rule) {
        beforeSchemaChange();
        return constraints.drop(rule);
    }

    @Override
    public List<Constraint> constraints() {
        return constraints.constraints();
    }

    @Override
    public List<IndexAnalysis> analyzeIndexes(List<String> labelsOrTypes) {
        return indexes.analyze(labelsOrTypes);
    }

    @Override
    public List<IndexTarget> forgetStatistics(List<String> labelsOrTypes) {
        return indexes.forgetStatistics(labelsOrTypes);
    }
}
