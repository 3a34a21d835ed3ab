package skein.storage.snapshot;

import java.util.List;
import skein.vocabulary.LogPosition;

/**
 * What a checked snapshot says of itself.
 *
 * @param lineage EPOCH records up to its position, oldest first
 * @param bytes of all its blocks
 */
public record SnapshotContent(
        SnapshotHead head, List<LogPosition> lineage, long nodes, long relationships, long stateHash, long bytes) {
    public SnapshotContent {
        lineage = List.copyOf(lineage);
    }
}
