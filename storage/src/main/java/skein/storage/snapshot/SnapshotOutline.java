package skein.storage.snapshot;

import java.util.UUID;
import skein.vocabulary.LogPosition;

/**
 * Tells one snapshot from every other, also from one of the same record that another node took.
 *
 * @param databaseId whose
 * @param position the record it stands for
 * @param createdMicros when it was begun, microseconds since 1970
 * @param bytes of all its blocks
 */
public record SnapshotOutline(UUID databaseId, LogPosition position, long createdMicros, long bytes) {
    boolean isOf(SnapshotHead head) {
        return head.databaseId().equals(databaseId)
                && head.position().equals(position)
                && head.createdMicros() == createdMicros;
    }
}
