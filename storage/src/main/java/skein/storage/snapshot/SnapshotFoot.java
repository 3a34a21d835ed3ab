package skein.storage.snapshot;

import java.util.List;
import skein.storage.log.RecordBody;
import skein.vocabulary.LogPosition;

/**
 * What can only be said after the last node.
 *
 * @param head the same again, so that two streams cannot be mixed up
 * @param lineage EPOCH records up to the snapshot's record, oldest first, as far as the log knew them
 * @param blockCrcs checksums of all blocks before, by number
 * @param namesAndSchema the dictionary, and what creates every index and constraint
 */
record SnapshotFoot(
        SnapshotHead head,
        List<LogPosition> lineage,
        long nodes,
        long relationships,
        long stateHash,
        int[] blockCrcs,
        RecordBody.SchemaChanges namesAndSchema) {
    SnapshotFoot {
        lineage = List.copyOf(lineage);
    }
}
