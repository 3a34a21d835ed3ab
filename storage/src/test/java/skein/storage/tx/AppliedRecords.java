package skein.storage.tx;

import java.util.List;
import skein.storage.graph.FreedSlots;
import skein.storage.graph.GraphApplier;
import skein.storage.graph.GraphStore;
import skein.storage.log.DictionaryAddition;
import skein.storage.log.GraphOperation;
import skein.storage.log.LogRecord;
import skein.storage.log.RecordBody;
import skein.storage.log.RecordHeader;
import skein.storage.log.RecordKind;

/** An applier without a log: the next record is whatever a test says. */
final class AppliedRecords {
    final GraphStore store = new GraphStore();
    final SnapshotRegistry registry;
    private final GraphApplier applier = new GraphApplier(store, FreedSlots.IGNORED);

    /** @param chunkPlaces few, so that what happens at one place is met often */
    AppliedRecords(int chunkPlaces) {
        registry = new SnapshotRegistry(store, chunkPlaces);
    }

    void apply(List<DictionaryAddition> additions, List<GraphOperation> operations) {
        apply(RecordKind.DATA, new RecordBody.DataChanges(additions, operations));
    }

    void applyNothing() {
        apply(RecordKind.NOOP, new RecordBody.Noop());
    }

    private void apply(RecordKind kind, RecordBody body) {
        long lsn = store.publishedTs() + 1;
        RecordHeader header = new RecordHeader(0, 0, kind, 0, 0, 1, lsn, lsn, 0, 0);
        applier.apply(new LogRecord(header, body), registry.horizon());
    }

    /** Lets go of what no registered snapshot needs. */
    void collect() {
        applier.collect(registry::horizon);
    }
}
