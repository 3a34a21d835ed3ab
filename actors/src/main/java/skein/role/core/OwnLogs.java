package skein.role.core;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import skein.protocol.ReplicationProtocol.DatabaseIdentity;
import skein.vocabulary.LogPosition;

/**
 * The logs of an instance that is being promoted; nothing streams into them.
 *
 * @param databases user databases that are served here
 */
public record OwnLogs(OwnLog system, List<OwnLog> databases) {
    public OwnLogs {
        databases = List.copyOf(databases);
    }

    /**
     * One of them.
     *
     * @param settledLsn everything after it may be dropped
     * @param reigns positions of its EPOCH records, oldest first
     */
    public record OwnLog(
            DatabaseIdentity database, LogPosition end, long decidedLsn, long settledLsn, List<LogPosition> reigns) {
        public OwnLog {
            reigns = List.copyOf(reigns);
        }

        UUID id() {
            return database.id();
        }
    }

    /** The system database first. */
    List<OwnLog> all() {
        List<OwnLog> all = new ArrayList<>(List.of(system));
        all.addAll(databases);
        return all;
    }

    /** With this database's log as it is now. */
    OwnLogs with(OwnLog log) {
        return log.id().equals(system.id())
                ? new OwnLogs(log, databases)
                : new OwnLogs(
                        system,
                        databases.stream()
                                .map(one -> one.id().equals(log.id()) ? log : one)
                                .toList());
    }
}
