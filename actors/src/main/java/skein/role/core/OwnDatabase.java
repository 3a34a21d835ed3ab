package skein.role.core;

import java.util.List;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.vocabulary.LogPosition;

/**
 * A database of the MAIN.
 *
 * @param reigns positions of its EPOCH records, oldest first
 * @param endLsn its last record
 */
public record OwnDatabase(DatabaseIdentity database, List<LogPosition> reigns, long endLsn) {
    public OwnDatabase {
        reigns = List.copyOf(reigns);
    }
}
