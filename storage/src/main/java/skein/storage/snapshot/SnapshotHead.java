package skein.storage.snapshot;

import java.util.UUID;
import skein.vocabulary.LogPosition;

/**
 * What a snapshot is.
 *
 * @param databaseId whose
 * @param position the last record that changed what it holds; that record can never be taken back
 * @param createdMicros when it was begun, microseconds since 1970
 * @param nodeLimit one past the highest slot ever used by a node
 * @param relationshipLimit one past the highest slot ever used by a relationship
 */
public record SnapshotHead(
        UUID databaseId, LogPosition position, long createdMicros, int nodeLimit, int relationshipLimit) {}
