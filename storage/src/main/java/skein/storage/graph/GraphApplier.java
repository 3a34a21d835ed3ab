package skein.storage.graph;

import java.util.List;
import java.util.function.LongSupplier;
import skein.storage.log.DictionaryAddition;
import skein.storage.log.GraphOperation;
import skein.storage.log.LogRecord;
import skein.storage.log.PropertyCodec;
import skein.storage.log.RecordBody;
import skein.storage.log.SchemaOperation;
import skein.vocabulary.ErrorCode;
import skein.vocabulary.Invariant;
import skein.vocabulary.SkeinException;

/**
 * The only way into the graph: applies records in order, on a MAIN once they are decided, on a REPLICA once they are
 * decided, at recovery. What a record does depends on the record and on what was applied before and on nothing else.
 * Used by one thread at a time.
 *
 * <p>The commit timestamp of a record is its lsn: dense, rising, and the same on every node.
 */
public final class GraphApplier {
    private static final int PIECES_PER_COLLECTION_MAX = 100_000;

    /** So many operations are looked at before they are applied. */
    private static final int APPROACHED = 32;

    private final GraphStore store;
    private final Garbage garbage = new Garbage();
    private final ContentTracker tracker;
    private final GraphWriter writer;
    private final GarbageCollector collector;

    /** @param freed told on the applier's thread */
    public GraphApplier(GraphStore store, FreedSlots freed) {
        this.store = store;
        this.tracker = new ContentTracker(store, garbage);
        this.writer = new GraphWriter(store, tracker, garbage);
        this.collector = new GarbageCollector(store, garbage, freed);
    }

    /** Applies one record and publishes it. No snapshot in use is older than {@code horizon}. */
    public void apply(LogRecord record, long horizon) {
        tracker.endRecovery();
        applyNext(record, horizon);
    }

    private void applyNext(LogRecord record, long horizon) {
        Invariant.check(
                record.lsn() == store.publishedTs() + 1,
                "record %d does not follow %d",
                record.lsn(),
                store.publishedTs());
        switch (record.body()) {
            case RecordBody.DataChanges data -> {
                addNames(data.additions());
                writer.begin(record.lsn(), horizon);
                applyAll(data.operations());
                writer.finish();
            }
            case RecordBody.SchemaChanges schema -> {
                addNames(schema.additions());
                tracker.begin(record.lsn(), horizon);
                schema.operations().forEach(this::apply);
            }
            case RecordBody.SystemPayload payload -> {}
            case RecordBody.ReignOpening opening -> {}
            case RecordBody.Noop noop -> {}
            case RecordBody.Abort abort ->
                throw new SkeinException(
                        ErrorCode.STORAGE_FAILURE,
                        "Record " + record.lsn() + " takes back record " + abort.abortedLsn()
                                + ", which this version does not know how to do. Start a newer version on this data.");
        }
        store.publish(record.lsn(), tracker.stateHash());
        store.publishUse(garbage);
    }

    /** Applies one record while nobody reads, as recovery does: keeps nothing for older snapshots. */
    public void recover(LogRecord record) {
        tracker.recover();
        applyNext(record, GraphWriter.NO_READERS);
        collector.collect(GraphWriter.NO_READERS, Integer.MAX_VALUE);
        store.publishUse(garbage);
    }

    /** To be called before anybody reads: fills the indexes, which {@link #recover} only notes. */
    public void endRecovery() {
        tracker.endRecovery();
    }

    /**
     * Makes room in an empty graph for content that comes as a whole.
     *
     * @param commitTs of the newest record that the content includes
     */
    public GraphLoader loader(long commitTs, int nodeLimit, int relationshipLimit) {
        Invariant.check(store.publishedTs() == 0, "content is loaded into a graph that is at %d", store.publishedTs());
        return new GraphLoader(store, commitTs, nodeLimit, relationshipLimit);
    }

    /** Completes what a loader has brought, and publishes it. */
    public void loaded(GraphLoader loader, RecordBody.SchemaChanges namesAndSchema) {
        long commitTs = loader.commitTs();
        store.countNodes(loader.nodes(), commitTs, GraphWriter.NO_READERS);
        store.countRelationships(loader.relationships(), commitTs, GraphWriter.NO_READERS);
        store.countContent(loader.contentBytes());
        addNames(namesAndSchema.additions());
        tracker.begin(commitTs, GraphWriter.NO_READERS);
        tracker.contentLoaded(loader.hash());
        tracker.recover();
        namesAndSchema.operations().forEach(this::apply);
        store.publish(commitTs, tracker.stateHash());
        store.publishUse(garbage);
    }

    /** Lets go of what no snapshot in use can see; a bounded piece of work. */
    public void collect(LongSupplier horizon) {
        collector.collect(horizon.getAsLong(), PIECES_PER_COLLECTION_MAX);
        store.publishUse(garbage);
    }

    /** Whether there is more to {@link #collect} at this horizon. */
    public boolean canCollect(long horizon) {
        return garbage.isReady(horizon);
    }

    private void addNames(List<DictionaryAddition> additions) {
        for (DictionaryAddition addition : additions) {
            if (store.dictionary().add(addition.kind(), addition.id(), addition.text())) {
                tracker.nameAdded(addition.kind(), addition.id(), addition.text());
            }
        }
    }

    private void applyAll(List<GraphOperation> operations) {
        int count = operations.size();
        for (int from = 0; from < count; from += APPROACHED) {
            int end = Math.min(count, from + APPROACHED);
            for (int i = from; i < end; i++) {
                if (operations.get(i) instanceof GraphOperation.CreateRelationship created) {
                    writer.approach(created.start(), created.end());
                }
            }
            for (int i = from; i < end; i++) {
                apply(operations.get(i));
            }
        }
    }

    private void apply(GraphOperation operation) {
        switch (operation) {
            case GraphOperation.CreateNode o -> writer.createNode(slot(o.node()), o.labels(), o.properties());
            case GraphOperation.DeleteNode o -> writer.deleteNode(slot(o.node()));
            case GraphOperation.AddLabel o -> writer.addLabel(slot(o.node()), o.label());
            case GraphOperation.RemoveLabel o -> writer.removeLabel(slot(o.node()), o.label());
            case GraphOperation.SetNodeProperty o -> {
                byte[] before = writer.nodeProperties(slot(o.node()));
                writer.setNodeProperties(slot(o.node()), PropertyCodec.with(before, o.key(), o.value()));
            }
            case GraphOperation.ReplaceNodeProperties o -> writer.setNodeProperties(slot(o.node()), o.properties());
            case GraphOperation.CreateRelationship o ->
                writer.createRelationship(
                        slot(o.relationship()), o.type(), slot(o.start()), slot(o.end()), o.properties());
            case GraphOperation.DeleteRelationship o -> writer.deleteRelationship(slot(o.relationship()));
            case GraphOperation.SetRelationshipProperty o -> {
                byte[] before = writer.relationshipProperties(slot(o.relationship()));
                writer.setRelationshipProperties(
                        slot(o.relationship()), PropertyCodec.with(before, o.key(), o.value()));
            }
            case GraphOperation.ReplaceRelationshipProperties o ->
                writer.setRelationshipProperties(slot(o.relationship()), o.properties());
        }
    }

    private void apply(SchemaOperation operation) {
        switch (operation) {
            case SchemaOperation.CreateIndex o -> tracker.createIndex(o.index(), o.name());
            case SchemaOperation.DropIndex o -> tracker.dropIndex(o.index());
            case SchemaOperation.CreateConstraint o -> tracker.createConstraint(o.constraint(), o.name());
            case SchemaOperation.DropConstraint o -> tracker.dropConstraint(o.constraint());
        }
    }

    private static int slot(long id) {
        Invariant.check(id >= 0 && id < Integer.MAX_VALUE, "id %d is out of range", id);
        return (int) id;
    }
}
